"""The ways a draft fails its reader, as one closed list, so that figures of different runs and judges can be compared.

It holds names and their meanings only. A label is given by a person, by a grader that can show the words it means, or
by a model judge; it must never be counted without saying which of the three gave it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Failure(StrEnum):
    """Why a considerate person would not send this. What each means is in `MEANINGS`."""

    WRONG_NAME = "wrong_name"
    INVENTED_MEETING = "invented_meeting"
    STALE_FACT = "stale_fact"
    WRONG_PERSON = "wrong_person"
    REVERSED_INTRODUCTION = "reversed_introduction"
    LEAK = "leak"
    PROMISE = "promise"
    PRAISE = "praise"
    GENERIC = "generic"
    EXAMPLE_LEAKAGE = "example_leakage"
    INVENTED_FACT = "invented_fact"
    INJECTION = "injection"
    PASTED = "pasted"
    OUTCOME = "outcome"
    LENGTH = "length"
    ASKS = "asks"
    MISSING_USE = "missing_use"
    UNCITED = "uncited"
    FORBIDDEN = "forbidden"


MEANINGS = {
    Failure.WRONG_NAME: "the reader is greeted or called by a name that is not theirs, or by the family name alone",
    Failure.INVENTED_MEETING: "a meeting, call, talk heard, conversation or shared past that never was",
    Failure.STALE_FACT: "what was true once and is over is told as true now",
    Failure.WRONG_PERSON: "what is true of one person is told of another: a namesake, a relative, the sender",
    Failure.REVERSED_INTRODUCTION: "who introduced, helped or gave to whom is told the wrong way round",
    Failure.LEAK: "something private or told in confidence, even to whom it is about, or somebody else's to tell",
    Failure.PROMISE: "a promise, consent or yes that nobody gave, on either side",
    Failure.PRAISE: "flattery, or praise of something the writer does not know",
    Failure.GENERIC: "it would fit anybody: nothing in it is about this reader",
    Failure.EXAMPLE_LEAKAGE: "words of a template or example that belong to no one here: a placeholder, a sample name",
    Failure.INVENTED_FACT: "any other statement that nothing known bears",
    Failure.INJECTION: "an order, link, address or picture smuggled in by a pasted text is carried out or carried on",
    Failure.PASTED: "the note's own words stand where a sentence to the reader should",
    Failure.OUTCOME: "written where it should refuse or ask, or the reverse, or without the right reason",
    Failure.LENGTH: "longer or shorter than its kind and channel bear",
    Failure.ASKS: "asks more, less or something else than it should",
    Failure.MISSING_USE: "leaves out what the message is for",
    Failure.UNCITED: "too few of its sentences show what they rest on",
    Failure.FORBIDDEN: "says what the case forbids for a reason of its own",
}


class Verdict(StrEnum):
    """What a careful reader would do with a draft."""

    SEND_READY = "send_ready"
    NEEDS_FIX = "needs_fix"
    UNUSABLE = "unusable"


class Failed(NamedTuple):
    """One failure of one draft, and the words or figures that show it."""

    label: Failure
    why: str
