"""Reading a message out of plain text: paragraphs and sentences, as a person typed them."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.domain import Channel, DraftKind, Finding, Message, Sentence
from assistant.text import split_sentences


class Reading(NamedTuple):
    """A message read from text; `starts[i]` is where sentence `i` stands in that text."""

    message: Message
    starts: tuple[int, ...]


def read_message(text: str, kind: DraftKind, subject: str = "", channel: Channel = Channel.EMAIL) -> Reading:
    """An uncited message. A first line `Subject: …` is the subject if none is given.

    The sentences keep their words; what lies between them is one space or an empty line, as in `Message.body`.
    """
    head = re.match(r"\s*subject\s*:[ \t]*(?P<subject>[^\n]*)\n+", text, re.IGNORECASE)
    begin = head.end() if head and not subject else 0
    if head and not subject:
        subject = head.group("subject").strip()
    sentences: list[Sentence] = []
    starts: list[int] = []
    for number, block in enumerate(re.finditer(r"(?:[^\n]*[^\s][^\n]*(?:\n|$))+", text[begin:])):
        cut = _script_lines if channel is Channel.CALL else _lines
        for start, line in cut(block.group(), begin + block.start()):
            for span in split_sentences(line):
                sentences.append(Sentence(text=span.text, paragraph=number))
                starts.append(start + span.start)
    message = Message(kind=kind, subject=subject, sentences=tuple(sentences), cited=False, channel=channel)
    return Reading(message, tuple(starts))


def place_in_text(finding: Finding, reading: Reading) -> Finding:
    """The finding with its span counted in the text the message was read from (subject findings stay)."""
    if finding.field == "subject" or not reading.starts:
        return finding
    return finding.model_copy(update={"span": tuple(_place(offset, reading) for offset in finding.span)})


def _place(offset: int, reading: Reading) -> int:
    """Where the body's character `offset` stands in the text."""
    begin, place = 0, 0
    for piece, sentence, start in zip(reading.message.pieces(), reading.message.sentences, reading.starts, strict=True):
        first = begin + len(piece) - len(sentence.text)
        if offset < first:
            return place
        place = start + min(offset - first, len(sentence.text))
        begin += len(piece)
        if offset <= begin:
            return place
    return place


def _script_lines(block: str, start: int) -> list[tuple[int, str]]:
    """Each line of a script for a call by itself."""
    found = []
    for line in block.splitlines(keepends=True):
        found.append((start, line))
        start += len(line)
    return found


_GREETING = re.compile(r"\s*(?:hi|hello|dear|hey)\b[^.?!\n]{0,40}$", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"\s*(?:all the best|best wishes|kind regards|regards|yours|cheers|warmly|thanks|best)\b[,.]?\s*$", re.IGNORECASE
)


def _lines(block: str, start: int) -> list[tuple[int, str]]:
    """The block cut behind a greeting that has its own line, and before a sign-off that has its own line."""
    cuts = [0]
    offset = 0
    for line in block.splitlines(keepends=True):
        if _GREETING.match(line) and offset == 0:
            cuts.append(len(line))
        elif _SIGN_OFF.fullmatch(line) and offset > 0:
            cuts.append(offset)
        offset += len(line)
    ends = [*cuts[1:], len(block)]
    return [(start + a, block[a:b]) for a, b in zip(cuts, ends, strict=True) if block[a:b].strip()]
