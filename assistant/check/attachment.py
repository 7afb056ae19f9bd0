"""What hangs on what in a clause: who did the verb, which thing it was done to, whose house stands in which town.

A clause may take each of its words from the notes and still join them as no note does. It must never judge a clause
whose words are not covered: that is told before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.claim import Claim, Fault, bare_word, is_proposal, meant_words, texts_of
from assistant.check.lexicon import FREE, meanings, without_frames
from assistant.check.support import JUDGED_AS_RELATIONS, Ground, find_uncovered
from assistant.domain import Evidence, FactKind, FavourKind, Material
from assistant.text import STOPWORDS, Span, find_words, fold, is_past, split_sentences, stem

_HEAD_VERB = re.compile(
    r"\b(?P<who>i|we|you)(?:['’](?:ve|d|m|re|ll))? (?:(?:have|had|has|also|once|still|just|already|never|really|then"
    r"|even"
    r"|had just|again|always|often|so|very|kindly|both) )*(?P<verb>[a-z]{3,})\b",
    re.IGNORECASE,
)
_AUXILIARIES = frozenset("are were was will would can could may might must shall should did does been being".split())
# Free words that say something all the same of whoever is their subject.
_SEEN = frozenset(stem(word) for word in "see read watch listen visit attend".split())
_TELLING_OF_SELF = frozenset("want need hope fear hate love prefer own".split())
# What may stand beside any verb: who somebody is, where they are, when and on what occasion it was.
_BESIDE = (FactKind.ROLE, FactKind.EMPLOYER, FactKind.PLACE, FactKind.EVENT)


def judge_attachment(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """The first thing in the clause that hangs on the wrong thing, if any."""
    if is_proposal(claim.text):
        return None
    return (
        _judge_possession(clause, usable, claim.material)
        or _judge_place(clause, usable)
        or _judge_owner(clause, usable, claim.material)
    )


def _verb_of(clause: str) -> tuple[str, str, re.Match[str]] | None:
    """Who does what: the pronoun, and the verb where it carries meaning."""
    match = _HEAD_VERB.search(without_frames(clause))
    if not match:
        return None
    verb = match["verb"].lower()
    if re.search(r"\b(?:have|had|has) \w+$", match.group(), re.IGNORECASE) and not is_past(verb):
        return None  # "we had coffee": what follows is a thing, not what was done
    if verb in _TELLING_OF_SELF:
        return match["who"].lower(), verb, match
    is_free = stem(verb) in FREE and not is_past(verb)
    if is_free or verb in _AUXILIARIES or verb in STOPWORDS or stem(verb) in JUDGED_AS_RELATIONS | _SEEN:
        return None
    return match["who"].lower(), verb, match


def _telling(verb: str, usable: Sequence[Ground]) -> list[Ground]:
    """The grounds in whose own words the verb stands, not only by what their kind implies."""
    senses = meanings(verb)
    return [
        ground
        for ground in usable
        if any(meanings(word.text) & senses for word in find_words(f"{ground.evidence.text} {ground.evidence.quote}"))
    ]


def _judge_subject(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """ "I rebuilt eleven harbours": the note must say that it was the user, and not the other."""
    found = _verb_of(clause.text)
    if found is None:
        return None
    who, verb, match = found
    others = [word for word in meant_words(claim, clause.text) if not meanings(word.text) & meanings(verb)]
    meant = [
        ground
        for ground in usable
        if ground.senses & meanings(verb) and (not others or len(find_uncovered(others, [ground])) < len(others))
    ]
    if not meant or any(_did(who, verb, ground.evidence, claim.material) for ground in meant):
        return None
    return Fault(
        "claims.wrong_person",
        clause.start + match.start(),
        clause.start + match.end(),
        "the note says this of somebody else",
        "say who did it as the note says it",
    )


_NOUN_SUBJECT = re.compile(
    r"\b(?:your|my|our) (?:own |new |old )?(?P<noun>[a-z][a-z-]{2,}) (?:also |now |still |has |have |is "
    r"|are )?(?P<verb>[a-z]{3,})\b",
    re.IGNORECASE,
)


def _judge_noun_subject(clause: Span, usable: Sequence[Ground]) -> Fault | None:
    """ "Your co-author lives in Kochi": what the co-author does must stand where the co-author does."""
    match = _NOUN_SUBJECT.match(clause.text.strip())
    if not match or match["verb"].lower() in STOPWORDS or match["noun"].lower() in STOPWORDS:
        return None
    telling = _telling(match["verb"], usable)
    senses = frozenset().union(*(meanings(part) for part in match["noun"].split("-")))
    implied = [one for one in usable if one.senses & meanings(match["verb"]) and one not in telling]
    if not telling and not implied:
        return None
    beside = [one for one in (*telling, *implied) if one.senses & senses]
    if beside:
        return None
    return Fault(
        "claims.wrong_person",
        clause.start,
        clause.start + match.end(),
        f"no note says this of the {match['noun']}",
        "say it of whom or what the note says it",
    )


def _did(who: str, verb: str, evidence: Evidence, material: Material) -> bool:
    """Whether the evidence lets `who` be the one who did `verb`; where it names nobody, its kind tells."""
    subjects = {one for text in (evidence.quote, evidence.text) for one in _subjects(text, verb, material)}
    if evidence.source == "own":
        return not subjects or who in subjects or who == "we"
    if not subjects:
        subjects = _implied_subjects(evidence, material)
    return who in subjects or "both" in subjects or (who == "we" and len(subjects) > 1)


def _implied_subjects(evidence: Evidence, material: Material) -> set[str]:
    if evidence.kind in (FavourKind.GAVE, FavourKind.ASKED) or evidence.about == material.me.id:
        return {"i", "we"}
    if evidence.field in ("heading", "how_met") or evidence.source == "note":
        return {"i", "you", "we"}
    return {"you"}


_SUBJECTS = {"i": "i", "we": "both", "she": "you", "he": "you", "they": "you", "who": "you", "you": "you"}


def _subjects(text: str, verb: str, material: Material) -> set[str]:
    """Who stands before the verb in the text: `i`, `you` (the contact), `both`, or `other` for anybody else."""
    found = set()
    senses = meanings(verb)
    for sentence in split_sentences(text):
        words = find_words(sentence.text)
        for place, word in enumerate(words):
            if meanings(word.text) & senses:
                before = _nearest_subject(words[:place], material)
                found |= {before} if before else set()
    return found


_KIN = frozenset(
    "mother father parents brother sister husband wife son daughter boss colleague colleagues team cousin friend "
    "partner uncle aunt neighbour company funder founder client clients students pupils school".split()
)


def _nearest_subject(words: Sequence[Span], material: Material) -> str:
    for place in range(len(words) - 1, max(-1, len(words) - 6), -1):
        word = fold(words[place].text)
        bare = re.sub(r"'(?:s|re|ve|d|m|ll)$", "", word)
        if bare in _KIN:
            return "other"
        if bare in _SUBJECTS:
            return _SUBJECTS[bare]
        if bare == fold(material.to.first_name):
            return "you"
        if bare == fold(material.me.first_name):
            return "i"
    return ""


def _judge_object(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """ "You explained the seagrass cases": what was explained must stand where the explaining does."""
    found = _verb_of(clause.text)
    if found is None:
        return None
    _, verb, match = found
    telling = _telling(verb, usable)
    if not telling:
        return None
    words = [word for word in meant_words(claim, clause.text) if not meanings(word.text) & meanings(verb)]
    if any(_POINTS_BACK.search(one.evidence.quote) for one in telling):
        return None  # "she wants to tour it": what "it" is stands in another sentence of the note
    beside = [ground for ground in usable if _may_stand_beside(ground, telling)]
    apart = find_uncovered(words, beside)
    if not apart:
        return None
    return Fault(
        "claims.unsupported",
        clause.start + match.start("verb"),
        clause.start + max(word.end for word in apart),
        f"no note says {verb!r} of {apart[0].text!r}",
        "join only what the note joins",
    )


_HAVING = re.compile(r"\b(?P<whose>your|my|our) (?:own )?(?P<thing>[a-z][a-z-]{3,})\b", re.IGNORECASE)


def _judge_possession(clause: Span, usable: Sequence[Ground], material: Material) -> Fault | None:
    """ "Your colleagues" where only the user's own notes tell of colleagues."""
    for match in _HAVING.finditer(without_frames(clause.text)):
        thing = match["thing"].lower()
        if match["whose"].lower() != "your" or stem(thing) in FREE or thing in STOPWORDS:
            continue
        naming = [one.evidence for one in _telling(thing, usable)]
        if naming and all(one.about == material.me.id and one.source != "own" for one in naming):
            return Fault(
                "claims.wrong_person",
                clause.start + match.start(),
                clause.start + match.end(),
                f"only your own notes tell of {thing}; they are not theirs",
                "say whose it is as the note says it",
            )
    return None


