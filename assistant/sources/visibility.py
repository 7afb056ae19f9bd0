"""Who may be told a passage: read from marks and from the words people use when they ask for silence.

It errs on the side of silence: what is taken for private by mistake is only not used. Health, faith, politics and the
like about a person are private unless marked public, because the law and most people treat them so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain import FactKind, Visibility
from assistant.text import Span, split_paragraphs

_ASKED_FOR_SILENCE = re.compile(
    r"\b(?:keep (?:this|it|that|her \w+|his \w+|their \w+)?\s*(?:to (?:my|your)self|to ourselves|quiet|secret"
    r"|between us)"
    r"|keep to (?:my|your)self|off the record|in (?:strict )?confidence|confidential(?:ly)?|between (?:us"
    r"|you and me|ourselves)"
    r"|do(?: not|n['’]t) (?:tell|mention|share|repeat|spread|bring up)|not (?:yet )?(?:public|announced"
    r"|to be shared|for sharing)"
    r"|nobody (?:knows|is to know)|no one (?:knows|is to know)|please do(?: not|n['’]t) (?:share|tell)"
    r"|not for (?:anybody|anyone|somebody|someone) else|for (?:my|your) ears only|not to be passed on"
    r"|sworn to secrecy|secret(?:ly)?"
    r"|hush[- ]hush|strictly private|embargo(?:ed)?|not to be repeated)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[private\]|#(?:private|confidential|secret)\b", re.IGNORECASE)
_PUBLIC_MARK = re.compile(r"#public\b", re.IGNORECASE)
_SENSITIVE = re.compile(
    r"\b(?:divorc\w+|separat(?:ed|ion)|affair|pregnan\w+|miscarriage|ivf|cancer|tumou?r|chemo\w*|lymphom\w*|leuk\w+|melanom\w*|diabet\w*|epilep\w*|biops\w*|depress\w+|burn-?out"
    r"|anxiety|therap(?:y|ist)|rehab|addict\w*|alcohol(?:ic|ism)|diagnos\w+|illness|surgery|operation on"
    r"|hospitali[sz]ed|in hospital|medical|radiotherapy|(?:in|under|having|her|his|their) treatment|sick leave"
    r"|heart attack|arthritis|migraines?|pacemaker|blood pressure|hearing loss|lost (?:\w+ ){0,4}hearing"
    r"|dementia|parkinson\w*|stroke|suicid\w+|hiv|religio\w+|convert(?:ed|ing) to|votes? for|union member"
    r"|asylum|visa trouble"
    r"|debts?|bankrupt\w*|insolven\w+|lawsuit|sued|sacked|fired|redundan\w+|lay-?offs?|laid off"
    r"|funding trouble|out of money"
    r"|migraines?|asthma|arthritis|insomnia|panic attacks?|heart attack|breakdown|ill|unwell|injur\w+|infertil\w+|sober"
    r"|custody|arrest(?:ed)?|evict\w+|probation|in court"
    r"|salary|gay|lesbian|transgender|coming out)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s")
_HEADING = re.compile(r"(?P<level>#{1,6})\s")
_PUBLIC_KINDS = (FactKind.ROLE, FactKind.EMPLOYER)


def read_visibility(passage: str, heading: str = "") -> Visibility:
    """The visibility of a whole passage; a heading that asks for silence makes all beneath it private."""
    if _MARK.search(passage) or _ASKED_FOR_SILENCE.search(passage) or _heading_is_private(heading):
        return Visibility.PRIVATE
    return Visibility.PERSONAL


def read_blocks(text: str, title: str = "") -> Iterator[tuple[Span, Visibility]]:
    """Each block of a note with its visibility; what goes on with a private entry or stands beneath it is private."""
    headings: list[tuple[int, str]] = []
    opened: int | None = None
    end = 0
    for block in split_paragraphs(text):
        heading = _HEADING.match(block.text)
        if heading:
            level = len(heading.group("level"))
            headings = [*(one for one in headings if one[0] < level), (level, block.text)]
        indent = block.start - (text.rfind("\n", 0, block.start) + 1)
        visibility = read_visibility(block.text, "\n".join((title, *(said for _, said in headings))))
        goes_on = text.count("\n", end, block.start) <= 1 and not _ITEM.match(block.text)
        if opened is not None and not heading and (indent > opened or goes_on):
            visibility = Visibility.PRIVATE
        else:
            opened = indent if visibility is Visibility.PRIVATE else None
        end = block.end
        yield block, visibility


def _heading_is_private(heading: str) -> bool:
    return bool(re.search(r"\bprivate\b|#private\b", heading, re.IGNORECASE) or _ASKED_FOR_SILENCE.search(heading))


def fact_visibility(kind: FactKind, quote: str, passage: Visibility, typed: bool) -> Visibility:
    """The visibility of one fact: what the passage says, stricter for sensitive matters, open for a typed role."""
    if passage is Visibility.PRIVATE:
        return passage
    if _PUBLIC_MARK.search(quote):
        return Visibility.PUBLIC
    if _SENSITIVE.search(quote):
        return Visibility.PRIVATE
    return Visibility.PUBLIC if typed and kind in _PUBLIC_KINDS else Visibility.PERSONAL
