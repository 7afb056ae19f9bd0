"""Whether a message reads as one considerate person wrote it to another: length, asks, openers, placeholders.

Criteria, each with its place and a fix, never one score. It must never judge what is true.

The length bands come from large mail studies (50-125 words draw most answers; Boomerang, 40 million mails); they are
values to set, not laws, so a band only warns until a text is far outside it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.check.claims import is_courtesy
from assistant.domain import Channel, DraftKind, Finding, Material, Message, Severity
from assistant.text import Span, count_words, find_words, fold, split_sentences


class Band(NamedTuple):
    """Words of the body, greeting and sign-off included: outside `low..high` warns, above `most` blocks."""

    low: int
    high: int
    most: int


BANDS = {
    DraftKind.COLD: Band(50, 125, 200),
    DraftKind.GIVE_FIRST: Band(40, 125, 200),
    DraftKind.CHECK_IN: Band(25, 110, 200),
    DraftKind.FOLLOW_UP: Band(25, 125, 200),
    DraftKind.THANK_YOU: Band(25, 90, 150),
    DraftKind.RECONNECT: Band(30, 125, 200),
    DraftKind.ASK: Band(35, 125, 200),
    DraftKind.INTRO_ASK: Band(40, 130, 200),
    DraftKind.INTRO: Band(40, 130, 200),
    DraftKind.BLURB: Band(40, 130, 200),
    DraftKind.NEWS_SHARE: Band(25, 110, 200),
    DraftKind.EVENT_INVITE: Band(35, 125, 200),
}
_CALL_BAND = Band(40, 260, 400)
_MESSAGE_BAND = Band(8, 60, 80)
MOST_CHARACTERS = 300  # of a short message: what LinkedIn takes in a note to somebody new
_NEED_NO_ASK = (DraftKind.THANK_YOU, DraftKind.INTRO, DraftKind.NEWS_SHARE)


def band_of(kind: DraftKind, channel: Channel = Channel.EMAIL) -> Band:
    """The length band of a kind of message on a channel."""
    if channel is Channel.EMAIL:
        return BANDS[kind]
    return _CALL_BAND if channel is Channel.CALL else _MESSAGE_BAND


_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{0,60}\]|\{[^}\n]{0,60}\}|<[^>\n]{1,40}>|\b(?:XX+|TBD|TODO|TK|lorem ipsum"
    r"|insert (?:\w+ ){0,3}here|your (?:name|company) here)\b"
    r"|_{3,}|\bN/?A\b|\$\w+",
)
_GENERIC = re.compile(
    r"\b(?:(?:i )?hope (?:this (?:\w+ )?finds you|you(?:'re| are) (?:well|doing))|i came across your"
    r"|pick your brain|just (?:checking in|touching base|"
    r"following up|reaching out|bumping)|touch base|circle back|synerg\w*|win-win|game.?changer"
    r"|mutually beneficial|at your earliest convenience"
    r"|reach(?:ing)? out (?:to you )?(?:today )?because|i know you(?:'re| are) busy|quick question"
    r"|explore (?:potential )?opportunit\w+)\b",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\b(?:delve|tapestry|testament to|resonat\w+|leverag\w+|in today's|fast-paced|ever-evolving|deeply|truly"
    r"|genuinely|invaluable|"
    r"as an ai|language model|seamless\w*|elevate|unlock|embark|foster\w*)\b|—",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:could|would|can|will|may|might) (?:you|i|we)\b[^.?!]*\?|\b(?:shall i|are you (?:free|open|available"
    r"|up for)|do you have|is there a|what would|"
    r"when would|how about|would it)\b[^.?!]*\?|\b(?:i(?:'d| would) (?:love|like|appreciate|be grateful)"
    r"|i was hoping|i wonder(?:ed)? if|please "
    r"(?:let me know|send|share|tell|reply|write|call|introduce|join|sign|book|confirm|forward|review|find)"
    r"|let me know)\b",
    re.IGNORECASE,
)
_GOOD_MOMENT = re.compile(
    r"^(?:-\s*)?is this a good moment\?$|^- ", re.IGNORECASE
)  # how a call begins, and its answers
_SOFT = re.compile(
    r"\b(?:no need|no pressure|no hurry|if not|if you(?:'d| would) rather not|don't have to|do not have to"
    r"|not need to|i(?: would|['’]d) like (?:the two of you to meet|to invite you|to introduce))\b"
    r"|^\s*(?:please )?(?:just )?(?:say|tell me|let me know)\b",
    re.IGNORECASE,
)


_ASKS_FOR = re.compile(
    r"\b(?:could|would|can|will|may|might) (?:you|i|we)\b|\b(?:shall i|are you (?:free|open|available|up for)"
    r"|do you have)\b|\bplease\b|\blet me know\b",
    re.IGNORECASE,
)
_KEEPS_IN_TOUCH = (DraftKind.CHECK_IN, DraftKind.RECONNECT, DraftKind.FOLLOW_UP, DraftKind.THANK_YOU)
# To ask how somebody or their work is costs them nothing: "How is the film? And do the ledgers help?"
_ASKS_AFTER = re.compile(
    r"\s*(?:and |but |so )?(?:[\w’']+, )?(?:how|is|are|was|were|has|have|did|do|does|will)\b[^.!]*\?\s*$"
    r"|.{0,80}\bi would (?:love|be glad) to hear\b",
    re.IGNORECASE,
)


def check_style(message: Message, material: Material) -> tuple[Finding, ...]:
    """Findings on the form of the message; placeholders, two asks and a body far too long block."""
    body = message.body
    findings = [
        *_check_length(message),
        *_check_asks(message),
        *(_check_greeting(message, material) if message.channel is not Channel.CALL else ()),
        *(_check_subject(message.subject) if message.channel is Channel.EMAIL else ()),
        *_each(
            _GENERIC,
            body,
            "style.generic",
            Severity.WARN,
            "everybody opens like this",
            "say what is true of this person only",
        ),
        *_each(_MACHINE, body, "style.machine", Severity.WARN, "this reads as if a machine wrote it", "say it plainly"),
    ]
    for field, text in (("subject", message.subject), ("body", body)):
        findings += _each(
            _PLACEHOLDER,
            text,
            "style.placeholder",
            Severity.BLOCK,
            "this is a gap, not a text",
            "fill it in or take it out",
            field,
        )
    return tuple(findings)


def _each(
    pattern: re.Pattern[str], text: str, rule: str, severity: Severity, message: str, fix: str, field: str = "body"
) -> list[Finding]:
    return [_finding(rule, severity, (m.start(), m.end()), text, message, fix, field) for m in pattern.finditer(text)]


def _finding(
    rule: str, severity: Severity, span: tuple[int, int], text: str, message: str, fix: str, field: str = "body"
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        span=span,
        text=text[slice(*span)],
        message=message,
        fix=fix,
        field="subject" if field == "subject" else "body",
    )


def _check_length(message: Message) -> list[Finding]:
    words, band = count_words(message.body), band_of(message.kind, message.channel)
    span = (0, len(message.body))
    if message.channel is Channel.MESSAGE and len(message.body) > MOST_CHARACTERS:
        return [
            _finding(
                "style.length",
                Severity.BLOCK,
                (MOST_CHARACTERS, len(message.body)),
                message.body,
                f"{len(message.body)} characters; a short message takes {MOST_CHARACTERS}",
                "keep the reason and the one question",
            )
        ]
    if words > band.high:
        severity = Severity.BLOCK if words > band.most else Severity.WARN
        return [
            _finding(
                "style.length",
                severity,
                span,
                message.body,
                f"{words} words; {band.low}-{band.high} are read and answered",
                "cut what the other person would not miss",
            )
        ]
    if words < band.low:
        return [
            _finding(
                "style.length",
                Severity.WARN,
                span,
                message.body,
                f"only {words} words; {band.low}-{band.high} leave room for a reason",
                "say why you write to this person",
            )
        ]
    return []


def find_asks(body: str) -> tuple[Span, ...]:
    """The sentences that ask something of the reader. An easy way to say no is not an ask."""
    return tuple(
        sentence
        for sentence in split_sentences(body)
        if (sentence.text.rstrip("\"'”’)").endswith("?") or _REQUEST.search(sentence.text))
        and not _SOFT.search(sentence.text)
    )


def _check_asks(message: Message) -> list[Finding]:
    body = message.body
    asks = [one for one in find_asks(body) if not _GOOD_MOMENT.search(one.text)]
    if len(asks) > 1:
        after = [
            one
            for one in asks
            if message.kind in _KEEPS_IN_TOUCH and _ASKS_AFTER.match(one.text) and not _ASKS_FOR.search(one.text)
        ]
        second = asks[1]
        return [
            _finding(
                "style.two_asks",
                Severity.BLOCK if len(asks) - len(after) > 1 else Severity.WARN,
                (second.start, second.end),
                body,
                f"this is ask {2} of {len(asks)}; a message has one",
                "keep the one that matters",
            )
        ]
    if not asks and message.kind not in _NEED_NO_ASK:
        return [
            _finding(
                "style.no_ask",
                Severity.WARN,
                (0, 0),
                body,
                "nothing here invites an answer",
                "end with one small question",
            )
        ]
    return []


def _check_greeting(message: Message, material: Material) -> list[Finding]:
    first = message.sentences[0].text if message.sentences else ""
    if first.rstrip().endswith(",") and count_words(first) and _names(first, material.to.name):
        return []  # the name alone
    match = re.match(r"\s*(?:hi|hello|dear|hey)\b[ ]*(?P<name>[^,!.\n]*)", first, re.IGNORECASE)
    if not match:
        return [
            _finding(
                "style.greeting",
                Severity.WARN,
                (0, 0),
                message.body,
                "the message greets nobody",
                f"begin with {material.to.first_name}'s name",
            )
        ]
    named = f"{material.to.name} {material.other.name if material.other else ''}"
    if not is_courtesy(first.splitlines()[0] if first else "", material) and not _names(match.group("name"), named):
        return [
            _finding(
                "style.wrong_name",
                Severity.BLOCK,
                match.span("name"),
                message.body,
                f"this greets {match.group('name').strip()!r}; the message goes to {material.to.name}",
                "greet the person it goes to",
            )
        ]
    return []


def _names(said: str, name: str) -> bool:
    words = {fold(word.text) for word in find_words(said)}
    return not words or words <= {fold(word.text) for word in find_words(name)} | {
        "dr",
        "ms",
        "mr",
        "mrs",
        "prof",
        "there",
    }


def _check_subject(subject: str) -> list[Finding]:
    words = count_words(subject)
    if not words:
        return [
            _finding(
                "style.subject",
                Severity.WARN,
                (0, 0),
                subject,
                "there is no subject",
                "name the one thing it is about",
                "subject",
            )
        ]
    if words > 10:
        return [
            _finding(
                "style.subject",
                Severity.WARN,
                (0, len(subject)),
                subject,
                f"{words} words of subject; 2-8 are read",
                "name the one thing it is about",
                "subject",
            )
        ]
    return []
