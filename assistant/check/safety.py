"""Whether a message could do harm by its form: recipients, headers, links that hide, markup, characters nobody sees.

Looks at the raw text only. It must never try to recognise attacks by their wording: whatever an instruction in a
note achieves, it has to pass the same checks as everything else.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.domain import Finding, Material, Message, Severity
from assistant.text import find_hidden, find_words

_SPACE_IN_SUBJECT = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]")
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bq]\?", re.IGNORECASE)
_HEADER_LINE = re.compile(
    r"(?:^|[\s;,(])(?P<header>(?:bcc|cc|to|from|reply-to|sender|subject|content-type|x-[a-z-]+"
    r"|return-path)\s*:)(?=\s*\S+@|\s*$|[^\n]*@)"
    r"|^(?P<line>(?:bcc|cc|reply-to|content-type|return-path)\s*:)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(
    r"!?\[[^\]\n]*\]\([^)\n]*\)|<\s*/?\s*[a-z!][^>]*>|&#?\w{2,8};|\bdata:\w|javascript:|%3c|%0d|%0a|```|\]\]>",
    re.IGNORECASE,
)
_FAKE_REPLY = re.compile(r"^\s*(?:re|fwd?|aw|wg|antw)\s*:", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"\b(?:attached|attachment|enclosed|see the (?:file|pdf|document)|i(?:'ve| have) attached)\b", re.IGNORECASE
)


_Rule = tuple[re.Pattern[str], str, str, str]  # what is looked for, the rule's name, what is wrong, what to do
_IN_SUBJECT: tuple[_Rule, ...] = (
    (_SPACE_IN_SUBJECT, "safety.header", "a subject is one line", "put it on one line"),
    (_FAKE_REPLY, "safety.fake_reply", "this pretends to answer a message", "write a subject of its own"),
)
_ANYWHERE: tuple[_Rule, ...] = (
    (_ENCODED_WORD, "safety.header", "this is code that mail programs turn into headers", "take it out"),
    (
        _HEADER_LINE,
        "safety.recipient",
        "this looks like a mail header; recipients come from your book only",
        "take it out",
    ),
    (_MARKUP, "safety.markup", "a message is plain text; this is markup or code", "say it in words"),
    (
        _ATTACHMENT,
        "safety.attachment",
        "this speaks of an attachment, and a draft has none",
        "take it out, or attach it yourself",
    ),
)
_UNSEEN = ("there is a character here that nobody can see", "delete it")


def check_safety(message: Message, material: Material) -> tuple[Finding, ...]:
    """Blocking findings for the subject, then for the body."""
    findings = [one for rule in _IN_SUBJECT for one in _each(rule, message.subject, "subject")]
    for field, text in (("subject", message.subject), ("body", message.body)):
        findings += [one for rule in _ANYWHERE for one in _each(rule, text, field)]
        findings += [
            _finding("safety.hidden", field, span.start, span.end, span.text, *_UNSEEN) for span in find_hidden(text)
        ]
        findings += _mixed_scripts(text, field)
    return tuple(findings)


def _each(rule: _Rule, text: str, field: str) -> list[Finding]:
    pattern, name, message, fix = rule
    return [_finding(name, field, m.start(), m.end(), m.group(), message, fix) for m in pattern.finditer(text)]


def _mixed_scripts(text: str, field: str) -> list[Finding]:
    """Words that mix alphabets ("pаypal" with a Cyrillic a): letters that only look right."""
    return [
        _finding(
            "safety.lookalike",
            field,
            word.start,
            word.end,
            word.text,
            "this word mixes alphabets; some letters only look right",
            "type it again",
        )
        for word in find_words(text)
        if len({_script(char) for char in word.text if char.isalpha()}) > 1
    ]


def _script(char: str) -> str:
    name = unicodedata.name(char, "").split(" ")[0]
    # Japanese is written in three scripts at once, and a full-width Latin letter is its own trap.
    return "JAPANESE" if name in ("HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA") else name


def _finding(rule: str, field: str, start: int, end: int, text: str, message: str, fix: str) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.BLOCK,
        span=(start, end),
        text=text,
        message=message,
        fix=fix,
        field="subject" if field == "subject" else "body",
    )
