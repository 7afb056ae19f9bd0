"""Whether the notes say it of the same person, as so, and with the same yes or no: clause against clause.

A clause may take each of its words from one note and still turn it round. The clause of the notes that shares most
words with it must agree in who does it, in being denied or not, and in being so and not only wished. It must never
judge a clause that shares too little with the notes to tell: coverage does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.check.atoms import find_atoms
from assistant.check.claim import Claim, Fault, bare_word, meant_words
from assistant.check.lexicon import IMPLIED, LIGHT_VERBS, is_light
from assistant.check.meanings import meanings
from assistant.check.parse import Clause, Mood, Speaker, read_clauses
from assistant.check.support import Ground
from assistant.check.times import find_times
from assistant.domain import Contact, Evidence, FactKind, FavourKind, Material
from assistant.text import STOPWORDS, find_words, fold, strip_hidden
from assistant.verbs import base_of

_LEAST_SHARED = 2  # words a clause must share with a note's clause before the two can be held against each other


class Told(NamedTuple):
    """A clause of the evidence, and the meanings of its words."""

    clause: Clause
    senses: frozenset[str]
    evidence: Evidence


def judge_alignment(claim: Claim, grounds: Sequence[Ground]) -> list[Fault]:
    """A fault for each clause of the sentence that its nearest clauses in the notes contradict."""
    told = [one for ground in grounds for one in _tell(ground.evidence, claim.material)]
    faults = []
    for clause in read_clauses(claim.text, message_speaker(claim.material)):
        if clause.mood in (Mood.QUESTION, Mood.CONDITION) or (clause.subject == "i" and _MODAL.search(clause.text)):
            continue
        fault = (
            _judge(clause, told, claim)
            or _judge_doer(clause, told, claim)
            or _judge_joined(clause, told, claim)
            or _judge_scope(clause, told, claim)
            or _judge_counted(clause, told, claim)
            or _judge_unit(clause, told, claim)
        )
        if fault:
            faults.append(fault)
    return faults


def _judge(clause: Clause, told: Sequence[Told], claim: Claim) -> Fault | None:
    words = [frozenset(meanings(word)) for word in _words(clause, claim)]
    shares = [(sum(bool(word & one.senses) for word in words), one) for one in told]
    most = max((share for share, _ in shares), default=0)
    if most < _LEAST_SHARED:
        return None
    least = most - 1 if _BOTH_SIDES.search(claim.text) else most
    nearest = [one for share, one in shares if share >= max(least, _LEAST_SHARED)]
    reasons = [_disagree(clause, one) for one in nearest]
    if not all(reasons) or any(_told_beside(clause, one, told) for one in nearest):
        return None
    rule, message, fix = _REASONS[reasons[0]]
    return Fault(rule, clause.start, _end(clause), message, fix)


_MODAL = re.compile(r"\b(?:could|would|can|should|might|may|['’]d)\b", re.IGNORECASE)


def _judge_doer(clause: Clause, told: Sequence[Told], claim: Claim) -> Fault | None:
    """A deed that the notes tell of somebody else only: "You passed the course" where it was the user who did."""
    is_possible = _MODAL.search(clause.text)
    if clause.subject not in ("i", "you") or not clause.verb or clause.verb in LIGHT_VERBS | _COURTEOUS or is_possible:
        return None
    verb = meanings(clause.verb)
    mine = (one for one in told if one.evidence.about == claim.material.me.id)
    if clause.subject == "i" and any(verb & (meanings(one.clause.verb) | _implied(one.evidence)) for one in mine):
        return None
    theirs = [one for one in told if one.evidence.about == claim.material.to.id or one.evidence.source == "own"]
    telling = [one for one in theirs if one.clause.verb and verb & meanings(one.clause.verb)]
    if not telling or not all(_other_person(clause, one) for one in telling):
        return None
    rule, message, fix = _REASONS["person"]
    return Fault(rule, clause.start, _end(clause), message, fix)


_BESIDE = (FactKind.ROLE, FactKind.EMPLOYER, FactKind.PLACE, FactKind.EVENT, FactKind.EDUCATION)


def _judge_joined(clause: Clause, told: Sequence[Told], claim: Claim) -> Fault | None:
    """ "You explained the seagrass cases": what was explained must stand where the notes tell of the explaining."""
    if not clause.verb or clause.verb in LIGHT_VERBS | _COURTEOUS or clause.subject in ("", "we"):
        return None
    if _MODAL.search(clause.text):
        return None
    verb = meanings(clause.verb)
    telling = [
        one for one in told if (one.clause.verb and verb & meanings(one.clause.verb)) or verb & _implied(one.evidence)
    ]
    if not telling or any(_POINTS_BACK.search(one.evidence.quote) for one in telling):
        return None
    ids = {one.evidence.id for one in telling}
    notes = {one.evidence.note_id for one in telling if one.evidence.source in ("note", "favour")} - {None, ""}
    beside = [
        one
        for one in told
        if one.evidence.id in ids
        or _stands_beside(one.evidence)
        or (one.evidence.source == "note" and one.evidence.note_id in notes and not one.clause.verb)
    ]
    senses = frozenset().union(*(one.senses | _senses(one.evidence.occasion) for one in beside))
    apart = [word for word in _words(clause, claim) if not meanings(word) & (senses | verb) and not is_light(word)]
    if not apart or not any(meanings(word) & one.senses for word in apart for one in told):
        return None
    message = f"no note says {clause.verb!r} of {apart[0]!r}"
    return Fault("claims.unsupported", clause.start, _end(clause), message, "join only what the note joins")


def _implied(evidence: Evidence) -> frozenset[str]:
    """The verbs that a typed fact stands for: an offer offers, a project is worked on."""
    words = IMPLIED.get(evidence.kind, "") if evidence.kind else ""
    return frozenset().union(*(meanings(word) for word in words.split())) if words else frozenset()


_POINTS_BACK = re.compile(r"\b(?:it|them|this|that one|those|one)\b", re.IGNORECASE)


def _stands_beside(evidence: Evidence) -> bool:
    return evidence.source in ("own", "record") or evidence.kind in _BESIDE


_NO = re.compile(
    r"\b(?:not(?! only)|no(?! (?:problem|doubt|longer))|never|nothing|none|nobody|without|neither|nor|[a-z]+n['’]t)\b",
    re.IGNORECASE,
)


def _judge_scope(clause: Clause, told: Sequence[Told], claim: Claim) -> Fault | None:
    """ "A fly tower" where the notes only say "nothing that wants a fly tower"."""
    if _NO.search(clause.text):
        return None
    for word in _words(clause, claim):
        sense = meanings(word)
        holding = [one for one in told if sense & one.senses]
        if holding and not is_light(word) and all(_is_ruled_out(sense, one) for one in holding):
            rule, message, fix = _REASONS["denied"]
            return Fault(rule, clause.start, _end(clause), message, fix)
    return None


def _is_ruled_out(sense: frozenset[str], told: Told) -> bool:
    match = _NO.search(told.clause.text)
    if match is None or told.evidence.kind is FactKind.PREFERENCE:
        return False
    rest = re.split(r",| and | but ", told.clause.text[match.end() :])[0]
    return not sense & _senses(told.clause.text[: match.start()] + told.clause.text[match.end() + len(rest) :])


def _judge_counted(clause: Clause, told: Sequence[Told], claim: Claim) -> Fault | None:
    """ "Two boats and a kid" where the note counts two kids and one boat."""
    counted = _counts(clause.text)
    noted = [
        (value, noun, one) for one in told for value, noun in (*_counts(one.clause.text), *_singles(one.clause.text))
    ]
    for value, noun in counted:
        senses = meanings(noun)
        same_count = {other for number, other, _ in noted if number == value}
        same_thing = {number for number, other, _ in noted if senses & meanings(other)}
        if same_count and same_thing and value not in same_thing:
            message = f"the notes count {', '.join(sorted(same_thing))} of {noun!r}, and not {value}"
            return Fault("claims.number", clause.start, _end(clause), message, "give the number the note gives")
    return None


_SPAN_UNIT = re.compile(r"\b(?P<unit>minute|hour|day|week|month|year)s?\b", re.IGNORECASE)


def _judge_unit(clause: Clause, told: Sequence[Told], claim: Claim) -> Fault | None:
    """ "A month every spring" where the note has "a week every spring"."""
    units = {match["unit"].lower() for match in _SPAN_UNIT.finditer(clause.text)}
    words = [meanings(word) for word in _words(clause, claim)]
    shares = [(sum(bool(word & one.senses) for word in words), one) for one in told] if units else []
    most = max((share for share, _ in shares), default=0)
    if most < _LEAST_SHARED:
        return None
    noted = [
        {m["unit"].lower() for m in _SPAN_UNIT.finditer(one.clause.text)} for share, one in shares if share == most
    ]
    if not all(noted) or any(units & one for one in noted):
        return None
    message = f"the notes count it in {', '.join(sorted(set().union(*noted)))}s"
    return Fault("claims.number", clause.start, _end(clause), message, "give the time the note gives")


def _counts(text: str) -> list[tuple[str, str]]:
    """Each number with the noun it counts: the last of the plain words right behind it."""
    found = []
    for atom in find_atoms(text):
        match = _COUNTED.match(text, atom.end) if atom.kind == "number" else None
        if match and not _UNIT.match(match["noun"]) and not is_light(_counted_noun(match["noun"])):
            found.append((atom.value, _counted_noun(match["noun"])))
    return found


def _singles(text: str) -> list[tuple[str, str]]:
    """ "A boat" counts one."""
    return [("1", fold(match["noun"])) for match in _SINGLE.finditer(text) if not is_light(match["noun"])]


_SINGLE = re.compile(r"\ban? (?P<noun>[a-z]{3,})\b")
_UNIT = re.compile(
    r"(?:year|month|week|day|hour|minute|second|decade|time|percent|pound|euro|dollar)s?\b", re.IGNORECASE
)
_COUNTED = re.compile(r"[ -](?P<noun>[a-z]{3,}(?: [a-z-]{3,}){0,2})\b")


def _counted_noun(words: str) -> str:
    """The noun of "fishing towns": the last word before one that joins or tells."""
    noun = ""
    for word in words.split():
        if noun and (word in STOPWORDS or base_of(word)[1] in ("past", "base") and not word.endswith("s")):
            break
        noun = word
    return fold(noun)


def _end(clause: Clause) -> int:
    return clause.start + len(clause.text.rstrip())


_TELLS_TIME = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter"
    r"|(?:19|20)\d\d",
    re.IGNORECASE,
)


def _words(clause: Clause, claim: Claim) -> list[str]:
    said = dict.fromkeys(fold(word.text) for word in meant_words(claim, clause.text))
    numbers = [atom.text for atom in find_atoms(clause.text) if atom.kind == "number"]
    times = [
        word
        for time in find_times(clause.text, claim.material.today)
        for word in clause.text[time.start : time.end].split()
    ]
    return [*said, *numbers, *(word for word in times if _TELLS_TIME.fullmatch(word))]


_REASONS = {
    "person": (
        "claims.wrong_person",
        "the note says this of somebody else",
        "say it of the person the note says it of",
    ),
    "denied": (
        "claims.negation",
        "the note says that this is not so, or does not say no",
        "say it as the note says it",
    ),
    "wished": (
        "claims.wished",
        "the note tells of this as a wish or a plan, not as something that is so",
        "say that they hoped for it, or ask how it went",
    ),
}


def _disagree(clause: Clause, told: Told) -> str:
    """What sets the two apart: the `person`, the no (`denied`), or that it was only `wished`; empty for nothing."""
    if _other_person(clause, told):
        return "person"
    negated = told.evidence.negated and _names_fact(told)
    if negated and told.evidence.kind is FactKind.NEED:
        negated = bool(_WANTS.search(clause.text))  # what was found is no longer wanted, and is there
    ended = told.clause.denied and _LEFT.search(clause.text)
    if (clause.denied != told.clause.denied and not ended) or (
        negated and not clause.denied and not _ENDED.search(clause.text)
    ):
        return "denied"
    return "wished" if _only_wished(clause, told) else ""


# Said of the one because it is true of the other too: either side's note may be the nearer in words.
_BOTH_SIDES = re.compile(r"\b(?:too|as well|like you|as you do|both|so was i|so did i)\b", re.IGNORECASE)


def _told_beside(clause: Clause, near: Told, told: Sequence[Told]) -> bool:
    """ "I asked him for a letter, and he wrote one": the clause beside tells the deed of the right person."""
    verb = meanings(clause.verb)
    if near.clause.verb and verb & meanings(near.clause.verb):
        return False
    beside = (one for one in told if one.evidence.id == near.evidence.id and one is not near)
    return bool(clause.verb) and any(
        one.clause.verb and verb & meanings(one.clause.verb) and not _disagree(clause, one) for one in beside
    )


def _names_fact(told: Told) -> bool:
    """Whether this clause of the quote is the one the fact was read out of."""
    words = [meanings(word.text) for word in find_words(told.evidence.text)]
    return bool(words) and sum(bool(word & told.senses) for word in words) * 2 > len(words)


_TWO = ("we", "both")
_COURTEOUS = frozenset("hope wish wonder think gather know remember understand believe be thank want like".split())


def _other_person(clause: Clause, told: Told) -> bool:
    said, noted = clause.subject, told.clause.subject
    if not said or not noted or said in _TWO or noted in _TWO or said == noted:
        return False
    if said == "i" and clause.verb in _COURTEOUS:
        return False
    known = f"{told.evidence.quote} {told.evidence.text} {told.evidence.occasion}"
    if said.startswith("else:"):
        free = said[5:] == "it" or re.search(r"\byou\b", clause.text) or _EQUATES.match(clause.text)
        return not noted.startswith("else:") and not free and not _names(said[5:], known)
    if noted.startswith("else:"):
        return noted[5:] != "it" and not _names(noted[5:], clause.text)
    return True


_EQUATES = re.compile(r".{3,40}\b(?:is|are|was|were) (?:your|my|our)\b", re.IGNORECASE)


def _names(noun: str, text: str) -> bool:
    senses = meanings(noun)
    return any(meanings(bare_word(word.text)) & senses for word in find_words(text))


# What says that a need was met or a post given up: the fact is kept as denied, the sentence is not.
_ENDED = re.compile(
    r"\b(?:found|find|got|hired|have|has|sorted|settled|solved|done|left|leave|quit|resign\w*|retire\w*|stop\w*|end\w*|finish\w*"
    r"|pays?|no longer|until)\b",
    re.IGNORECASE,
)
_WISHING = re.compile(
    r"\b(?:look\w* for|hunt\w*|search\w*|seek\w*|need\w*|want\w*|after|wish\w*|hop(?:e|ed|ing)|dream\w*|plan\w*|would"
    r"|think\w* (?:of|about)|thought (?:of|about)|try\w*|tri(?:ed|es)|mean\w* to|intend\w*|could do with|could use"
    r"|might"
    r"|going to|will|coming|moving|ask(?:ed)?|mention\w*|told|said|wrote|spoke|talked|struggl\w*|help\w*|can|could|want"
    r"|tender|godsend|in mind|idea|aim\w*|due|next|wonder\w*|remember|know)\b",
    re.IGNORECASE,
)


_WANTS = re.compile(
    r"\b(?:look\w* for|hunt\w*|search\w*|seek\w*|need\w*|want\w*|after|lack\w*|miss\w*)\b", re.IGNORECASE
)
_LEFT = re.compile(
    r"\b(?:left|leave|leaving|quit|resigned|retired|stopped|gave up|given up|finished|closed)\b", re.IGNORECASE
)


def _only_wished(clause: Clause, told: Told) -> bool:
    typed_need = told.evidence.kind is FactKind.NEED and not told.clause.verb
    if told.clause.mood is not Mood.WISH and not typed_need:
        return False
    return clause.subject == "you" and not _WISHING.search(clause.text)


# --- reading the evidence ---------------------------------------------------------------------------------------


def _tell(evidence: Evidence, material: Material) -> tuple[Told, ...]:
    if evidence.superseded:
        return ()
    speaker = note_speaker(evidence, material)
    whose = _role(evidence.about, material)
    return tuple(
        Told(_owned(clause, evidence, whose), _senses(clause.text), evidence)
        for text in dict.fromkeys(_texts(evidence))
        for clause in read_clauses(text, speaker)
    )


def _texts(evidence: Evidence) -> Iterable[str]:
    yield evidence.quote
    if evidence.kind is FavourKind.ASKED and (asked := re.search(r"\b(?:to|for) (?P<what>.+)$", evidence.quote)):
        yield asked["what"]


def _owned(clause: Clause, evidence: Evidence, whose: str) -> Clause:
    """A typed entry names nobody: what it tells is of the person it is about, or of who did the favour."""
    if evidence.source == "favour":
        by_name = re.match(r"\s*(?:i|you|she|he|they)\b", clause.text, re.IGNORECASE) and clause.verb
        asks = evidence.kind is FavourKind.ASKED and re.match(r"\s*asked\b", evidence.quote, re.IGNORECASE)
        doer = (
            "i" if evidence.kind is FavourKind.GAVE or (asks and clause.start == 0 and "ask" in clause.verb) else "you"
        )
        return clause if by_name else clause._replace(subject=doer)
    if evidence.source == "fact" and not clause.subject and evidence.quote.strip() == evidence.text.strip():
        return clause._replace(subject=whose)
    return clause


@lru_cache(maxsize=8192)
def _senses(text: str) -> frozenset[str]:
    parts = (
        part for word in find_words(strip_hidden(text)) for part in {word.text, *re.split(r"[-–/]", word.text)} if part
    )
    numbers = frozenset(f"#{atom.value}" for atom in find_atoms(text) if atom.kind == "number")
    return frozenset().union(*(meanings(bare_word(part)) for part in parts)) | numbers


def message_speaker(material: Material) -> Speaker:
    """How the persons of a message to `material.to` are read."""
    return Speaker(_names_of(material.me), _names_of(material.to), _others(material), "", "other")


def note_speaker(evidence: Evidence, material: Material) -> Speaker:
    """How the persons of a piece of evidence are read, seen from the message."""
    absent = _role(evidence.about, material)
    third = absent
    if evidence.source == "own":
        third = "both" if material.other else "you"  # of two people "she" may be either
    return Speaker(_names_of(material.me), _names_of(material.to), _others(material), absent, third)


def _role(about: str, material: Material) -> str:
    return "i" if about == material.me.id else "you" if about == material.to.id else "other"


def _others(material: Material) -> frozenset[str]:
    return _names_of(material.other) if material.other else frozenset()


def _names_of(contact: Contact) -> frozenset[str]:
    return frozenset(fold(word.text) for word in find_words(contact.name))
