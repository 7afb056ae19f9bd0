"""The text of an HTML mail: words in lines, what is quoted marked with "> ", what is hidden or a signature left out.

It must never load, run or follow anything, and never take more than its limit of a page.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST_HTML = 200_000
_SILENT = frozenset("script style title template noscript svg object iframe select textarea".split())
_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section "
    "table tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|mso-hide", re.IGNORECASE
)
_SIGNATURE = re.compile(
    r"\b(?:gmail_signature|moz-signature|protonmail_signature_block)\b|^(?:ms-outlook-mobile-)?signature$", re.I
)
_QUOTED = re.compile(r"\b(?:yahoo_quoted|protonmail_quote|moz-cite-prefix|OutlookMessageHeader)\b")
_UNENDED = re.compile(r"<(?![^<>]*>)")
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_REST_IS_QUOTED = frozenset(("divRplyFwdMsg", "mail-editor-reference-message-container"))


def read_html(html: str) -> str:
    """The page as lines of plain text. Malformed pages give what could be read of them."""
    reader = _Reader()
    try:
        reader.feed(_tame(html[:MOST_HTML]))
        reader.close()
    except AssertionError:  # what the parser raises for a marked section it does not know
        pass
    return reader.text()


def _tame(html: str) -> str:
    """The page without comments, declarations and tags that never end.

    The standard library's parser looks for the end of each of them again and again: 100 KB of "<a " take it minutes.
    """
    kept: list[str] = []
    place = 0
    while (start := html.find("<!--", place)) >= 0:
        kept.append(html[place:start])
        end = html.find("-->", start + 4)
        place = end + 3 if end >= 0 else len(html)
    kept.append(html[place:])
    whole = _UNENDED.sub("&lt;", "".join(kept))
    return _DECLARATION.sub("", whole)


class _Reader(HTMLParser):
    """Collects text; `_inside` is the element whose whole content is passed over, and how deep it is nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._inside: tuple[str, int] | None = None
        self._is_over = False

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside:
            if tag == self._inside[0]:
                self._inside = (tag, self._inside[1] + 1)
            return
        given = {name: value or "" for name, value in attrs}
        self._is_over = self._is_over or given.get("id", "") in _REST_IS_QUOTED
        if tag not in _VOID and (tag in _SILENT or _is_left_out(given)):
            self._inside = (tag, 1)
            return
        if tag == "br" or tag in _BLOCKS:
            self._end_line()
        if tag == "p":
            self._lines.append("")
        if tag == "blockquote":
            self._quotes += 1

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            depth = self._inside[1] - (tag == self._inside[0])
            self._inside = (self._inside[0], depth) if depth else None
            return
        if tag in _BLOCKS:
            self._end_line()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)

    def handle_data(self, data: str) -> None:
        if not self._inside and not self._is_over:
            self._line.append(data)

    def _end_line(self) -> None:
        said = " ".join("".join(self._line).split())
        self._line.clear()
        if said:
            self._lines.append(f"> {said}" if self._quotes else said)
        elif self._lines and self._lines[-1]:
            self._lines.append("")


def _is_left_out(given: dict[str, str]) -> bool:
    names = f"{given.get('class', '')} {given.get('id', '')}".strip()
    return bool(
        "hidden" in given
        or _HIDDEN_STYLE.search(given.get("style", ""))
        or _SIGNATURE.search(names)
        or _QUOTED.search(names)
    )
