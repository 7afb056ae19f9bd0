"""Whether a thing still stands: posts and homes left, needs met; and whose it is, and who was there together.

Judges the sentence against all that is known, not only against what bears it out: what is over is seldom cited. It
must never judge a sentence that tells of the past as past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.check.alignment import note_speaker
from assistant.check.atoms import find_names
from assistant.check.claim import Claim, Fault, bare_word, meant_words, people_of, texts_of
from assistant.check.lexicon import FREE, NEGATION, PLAIN_OPENERS, is_light
from assistant.check.meanings import meanings
from assistant.check.parse import read_clauses
from assistant.check.support import Ground, content_words
from assistant.domain import Evidence, FactKind
from assistant.text import find_words, fold, stem

_POSTS = (FactKind.EMPLOYER, FactKind.ROLE, FactKind.PLACE)
_NOW = re.compile(
    r"\bhow (?:is|are|['’]s) (?:life|things|work|everything|it)\b|\bthese days\b|\bnow\b|\bstill\b|\bas (?:an?|the) \w+"
    r"|\byou(?:['’]re| are| run| work| lead| head| manage| live| teach)\b|\byour (?:team|job|role|office|colleagues"
    r"|boss)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|used to|until|left|former(?:ly)?|then|no longer|previously|back when|in your time)\b",
    re.IGNORECASE,
)


def judge_standing(claim: Claim) -> list[Fault]:
    """What is told as if it still stood, told of the wrong owner, or told of two who were not there together."""
    return [
        *_judge_left(claim),
        *_judge_need(claim),
        *_judge_owner(claim),
        *_judge_together(claim),
        *_judge_known(claim),
    ]


def _judge_left(claim: Claim) -> list[Fault]:
    """ "How is life in Partick?" of somebody whom a later note has in Stornoway."""
    if not _NOW.search(claim.text) or _PAST.search(claim.text):
        return []
    posts = [
        one.evidence for one in claim.every if _is_post(one.evidence) and one.evidence.about == claim.material.to.id
    ]
    over = _names_in(one for one in posts if one.superseded or one.negated)
    standing = _names_in(one for one in posts if not (one.superseded or one.negated))
    mine = [one.evidence for one in claim.every if one.evidence.about == claim.material.me.id]
    me = _names_in(mine) if re.search(r"\b(?:i|my|we|our)\b", claim.text, re.IGNORECASE) else set()
    people = people_of(claim.material)
    for name in find_names(claim.text, PLAIN_OPENERS):
        words = {bare_word(word.text) for word in find_words(name.text)} - people
        if words and words <= over and not words & (standing | me):
            message = f"a later note says that {name.text} is over"
            return [
                Fault("claims.superseded", name.start, name.end, message, "tell it in the past, or use the later note")
            ]
    return []


def _is_post(one: Evidence) -> bool:
    return one.kind in _POSTS or one.field in ("org", "title", "location")


def _names_in(evidence: Iterable[Evidence]) -> set[str]:
    return {bare_word(word.text) for one in evidence for word in find_words(one.text) if word.text[:1].isupper()}


_SEEKS = re.compile(
    r"\byou(?:['’]re| are| still| now| also| both)*(?: still)? (?:looking for|hunting|searching|after|seeking"
    r"|in need|need|want|could use"
    r"|could do with)\b|\b(?:are|do) you still\b|\bstill (?:need|want|looking|hunting|after|searching)\b",
    re.IGNORECASE,
)


def _judge_need(claim: Claim) -> list[Fault]:
    """ "You are looking for an interpreter" where a later note has found one."""
    match = _SEEKS.search(claim.text)
    if match is None or _PAST.search(claim.text) or re.match(r"\s*if\b", claim.text, re.IGNORECASE):
        return []
    said = [meanings(word.text) for word in content_words(claim.text[match.end() :]) if not is_light(word.text)]
    theirs = [one.evidence for one in claim.every if one.evidence.about == claim.material.to.id]
    needs = [one for one in theirs if one.kind is FactKind.NEED]
    is_open = max(
        (_shared(said, one) for one in theirs if one not in needs or not (one.superseded or one.negated)), default=0
    )
    closed = max((_shared(said, one) for one in needs if one.superseded or one.negated), default=0)
    if not closed or closed <= is_open:
        return []
    message = "a later note says that they no longer need this"
    return [
        Fault("claims.superseded", match.start(), len(claim.text), message, "leave it out, or ask how it turned out")
    ]


def _shared(said: Sequence[frozenset[str]], evidence: Evidence) -> int:
    senses = frozenset().union(*(meanings(word.text) for word in find_words(evidence.text)))
    return sum(bool(one & senses) for one in said)


_OWNED = re.compile(
    r"\b(?P<whose>your|my|our) (?:own |new |old |first |whole )?(?P<what>(?:[a-z-]+ ){0,2}?[a-z-]{3,})\b", re.IGNORECASE
)
_NOTED = re.compile(
    r"\b(?P<whose>her|his|their|my|our|your|[A-Z]\w+['’]s) (?:own |new |old |first "
    r"|whole )?(?P<what>(?:[a-z-]+ ){0,3})",
    re.IGNORECASE,
)


def _judge_owner(claim: Claim) -> list[Fault]:
    """ "Your pricing page" where every note that names an owner has "our pricing page"."""
    known = claim.grounds if claim.cited else claim.every
    for match in _OWNED.finditer(claim.text):
        thing = match["what"].split()[-1].lower()
        if stem(thing) in FREE or is_light(thing):
            continue
        owners = {owner for ground in known for owner in _owners_of(thing, ground.evidence, claim)}
        side = "you" if match["whose"].lower() == "your" else "i"
        if owners and side not in owners and "else" not in owners:
            message = f"the notes say whose {thing} it is: not {'theirs' if side == 'you' else 'yours'}"
            return [Fault("claims.wrong_person", *match.span(), message, "say whose it is as the note says it")]
    return []


def _owners_of(thing: str, evidence: Evidence, claim: Claim) -> set[str]:
    """Whose the thing is in a note, as `you`, `i` or `else`; what a fact of somebody names without an owner is
    theirs."""
    me, found = claim.material.me.id, set()
    own = evidence.about == me and evidence.source != "own"
    senses = meanings(thing)
    for match in _NOTED.finditer(evidence.quote):
        named = [word for word in match["what"].split()[:3] if meanings(word) & senses]
        if named and not re.match(r"(?:my|our|her|his|their|your)\b", match["what"], re.IGNORECASE):
            whose = match["whose"].lower()
            mine = whose in ("my", "our")
            theirs = whose in ("her", "his", "their") or fold(match["whose"]).removesuffix("'s") in people_of(
                claim.material
            )
            found.add("i" if mine or own else "you" if theirs or whose == "your" else "else")
    if not found and any(meanings(word.text) & senses for word in find_words(f"{evidence.text} {evidence.occasion}")):
        found.add("i" if own else "you" if evidence.about == claim.material.to.id else "else")
        found |= {"i", "you"} if evidence.source in ("note", "own", "favour") or evidence.field else set()
    return found


_TOGETHER = re.compile(
    r"\b(?:we|you and i) (?:both |all )?(?:were|studied|worked|lived|grew up|went to|took|trained|met as|started"
    r"|played|sat|served)\b"
    r"[^.;]*?\b(?:together|(?:in|on|at) the same (?:year|class|course|team|time|school|company|office)"
    r"|as (?:students|children|kids|colleagues|neighbours)|the same (?:course|class|year|people))\b|\bwith me\b",
    re.IGNORECASE,
)
_THE_SAME = re.compile(
    r"\b(?:together|the same|with me|both of us|classmates?|colleagues?|in my (?:year|class))\b", re.IGNORECASE
)
_BOTH_THERE = re.compile(
    r"\b(?:together|the same|with me|both of us|shared|we|us|our|classmates?|colleagues?|neighbours?|flatmates?"
    r"|next to me)\b",
    re.IGNORECASE,
)


def _judge_together(claim: Claim) -> list[Fault]:
    """ "We were at the university together" where the notes only have both of them there at some time."""
    match = _TOGETHER.search(claim.text)
    if (
        match is None
        or "?" in claim.text
        or re.search(r"\b(?:would|could|will|shall|let)\b", claim.text, re.IGNORECASE)
    ):
        return []
    words = [meanings(word.text) for word in content_words(claim.text)]
    words += [meanings(word.text) for name in find_names(claim.text, PLAIN_OPENERS) for word in find_words(name.text)]
    theirs = [
        one.evidence
        for one in claim.every
        if one.evidence.about == claim.material.to.id or one.evidence.source == "own"
    ]
    told = [one for one in theirs if not NEGATION.search(one.quote)]
    there = _THE_SAME if "same" in match.group() else _BOTH_THERE
    telling = [one for one in told if one.field == "how_met" or any(there.search(text) for text in texts_of(one))]
    if any(_shared(words, one) or _shared(words, one.model_copy(update={"text": one.quote})) for one in telling):
        return []
    return [
        Fault(
            "claims.relation",
            *match.span(),
            "no note says that the two of you were there together",
            "say only what each did",
        )
    ]


_KNOWS = re.compile(
    r"\b(?:i|we) (?:also |happen to )?know (?:an?|two|three|some|several|a few|somebody|someone"
    r"|just the) (?P<what>[^,.;?]+)",
    re.IGNORECASE,
)


def _judge_known(claim: Claim) -> list[Fault]:
    """ "I know a funder" where none of the user's own offers or words has one."""
    match = _KNOWS.search(claim.text)
    if match is None:
        return []
    what = re.split(r"\b(?:who|that|for|in|and|would|could|whom)\b", match["what"])[0]
    words = [
        meanings(word.text) for word in find_words(what) if not is_light(word.text) and stem(word.text) not in FREE
    ]
    me = claim.material.me.id
    mine = [
        one.evidence
        for one in claim.every
        if one.evidence.source == "own" or (one.evidence.about == me and one.evidence.kind is FactKind.OFFER)
    ]
    if not words or any(_shared(words, one) for one in mine):
        return []
    message = "none of your offers says that you know somebody like that"
    return [
        Fault(
            "claims.promise",
            *match.span(),
            message,
            "offer only what you listed as an offer, or say it in your own words",
        )
    ]


