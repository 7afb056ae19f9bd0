"""Briefings, meetings and captured lines as text for a terminal, as Markdown, and as a page to print.

Every line shows what it rests on by a number, and private and outdated ones say so. It must never leave out a mark.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, wrapped
from assistant.text import strip_hidden

if TYPE_CHECKING:
    from assistant.find.briefing import Briefing
    from assistant.find.capture import Capture, Captured
    from assistant.find.dossier import Line
    from assistant.find.meetings import Meeting
    from assistant.noting import Debriefed


def number_quotes(page: Briefing) -> dict[str, int]:
    """Each quote of the page with its number, in the order of the lines."""
    quotes = [quote for section in page.sections for line in section.lines for quote in line.quotes]
    return {quote: number for number, quote in enumerate(dict.fromkeys(quotes), 1)}


def mark_line(line: Line, numbers: dict[str, int]) -> str:
    """The line with its mark in words and the numbers of its quotes."""
    marks = "".join(f"[{numbers[quote]}]" for quote in line.quotes)
    return f"{_flag(line)}{line.text} {marks}".rstrip()


def _flag(line: Line) -> str:
    return "PRIVATE · " if line.private else "OUT OF DATE · " if line.stale else ""


# --- text -------------------------------------------------------------------------------------------------------


def render_briefings(pages: Sequence[Briefing]) -> str:
    """The pages, one below the other."""
    return "\n\n\n".join(_render_page(one) for one in pages)


def _render_page(page: Briefing) -> str:
    numbers = number_quotes(page)
    blocks = [page.contact.upper()]
    for section in page.sections:
        blocks.append(f"\n{section.title}")
        blocks += [wrapped(f"- {mark_line(line, numbers)}", "  ") for line in section.lines]
    blocks.append("\nWhat this rests on")
    blocks += [wrapped(f"[{number}] {_on_one_line(quote)}", "  ") for quote, number in numbers.items()]
    return "\n".join(blocks)


def _on_one_line(text: str) -> str:
    return strip_hidden(" ".join(text.split()))


def render_meetings(found: Sequence[Meeting]) -> str:
    if not found:
        return "No meeting to come is kept. Import your calendar: `givefirst import calendar.ics`."
    return join_lines(map(_meeting_line, found))


def _meeting_line(one: Meeting) -> str:
    at = f" {one.at:%H:%M} UTC" if one.at else "          "
    return f"{one.when:%a %d %b %Y}{at}  {one.title or 'untitled'}: {', '.join(guest.contact for guest in one.guests)}"


# --- Markdown ---------------------------------------------------------------------------------------------------


def render_markdown(pages: Sequence[Briefing]) -> str:
    """The pages as Markdown, quotes as a numbered list at the end of each."""
    return "\n".join("\n".join(_markdown_page(one)) for one in pages)


def _markdown_page(page: Briefing) -> Iterator[str]:
    numbers = number_quotes(page)
    yield f"# {_plain(page.contact)}\n"
    for section in page.sections:
        yield f"## {section.title}\n"
        yield from (f"- {_in_markdown(line, numbers)}" for line in section.lines)
        yield ""
    yield "## What this rests on\n"
    yield from (f"{number}. {_plain(_on_one_line(quote))}" for quote, number in numbers.items())
    yield ""


def _in_markdown(line: Line, numbers: dict[str, int]) -> str:
    flag = "**private** · " if line.private else "**out of date** · " if line.stale else ""
    return f"{flag}{_plain(line.text)} ({', '.join(str(numbers[quote]) for quote in line.quotes)})"


def _plain(text: str) -> str:
    """The text with what Markdown would take for markup, an image or a tag made plain."""
    escaped = "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
    return strip_hidden(escaped)


# --- a page to print --------------------------------------------------------------------------------------------

_STYLE = """
@page { size: A4; margin: 18mm 16mm }
body { font: 11pt/1.45 Georgia, 'Times New Roman', serif; color: #1b1b1b; background: #fff; max-width: 42rem;
  margin: 2rem auto; padding: 0 1rem }
article + article { break-before: page; margin-top: 4rem }
h1 { font-size: 20pt; margin: 0 0 .6rem }
h2 { font: 600 11pt/1.3 system-ui, sans-serif; margin: 1.1rem 0 .25rem; color: #14532d; break-after: avoid }
ul, ol { margin: 0; padding-left: 1.2rem }
li { break-inside: avoid }
.private { background: #f6e7e4; border-left: 3px solid #8a1c1c; padding-left: .4rem; list-style: none }
.stale { color: #555 }
b { font: 600 8.5pt/1 system-ui, sans-serif; letter-spacing: .03em }
sup { color: #555 }
.rests { font-size: 9pt; color: #333 }
@media print { body { margin: 0; max-width: none; padding: 0 } article + article { margin-top: 0 } }
"""


def render_html(pages: Sequence[Briefing]) -> str:
    """One self-contained page, no script and nothing loaded: open it in a browser and print it, or save it as PDF."""
    names = html.escape(", ".join(one.contact for one in pages))
    body = "\n".join("\n".join(_html_page(one)) for one in pages)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Briefing: {names}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _html_page(page: Briefing) -> Iterator[str]:
    numbers = number_quotes(page)
    yield f"<article><h1>{_shown(page.contact)}</h1>"
    for section in page.sections:
        yield f"<section><h2>{_shown(section.title)}</h2><ul>"
        yield from (_html_line(line, numbers) for line in section.lines)
        yield "</ul></section>"
    yield '<section class="rests"><h2>What this rests on</h2><ol>'
    yield from (f"<li>{_shown(_on_one_line(quote))}</li>" for quote in numbers)
    yield "</ol></section></article>"


def _html_line(line: Line, numbers: dict[str, int]) -> str:
    name = ' class="private"' if line.private else ' class="stale"' if line.stale else ""
    flag = f"<b>{_flag(line).rstrip(' ·')}</b> " if _flag(line) else ""
    marks = ", ".join(str(numbers[quote]) for quote in line.quotes)
    return f"<li{name}>{flag}{_shown(line.text)}<sup> {marks}</sup></li>"


def _shown(text: str) -> str:
    return html.escape(strip_hidden(text))


# --- after the meeting, and a captured line ---------------------------------------------------------------------


def render_debriefed(one: Debriefed) -> str:
    if not one.is_new:
        return "Kept before; nothing was added."
    favours = f", {len(one.favours)} in the ledger" if one.favours else ""
    return f"Kept: a meeting on {one.interaction.when} and a note of it{favours}."


def render_capture(capture: Capture) -> str:
    """What would be kept, person by person, or the question that comes first."""
    blocks = [_captured(one) for one in capture.people]
    return "\n\n".join([*blocks, *([capture.question] if capture.question else [])])


_SAID: dict[str, str] = {"promised": "you promised", "they_promised": "they promised", "personal": "life"}


def _captured(one: Captured) -> str:
    who = [f"{other.contact} ({other.reason})" for other in one.candidates] or [f"{one.name} (new in your book)"]
    when = f"{one.date:%a %d %b %Y}" + (f", {one.title}" if one.title else "")
    lines = [f"{' or '.join(who)}: {when}"]
    for item in one.items:
        kind = str(getattr(item.kind, "value", item.kind))
        mark = "  PRIVATE" if item.visibility.value == "private" else ""
        over = "no longer " if item.negated else ""
        lines.append(f"  {over}{_SAID.get(kind, kind)}: {item.text}{mark}   “{_on_one_line(item.quote)}”")
    return join_lines([*lines, "  kept as you typed it"])
