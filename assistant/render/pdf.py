"""Briefings as a PDF, typeset by typst: a page begun anew for each guest, private and outdated lines marked.

Names and notes reach the typesetter as data, never as its markup. It must never leave out a mark, fetch anything, or
give a file in which a letter is missing.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.errors import GivefirstError
from assistant.render.briefing import number_quotes
from assistant.text import strip_hidden

if TYPE_CHECKING:
    from assistant.find.briefing import Briefing
    from assistant.find.dossier import Section

# Libertinus and DejaVu come with typst; what they lack is taken from the machine's own fonts.
_TEMPLATE = rb"""
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title)
#set page(paper: "a4", margin: (x: 18mm, y: 20mm), footer: context [
  #set text(8.5pt, fill: luma(35%))
  #told.title #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en")
#set par(leading: 0.6em)
#show heading.where(level: 1): set text(20pt)
#show heading.where(level: 2): set text(11.5pt, fill: rgb("#14532d"))
#show heading.where(level: 2): set block(above: 1.3em, below: 0.7em, sticky: true)
#let flag(words, shade) = text(8pt, weight: "bold", fill: shade)[#words ]
#let shown(line) = {
  if line.private { flag("PRIVATE \u{b7}", rgb("#8a1c1c")) }
  if line.stale { flag("OUT OF DATE \u{b7}", luma(30%)) }
  [#line.text]
  h(0.25em)
  super(text(fill: luma(35%), line.marks))
}
#let item(line) = block(
  breakable: false, width: 100%, above: 0.65em, below: 0.65em, inset: (left: 0.8em, y: 0.1em),
  stroke: if line.private { (left: 2pt + rgb("#8a1c1c")) } else { none },
  shown(line),
)
#for (at, guest) in told.guests.enumerate() {
  if at > 0 { pagebreak() }
  heading(level: 1, guest.name)
  for section in guest.sections {
    heading(level: 2, section.title)
    for line in section.lines { item(line) }
  }
  heading(level: 2, "What this rests on")
  set text(9pt)
  for (number, quote) in guest.quotes.enumerate(start: 1) {
    block(above: 0.5em, below: 0.5em, inset: (left: 0.8em))[#number. #quote]
  }
}
"""
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def can_make_pdf() -> bool:
    """Whether the typesetter is installed (the extra `pdf`)."""
    return importlib.util.find_spec("typst") is not None


def render_pdf(pages: Sequence[Briefing]) -> bytes:
    """The pages as one PDF (PDF/A-2u, A4). The same pages give the same text.

    Raises `GivefirstError` where the typesetter is not installed, and where no font has a letter that is needed.
    """
    if not can_make_pdf():
        raise GivefirstError("a PDF needs typst; run `pip install 'givefirst[pdf]'`, or print the page of --html")
    import typst

    title = f"Briefing: {', '.join(_plain(one.contact) for one in pages)}"
    told = {"title": title, "guests": [_guest(one) for one in pages]}
    inputs = {"told": json.dumps(told, ensure_ascii=False)}
    try:
        return bytes(typst.compile(_TEMPLATE, sys_inputs=inputs, pdf_standards="a-2u"))
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(str(error))
        if not missing:
            raise
        raise GivefirstError(
            f"no font on this machine has the letter “{missing[1][0]}”; install one (such as Noto), or print the page "
            "of --html"
        ) from error


def _guest(page: Briefing) -> dict[str, object]:
    numbers = number_quotes(page)
    sections = [_section(one, numbers) for one in page.sections]
    return {"name": _plain(page.contact), "sections": sections, "quotes": [_plain(quote) for quote in numbers]}


def _section(section: Section, numbers: dict[str, int]) -> dict[str, object]:
    lines = [
        {
            "text": _plain(line.text),
            "marks": ", ".join(str(numbers[quote]) for quote in line.quotes),
            "private": line.private,
            "stale": line.stale,
        }
        for line in section.lines
    ]
    return {"title": _plain(section.title), "lines": lines}


def _plain(text: str) -> str:
    """On one line, without what hides or turns text around, and without characters that no font draws."""
    return "".join(char if char.isprintable() else " " for char in " ".join(strip_hidden(text).split()))
