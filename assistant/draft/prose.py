"""The readable words of a reply while it is still coming: subject and sentences out of JSON that has no end yet.

For the eye only: what it shows is unchecked and unfinished, and nothing is decided by it. It must never fail, whatever
comes, and never look twice at a character.
"""

from __future__ import annotations

from assistant.draft.reply import CALL_SECTIONS

_MOST_SHOWN = 12_000
_MOST_READ = 60_000  # as much as is ever read as a reply
_ESCAPES = {"n": "\n", "t": " ", "r": "", "b": "", "f": ""}
_SECTIONS = ("sentences", *CALL_SECTIONS)


class ProseReader:
    """Takes a reply piece by piece; `text` is what can be read of it so far."""

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._size = 0
        self._read = 0
        self._tail = ""  # the last characters before the object: is the model thinking aloud?
        self._thinking = False
        self._open: list[tuple[str, str]] = []  # each open bracket and the name it stands under
        self._name = ""  # the last key
        self._wants_key = False
        self._said: list[str] | None = None  # the string that is open, if one is
        self._escape = ""
        self._is_prose = False

    @property
    def text(self) -> str:
        return "".join(self._shown).strip()

    def feed(self, piece: str) -> None:
        """Reads on. Once more is shown than any draft holds, the rest is passed over."""
        piece = piece[: _MOST_READ - self._read]
        self._read += len(piece)
        for char in piece:
            if self._size > _MOST_SHOWN:
                return
            if self._said is not None:
                self._read_in_string(char)
            elif self._open or (char == "{" and not self._thinking):
                self._read_between(char)
            else:
                self._read_before(char)

    def _read_before(self, char: str) -> None:
        self._tail = (self._tail + char)[-8:]
        if self._tail.endswith("<think>"):
            self._thinking = True
        elif self._tail.endswith("</think>"):
            self._thinking = False

    def _read_between(self, char: str) -> None:
        if char in "{[":
            name = self._name if not self._open or self._open[-1][0] == "{" else self._open[-1][1]
            self._open.append((char, name))
            self._wants_key = char == "{"
            if char == "[" and name in CALL_SECTIONS:
                self._show(f"\n\n{CALL_SECTIONS[name]}\n")
        elif char in "}]":
            self._open.pop()
        elif char == ",":
            self._wants_key = self._open[-1][0] == "{"
        elif char == '"':
            self._said = []
            self._is_prose = not self._wants_key and self._stands_in_prose()
            if self._is_prose and self._is_subject():
                self._show("Subject: ")

    def _stands_in_prose(self) -> bool:
        bracket, under = self._open[-1]
        if bracket == "[":
            return under in _SECTIONS
        return self._name == "text" or self._name in ("subject", *_SECTIONS)

    def _is_subject(self) -> bool:
        return self._name == "subject" or (self._open[-1] == ("{", "subject"))

    def _read_in_string(self, char: str) -> None:
        if self._escape:
            self._read_escape(char)
        elif char == "\\":
            self._escape = char
        elif char == '"':
            self._end_string()
        else:
            self._take(char)

    def _read_escape(self, char: str) -> None:
        r"""`\n` and the like, or `\u` with four hex digits; halves of a pair are left out, they are rare in letters."""
        self._escape += char
        if self._escape[1] != "u":
            self._take(_ESCAPES.get(char, char))
        elif len(self._escape) < 6:
            return
        else:
            try:
                code = int(self._escape[2:], 16)
            except ValueError:
                code = 0
            self._take(chr(code) if code and not 0xD800 <= code < 0xE000 else "")
        self._escape = ""

    def _take(self, char: str) -> None:
        if self._is_prose:
            self._show(char)
        elif self._wants_key and self._said is not None and len(self._said) < 40:
            self._said.append(char)

    def _end_string(self) -> None:
        if self._is_prose:
            self._show("\n\n" if self._is_subject() else " ")
        elif self._wants_key and self._said is not None:
            self._name, self._wants_key = "".join(self._said), False
        self._said, self._is_prose = None, False

    def _show(self, text: str) -> None:
        self._shown.append(text)
        self._size += len(text)
