"""A person's note file as Markdown, from what was typed into a form: the same file a user would write by hand.

It must never let what was typed change the file's form: fields become quoted front matter, the text stands below it.
"""

from __future__ import annotations

import datetime as dt
import json
import re

from assistant.errors import GivefirstError
from assistant.text import fold


def compose_note_file(name: str, email: str, text: str, day: dt.date, *, me: bool = False) -> tuple[str, str]:
    """A file name and its text. Raises `GivefirstError` where there is no name."""
    if not name.strip():
        raise GivefirstError("the name is empty; write whom it is about")
    fields = {"name": " ".join(name.split()), "email": email.strip()}
    front = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value]
    lines = ["---", *(["me: true"] if me else []), *front, "---"]
    if text.strip():
        lines += [f"## {day.isoformat()} {'About me' if me else 'First note'}", text.strip()]
    slug = "-".join(re.findall(r"\w+", fold(name))) or "person"
    stem = "me" if me else f"{slug}-{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S%f}"
    return f"{stem}.md", "\n".join(lines) + "\n"
