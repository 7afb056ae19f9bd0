"""Starts the screens with what the pages need already imported: a browser that comes waits for no import.

Run by `givefirst ui` with Streamlit's own arguments. It must never open the book, which belongs to the pages.
"""
# ruff: noqa: F401

from __future__ import annotations

import pandas  # Streamlit imports it with the first table,
import PIL.Image  # and this with the logo
from streamlit.web.cli import main

import assistant.asking
import assistant.find.briefing
import assistant.find.timeline
import assistant.suggesting
import assistant.writing
import ui.first_draft
import ui.keys
import ui.model_panel
import ui.pictures.charts
import ui.pictures.garden
import ui.pictures.ring

if __name__ == "__main__":
    main(prog_name="streamlit")
