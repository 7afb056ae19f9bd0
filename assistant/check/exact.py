"""Numbers, dates, links, quoted words and names of a sentence against the evidence: equal in value, or found.

It must never let a hard part pass because the rest of the sentence is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.atoms import Atom, date_fits, find_atoms, find_names
from assistant.check.claim import Claim, Fault, bare_word, is_proposal, texts_of
from assistant.check.lexicon import PLAIN_OPENERS
from assistant.check.support import Ground
from assistant.domain import Material
from assistant.text import find_words, fold


def judge_atoms(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    known = [atom for ground in usable for text in texts_of(ground.evidence) for atom in find_atoms(text)]
    faults = []
    for atom in find_atoms(claim.text):
        if not _atom_said(atom, known, claim, usable):
            faults.append(_ATOM_FAULTS[atom.kind](atom))
    return faults


def _atom_said(atom: Atom, known: Sequence[Atom], claim: Claim, usable: Sequence[Ground]) -> bool:
    if atom.kind in ("link", "email"):
        return atom.value in _own_addresses(claim.material) or any(one.value == atom.value for one in known)
    if atom.kind == "quote":
        return any(atom.value in fold(" ".join(text.split())) for g in usable for text in texts_of(g.evidence))
    if any(one.value == atom.value and one.kind == atom.kind for one in known):
        return atom.kind != "number" or not _has_other_unit(atom, claim.text, usable)
    if atom.kind == "date":
        if (
            is_proposal(claim.text)
            and atom.value.startswith("~")
            and not re.search(r"ago|last|past|yesterday|recent", atom.value)
        ):
            return True
        days = [ground.evidence.date for ground in usable if ground.evidence.date]
        return any(date_fits(atom.value, day, claim.material.today) for day in days) or _date_in(atom, known)
    return is_proposal(claim.text) and bool(re.match(r"[ -]?(?:minute|min)", claim.text[atom.end :]))


_TIME_UNIT = re.compile(r"[ -]?(?P<unit>minute|hour|day|week|month|year)s?\b", re.IGNORECASE)


def _has_other_unit(atom: Atom, text: str, usable: Sequence[Ground]) -> bool:
    """ "Two hours" where every "two" of the evidence that counts time counts minutes."""
    said = _TIME_UNIT.match(text, atom.end)
    if not said:
        return False
    noted = []
    for source in (part for ground in usable for part in texts_of(ground.evidence)):
        units = [_TIME_UNIT.match(source, one.end) for one in find_atoms(source) if one.value == atom.value]
        noted += [unit["unit"].lower() if unit else "" for unit in units]
    return bool(noted) and said["unit"].lower() not in noted and any(noted)


def _date_in(atom: Atom, known: Sequence[Atom]) -> bool:
    """ "March" for "12 March 2026", "2016" for "2016-2018": a coarser date said of a finer one."""
    if atom.value.startswith("~"):
        return False
    return any(
        one.kind == "date"
        and (one.value.startswith(atom.value) or one.value[4:].startswith(atom.value.removeprefix("-")))
        for one in known
    )


def _own_addresses(material: Material) -> frozenset[str]:
    return frozenset(fold(one) for one in (*material.me.emails, *material.me.links))


_ATOM_FAULTS = {
    "number": lambda a: Fault(
        "claims.number",
        a.start,
        a.end,
        f"the evidence does not give the number {a.text!r}",
        "take the number out, or cite a note that has it",
    ),
    "date": lambda a: Fault(
        "claims.date",
        a.start,
        a.end,
        f"the evidence does not give the time {a.text!r}",
        "take the time out, or cite a note of that date",
    ),
    "link": lambda a: Fault(
        "claims.link",
        a.start,
        a.end,
        "this link stands in none of the evidence",
        "take the link out, or put it in your own words for this message",
    ),
    "email": lambda a: Fault(
        "claims.link",
        a.start,
        a.end,
        "this address stands in none of the evidence",
        "take the address out, or put it in your own words for this message",
    ),
    "quote": lambda a: Fault(
        "claims.quote",
        a.start,
        a.end,
        "nobody said these words in the evidence",
        "quote a note exactly, or say it without quotation marks",
    ),
}


def judge_names(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    allowed = _name_words(claim.material, usable)
    faults = []
    for name in find_names(claim.text, PLAIN_OPENERS):
        if any(
            atom.start <= name.start < atom.end
            for atom in find_atoms(claim.text)
            if atom.kind in ("link", "email", "date", "number")
        ):
            continue
        words = [part for word in find_words(name.text) for part in re.split(r"[-–]", word.text)]
        foreign = [word for word in words if word and not _name_known(word, allowed)]
        if foreign or len(words) > 1 and not _stands_together(name, claim.material, usable):
            faults.append(_name_fault(name, claim))
    return faults


def _name_words(material: Material, usable: Sequence[Ground]) -> frozenset[str]:
    texts = [material.me.name, material.to.name, material.other.name if material.other else ""]
    texts += [text for ground in usable for text in texts_of(ground.evidence)]
    return frozenset(
        bare_word(part) for text in texts for word in find_words(text) for part in re.split(r"[-–]", word.text)
    )


def _name_known(word: str, allowed: frozenset[str]) -> bool:
    bare = bare_word(word)
    return bare in allowed or (len(bare) > 3 and bare.removesuffix("s") in allowed) or (bare + "s") in allowed


def _stands_together(name: Atom, material: Material, usable: Sequence[Ground]) -> bool:
    """Whether the words of the name stand in one text: with Ana Ferreira and Dana Marlow, "Ana Marlow" is nobody."""
    words = {bare_word(word.text) for word in find_words(name.text)}
    texts = [material.me.name, material.to.name, material.other.name if material.other else ""]
    texts += [text for ground in usable for text in (*texts_of(ground.evidence), " ".join(texts_of(ground.evidence)))]
    return any(words <= {bare_word(word.text) for word in find_words(text)} for text in texts)


def _name_fault(name: Atom, claim: Claim) -> Fault:
    known = any(fold(name.text) in fold(one) for one in claim.material.names)
    message = (
        f"{name.text} is in your book, but not in the evidence of this sentence"
        if known
        else f"the evidence does not name {name.text}"
    )
    return Fault("claims.name", name.start, name.end, message, "take the name out, or cite the note that has it")