_POINTS_BACK = re.compile(r"\b(?:it|them|this|that one|those)\b", re.IGNORECASE)


def _may_stand_beside(ground: Ground, telling: Sequence[Ground]) -> bool:
    evidence = ground.evidence
    if ground in telling or evidence.source in ("own", "record") or evidence.kind in _BESIDE:
        return True
    return any(evidence.note_id and evidence.note_id == one.evidence.note_id and evidence.kind for one in telling)


_IN_PLACE = re.compile(r"\b(?P<noun>[a-z]{3,}) (?:in|at|near|from) (?:the )?(?P<place>[A-Z][\w'’-]+)")
_NO_NOUN = frozenset("met based live lives lived was were been and home back born work works worked one you".split())


def _judge_place(clause: Span, usable: Sequence[Ground]) -> Fault | None:
    """ "A house in Porto" where the note has the house in Faro."""
    texts = [text for ground in usable for text in texts_of(ground.evidence)]
    noted: dict[str, set[str]] = {}
    for text in texts:
        for match in _IN_PLACE.finditer(text):
            noted.setdefault(stem(match["noun"]), set()).add(fold(match["place"]))
    for match in _IN_PLACE.finditer(clause.text):
        noun, place = match["noun"], fold(bare_word(match["place"]))
        known = noted.get(stem(noun))
        if noun not in _NO_NOUN and known and place not in known and fold(match["place"]) not in _MONTHS:
            return Fault(
                "claims.place",
                clause.start + match.start(),
                clause.start + match.end(),
                f"the note has the {noun} somewhere else",
                "name the place that the note names with it",
            )
    return None


