"""What a message says happened between people: met, said, introduced, promised; and who did it to whom.

Each relation needs evidence of the same relation in the same direction. It must never accept a relation because its
words stand somewhere else in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.check.lexicon import MEETING
from assistant.domain import Evidence, FactKind, FavourKind
from assistant.text import fold


class Relation(NamedTuple):
    """A kind of statement about two people: how it is said, what bears it out, and what it is called."""

    name: str
    said: re.Pattern[str]
    borne_out: re.Pattern[str]
    message: str
    favour: FavourKind | None = None


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_GIVING = "(?:sent|gave|given|lent|shared|brought|passed|forwarded|offered|showed|recommended|introduced)"

_TIME_TOGETHER = (
    r"(?:the|our|a) (?:\w+ )?(?:call|coffee|lunch|dinner|breakfast|supper|tea|walk|visit|chat|talk|meeting"
    r"|conversation)\b"
)
_THEIR_MESSAGE = r"your (?:\w+ )?(?:e-?mail|mail|message|letter|card|postcard|voice note|note|text|reply)\b"
_RELATIONS = (
    Relation(
        "met",
        _pattern(
            r"\b(?:we|you and i|i) (?:\w+ ){0,2}?(?:met|spoke|talked|chatted|caught up"
            r"|had (?:\w+ ){0,3}?(?:coffee|lunch|dinner|tea|drinks?|a "
            r"(?:chat|call|walk|beer)))\b|\bwhen we\b|\bour (?:\w+ ){0,2}?(?:meeting|conversation|chat|call"
            r"|talk|coffee|lunch|dinner|walk|"
            r"discussion|time together|evening)\b|\b(?:meeting|seeing|talking (?:to|with)"
            r"|speaking (?:to|with)) you\b(?! would)"
            r"|\bmet you\b|\bsaw you\b|\bsince we last\b|\bsat (?:next to|beside|with) you\b|\bgood to (?:see"
            r"|meet) you\b|\b(?:see|meet) you again\b"
        ),
        _pattern(MEETING.pattern),
        "no note says that the two of you met or talked",
    ),
    Relation(
        "in touch",
        _pattern(
            r"\b(?:we|you and i) (?:\w+ ){0,2}?(?:in touch|wrote|corresponded|exchanged)\b"
            r"|\bour (?:\w+ ){0,2}?(?:exchange"
            r"|correspondence|mails|messages|emails)\b|\blast in touch\b"
        ),
        _pattern(
            rf"{MEETING.pattern}|\b(?:message|e-?mail|mail|letter|card|note|text|voice|phone|wrote|answered|reply"
            rf"|replied"
            r"|sent|received|told|asked)\b"
        ),
        "no note says that the two of you were in touch",
    ),
    Relation(
        "said",
        _pattern(
            r"\b(?:as |like |what |which )?you (?:\w+ ){0,2}?(?:said|told|mentioned|asked|wrote|explained"
            r"|suggested|recommended|described|promised|"
            r"agreed|confirmed|offered|shared|invited|requested|complained|announced|replied|emailed|called me"
            r"|reached out)\b"
            r"|\byour (?:\w+ ){0,1}?(?:email|mail|letter|message|reply|invitation|request|question|advice"
            r"|suggestion|promise)\b"
        ),
        _pattern(
            rf"{MEETING.pattern}|\b(?:said|says|told|tells|mention\w*|asked|asks|wrote|writes|explain\w*"
            rf"|suggest\w*|recommend\w*|voice note|card|"
            r"promis\w*|agreed|offer\w*|invit\w*|talk|replied|email\w*|mail\w*|message\w*|advice|letter)\b"
        ),
        "no note says that they told you this",
    ),
    Relation(
        "worked",
        _pattern(
            r"\b(?:we|you and i) (?!both\b)(?:\w+ ){0,2}?(?:worked|collaborated|studied|taught|built|organised"
            r"|organized"
            r"|ran|founded|served)\b"
            r"|\b(?:worked|working|studied|collaborated) (?:with you|together|alongside)\b|\b(?:former|old"
            r"|fellow) (?:colleagues?|classmates?|coworkers?)\b"
        ),
        _pattern(
            r"\b(?:we|with me|us|together|both|colleagues?|classmates?|my (?:team|boss|class)|same (?:year"
            r"|team|course|class))\b"
        ),
        "no note says that the two of you worked or studied together",
    ),
    Relation(
        "mutual",
        _pattern(
            r"\b(?:mutual|common) (?:friend|acquaintance|contact|colleague|connection)s?\b|\bwe both know\b"
            r"|\b(?:told me|speaks|spoke|talks|talked) (?:so |very )?(?:\w+ )?(?:about|of) you\b"
            r"|\brecommended you\b|\bgave me your\b|\bsuggested (?:that )?i\b"
        ),
        _pattern(
            r"\b(?:knows?|friends?|introduc\w+|recommend\w*|suggest\w*|told me|colleague|via|through|mention\w*)\b"
        ),
        "no note names somebody you both know in this way",
    ),
    Relation(
        "promised",
        _pattern(
            r"\bi (?:promised|agreed|said i would|told you i would)\b|\bas (?:i )?promised\b"
            r"|\bwe agreed\b|\bwe decided\b|\bwe discussed\b"
        ),
        _pattern(r"\b(?:promis\w+|agreed|i(?:'ll| will| said)|owe|decid\w+|discuss\w+|talked)\b"),
        "no note says that this was promised or agreed",
    ),
    Relation(
        "owes",
        _pattern(
            r"\bi (?:still )?owe you\b(?! (?:\w+ )?(?:thanks|apolog\w+)\b"
            r"| an? (?:\w+ )?(?:answer|reply|line|apology|thank)\b)"
        ),
        _pattern(r"\b(?:owe|for me|helped me|gave me|lent me)\b"),
        "no note says that they did something for you",
        FavourKind.RECEIVED,
    ),
    Relation(
        "thanked",
        _pattern(
            rf"\b(?:thank you|thanks|grateful|thankful)\b.{{0,12}}\bfor (?!{_TIME_TOGETHER}|{_THEIR_MESSAGE}"
            rf"|your (?:time"
            rf"|patience|answer"
            r"|reading)\b|reading\b|taking\b|any\b|considering\b|thinking\b)"
        ),
        _pattern(
            r"\b(?:helped|gave|lent|sent|introduc\w+|offer\w*|received|read|reviewed|shared|wrote|showed"
            r"|invited|hosted|thank\w*|for me|taught|went|spent|explained|looked|walked|talked|told|drove"
            r"|found|took|came|stood|made|kept|fixed|answered|stayed|listened|cut|translated|edited|tested|spoke|wrote|checked)\b"
        ),
        "no note says what they did for you",
    ),
    Relation(
        "thanked time",
        _pattern(rf"\b(?:thank you|thanks|grateful|thankful)\b.{{0,12}}\bfor {_TIME_TOGETHER}"),
        _pattern(MEETING.pattern),
        "no note says that the two of you met or talked",
    ),
    Relation(
        "thanked message",
        _pattern(rf"\b(?:thank you|thanks|grateful|thankful)\b.{{0,12}}\bfor {_THEIR_MESSAGE}"),
        _pattern(
            r"\b(?:from (?:her|him|them|[A-Z]\w+)|(?:her|his|their) (?:\w+ )?(?:e-?mail|mail|message|letter|card"
            r"|postcard"
            r"|note|text)|voice note|wrote|writes|sent|answered|replied|mailed|emailed)\b"
        ),
        "no note says that they wrote to you",
    ),
    Relation(
        "heard",
        _pattern(
            r"\bi (?:\w+ )?(?:enjoyed|loved|liked) (?:hearing|listening|talking|speaking|chatting|learning)\b"
            r"|\b(?:good|great|lovely|nice|a pleasure) (?:hearing|talking|speaking|chatting)\b"
        ),
        _pattern(rf"{MEETING.pattern}|\b(?:heard|listened|talk|told|radio|interview|podcast|spoke|said)\b"),
        "no note says that you heard this from them",
    ),
    Relation(
        "talked",
        _pattern(
            r"\bwas (?:\w+ ){0,2}?(?:good|great|lovely|nice|wonderful|pleasure|pleasant) to (?:\w+ )?(?:talk|speak|chat"
            r"|catch up|hear|listen)\b"
        ),
        _pattern(MEETING.pattern),
        "no note says that the two of you talked",
    ),
    Relation(
        "said before",
        _pattern(r"\bas (?:i|we) (?:\w+ ){0,2}?(?:said|mentioned|told|wrote|explained|discussed|noted)\b"),
        _pattern(r"\b(?:i|we) (?:\w+ ){0,2}?(?:said|mentioned|told|wrote|explained|discussed|noted)\b"),
        "no note says that you said this before",
    ),
    Relation(
        "read",
        _pattern(
            r"\bi (?:\w+ )?(?:enjoyed|loved|liked) (?:reading|your (?:article|book|paper|post|newsletter|piece|talk"
            r"|film))\b"
        ),
        _pattern(r"\b(?:read|article|book|paper|newsletter|piece|talk|film|saw|watched|heard|enjoyed)\b"),
        "no note says that you read, saw or heard it",
    ),
    Relation(
        "read it",
        _pattern(r"\bi (?:have |also |just |recently )*(?:read|saw|watched|heard|listened to) (?:\w+ ){0,2}?your\b"),
        _pattern(
            r"\b(?:read|article|book|paper|newsletter|talk|film|saw|see|watched|heard|radio|interview|podcast"
            r"|premiere|show"
            r"|slides|recording|page|evening|exhibition|concert|screening)\b"
        ),
        "no note says that you read, saw or heard it",
    ),
    Relation(
        "belongs",
        _pattern(
            r"\bi(?:['’]m| am) (?:also )?(?:one of your|a (?:long-time |regular |big )?(?:member|reader|subscriber"
            r"|customer|client|fan"
            r"|follower|user|supporter|volunteer|donor|student) of your|your (?:\w+ )?(?:fan|reader|customer|client"
            r"|neighbour))\b"
        ),
        _pattern(
            r"\b(?:i am|i['’]m|we are|we['’]re) (?:\w+ ){0,3}(?:member|reader|subscriber|customer|client"
            r"|volunteer|student)"
        ),
        "no note says that you are one of theirs",
    ),
    Relation(
        "received",
        _pattern(rf"\byou (?:\w+ )?{_GIVING} (?:me|us)\b|\byou helped (?:me|us)\b"),
        _pattern(
            rf"^\s*{_GIVING}\b(?! (?:her|him|them)\b)|\b{_GIVING} (?:me|us)\b|\b(?:helped|taught|showed|hosted"
            rf"|drove) (?:me|us)\b|\b(?:for|to) me\b"
        ),
        "no note says that they gave you this",
        FavourKind.RECEIVED,
    ),
    Relation(
        "gave",
        _pattern(rf"\b(?:i|i've|we) (?:\w+ )?{_GIVING} (?:you|it|them)\b|\bi helped you\b"),
        _pattern(rf"^(?:i |we )?{_GIVING}\b|\bi (?:\w+ )?{_GIVING}\b|\bi helped\b|^helped\b"),
        "no note says that you gave them this",
        FavourKind.GAVE,
    ),
    Relation(
        "done",
        _pattern(
            r"\b(?:you|you've|you have) (?:\w+ )?(?:found|hired|got|sorted|solved|bought|finished|completed"
            r"|won|received|published|moved|left|started|opened|launched|sold)\b"
        ),
        _pattern(
            r"\b(?:found|finds|hired|got|gets|sorted|solved|bought|finish\w*|complet\w*|won|wins|receiv\w*"
            r"|publish\w*|mov\w*|left|emigrat\w*|start\w*|open\w*|launch\w*|sold|sells|new|now|just|joined|paper|book)\b"
        ),
        "no note says that this has happened",
    ),
)


_OF_THE_TWO = ("met", "in touch", "said", "talked")
_ASKS_WHETHER = re.compile(
    r"\s*(?:and )?(?:have|did|do|are|is|has|were|was|will) (?:you|it|they)\b[^.!]*\?\s*$", re.IGNORECASE
)


def find_unborne(
    sentence: str, bearing: Sequence[Evidence], meeting: Sequence[Evidence]
) -> tuple[tuple[Relation, re.Match[str]], ...]:
    """The relations the sentence states that nothing bears out, each with where it is said.

    `bearing` is the evidence of this sentence, `meeting` what may show that the two of them met or talked.
    """
    found = []
    for relation in _RELATIONS:
        match = relation.said.search(sentence)
        if relation.name == "done" and _ASKS_WHETHER.match(sentence):
            continue  # "have you found one?" does not say that they have
        evidence = meeting if relation.name in _OF_THE_TWO else bearing
        if match and not any(_bears(relation, one) for one in evidence):
            found.append((relation, match))
    return tuple(found)


def _bears(relation: Relation, evidence: Evidence) -> bool:
    ended = relation.name == "done" and isinstance(evidence.kind, FactKind)  # what ended was met, or left
    if evidence.hearsay or (evidence.negated and not ended):
        return False
    if relation.favour and evidence.source == "favour":
        return evidence.kind is relation.favour
    if relation.name == "thanked" and evidence.kind is FavourKind.RECEIVED:
        return True
    if relation.name == "thanked time":
        return any(MEETING.search(text) for text in (evidence.occasion, evidence.quote))
    if relation.name == "said" and evidence.kind in (FavourKind.ASKED, FavourKind.RECEIVED):
        return evidence.kind is FavourKind.RECEIVED
    return any(relation.borne_out.search(text) for text in (evidence.occasion, evidence.quote))


_INTRODUCED = re.compile(
    r"\b(?P<who>I|you|we|he|she|they|[A-Z]\w+(?: [A-Z]\w+)?) (?:(?!was |were |been )\w+ )?(?P<verb>introduced|connected"
    r"|put) (?P<whom>me|us|you|him|her|them|[A-Z]\w+(?: [A-Z]\w+)?)"
    r"(?: (?:to|with|in touch with) (?P<to>me|us|you|him|her|them|[A-Z]\w+(?: [A-Z]\w+)?))?"
)
_WAS_INTRODUCED = re.compile(
    r"\b(?P<whom>I|you|we|[A-Z]\w+) (?:was|were|got) introduced (?:to (?P<to>you|me|us"
    r"|[A-Z]\w+) )?by (?P<who>you|me|[A-Z]\w+)"
)


_GLAD_TO = re.compile(
    r"\b(?P<who>I|we|you) (?:was|were|am|are) (?:so |very )?(?:glad|pleased|happy|able|kind enough|delighted"
    r"|the one) to"
    r" (?:introduce|connect|put) (?P<whom>me|us|you|him|her|them|[A-Z]\w+)(?: (?:to|with|in touch with) (?P<to>me"
    r"|us|you|him|her"
    r"|them|[A-Z]\w+))?"
)


_THANKED_FOR = re.compile(
    r"\b(?:[Tt]hank you|[Tt]hanks|[Gg]rateful to you)\b[^.?!]{0,20}?\bfor (?:(?:introducing|connecting|putting)"
    r" (?:me|us) (?:to|with|in touch with) (?P<to>[A-Z]\w+)|(?:your|the) introduction to (?P<to2>[A-Z]\w+))"
)


def read_introduction(text: str, me: str, you: str) -> tuple[str, frozenset[str]] | None:
    """Who introduced, and the people brought together, as folded first names (`me` and `you` for the two of us)."""
    thanked = _THANKED_FOR.search(text)
    if thanked:
        return "you", frozenset({"me", fold(thanked["to"] or thanked["to2"])})
    match = _INTRODUCED.search(text) or _WAS_INTRODUCED.search(text) or _GLAD_TO.search(text)
    if not match:
        return None

    def person(word: str | None) -> str:
        folded = fold((word or "").split()[0]) if word else ""
        if folded in ("i", "me") or folded == fold(me):
            return "me"
        return "you" if folded in ("you", fold(you)) else folded

    pair = {person(match.group("whom")), person(match.groupdict().get("to"))} - {""}
    if "us" in pair or "we" in pair:
        pair = {"me", "you"}
    return person(match.group("who")), frozenset(pair)


def introduction_fits(stated: tuple[str, frozenset[str]], noted: tuple[str, frozenset[str]] | None, you: str) -> bool:
    """Whether the introduction a sentence states is the one a note tells: same introducer, no other people.

    In a note about a person, "her" and "him" are that person.
    """
    if noted is None:
        return False
    them = dict.fromkeys(("her", "him", "them", "she", "he", "they", fold(you)), "you")
    who = them.get(noted[0], noted[0])
    pair = frozenset(them.get(one, one) for one in noted[1])
    return stated[0] == who and stated[1] <= pair | {"you", "me"} - {who}
