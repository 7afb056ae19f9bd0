"""HAND OVER: .eml and clipboard text; nothing here sends."""