_YOU_SAID = re.compile(
    r"\byou (?:\w+ )?(?:said|told me|mentioned|wrote|asked me|called|promised|agreed|offered)\b(?: me| us| that"
    r"| to)*\s+",
    re.IGNORECASE,
)


_YOU_ASKED = re.compile(r"\byou (?:\w+ )?(?:asked|begged|requested)\b", re.IGNORECASE)
_ASKING = frozenset("ask request beg want wonder need inquire".split())


def judge_said(claim: Claim) -> list[Fault]:
    """What they are said to have said must stand in a note about them: the user's own facts are not their words."""
    known = claim.grounds if claim.cited else claim.every
    asked = _YOU_ASKED.search(claim.text)
    if asked and not any(_tells_asking(one.evidence, claim) or _is_asked_for(asked, one, claim) for one in known):
        return [
            Fault(
                "claims.relation",
                *asked.span(),
                "no note says that they asked for this",
                "say what they said by the notes",
            )
        ]
    match = _YOU_SAID.search(claim.text)
    if match is None:
        return []
    said = claim.text[match.end() :]
    words = [
        word
        for word in meant_words(claim, said)
        if not is_light(word.text) and bare_word(word.text) not in people_of(claim.material)
    ]
    theirs = [one for one in known if one.evidence.source == "own" or one.evidence.about == claim.material.to.id]
    senses = frozenset().union(*(one.senses for one in theirs))
    foreign = [word for word in words if not meanings(bare_word(word.text)) & senses]
    if not foreign or not any(meanings(bare_word(foreign[0].text)) & one.senses for one in known):
        return []
    start = match.end() + foreign[0].start
    message = f"no note says that they said {foreign[0].text!r}"
    return [
        Fault("claims.relation", start, match.end() + foreign[0].end, message, "say only what they said by the notes")
    ]


def _is_asked_for(asked: re.Match[str], ground: Ground, claim: Claim) -> bool:
    """ "You asked for someone who …" of a need they told."""
    evidence, rest = ground.evidence, claim.text[asked.end() :]
    is_need = evidence.kind is FactKind.NEED and evidence.about == claim.material.to.id
    told_in_person = is_need and bool(evidence.note_id) and claim.material.known
    about = re.match(r"(?: (?:me|us))? (?:for (?:someone|somebody|anyone|anybody)|if|whether)\b", rest)
    return bool(told_in_person and about) and any(
        meanings(word.text) & ground.senses for word in content_words(rest) if not is_light(word.text)
    )


def _tells_asking(evidence: Evidence, claim: Claim) -> bool:
    if evidence.about != claim.material.to.id and evidence.source != "own":
        return False
    clauses = read_clauses(evidence.quote, note_speaker(evidence, claim.material))
    return any(one.subject == "you" and one.verb in _ASKING and "ask" in one.text.casefold() for one in clauses)
