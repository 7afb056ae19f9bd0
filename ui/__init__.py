"""Screens: read input, make one Assistant call, show; no logic."""