_MONTHS = frozenset("january february march april may june july august september october november december".split())
_OWNED = re.compile(r"\byour (?:own )?(?:[a-z-]+ )?(?P<thing>[a-z]{3,})\b", re.IGNORECASE)
_KIN_NOUN = (
    r"(?:parents?|(?:grand)?(?:mother|father|son|daughter)|brother|sister|husband|wife|boss|friend|cousin|uncle|aunt"
    r"|partner|colleague|neighbour)"
)
_KIN_OWNED = rf"\b(?:her|his|their|my|our|[A-Z]\w+['’]s) (?:\w+ )?{_KIN_NOUN}(?:['’]s?|s['’])"


def _judge_owner(clause: Span, usable: Sequence[Ground], material: Material) -> Fault | None:
    """ "Your own house" where the note has "her parents' house"."""
    if re.search(rf"\b{_KIN_NOUN}\b", clause.text):
        return None
    quotes = [ground.evidence.quote for ground in usable if ground.evidence.about == material.to.id]
    for match in _OWNED.finditer(clause.text):
        thing = re.escape(match["thing"])
        theirs = [quote for quote in quotes if re.search(rf"\b{thing}\b", quote)]
        if theirs and all(re.search(rf"{_KIN_OWNED} (?:\w+ )?{thing}\b", quote) for quote in theirs):
            return Fault(
                "claims.wrong_person",
                clause.start + match.start(),
                clause.start + match.end(),
                f"the note says whose {match['thing']} it is: not theirs",
                "say whose it is as the note says it",
            )
    return None
