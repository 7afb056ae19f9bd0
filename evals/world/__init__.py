"""A small invented world of people, notes and address books for the evaluations."""

import datetime as dt
from pathlib import Path

TODAY = dt.date(2026, 11, 20)
FOLDER = Path(__file__).parent
