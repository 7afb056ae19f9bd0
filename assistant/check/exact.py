"""Numbers, dates, links, quoted words and names of a sentence against the evidence: equal in value, or found.

It must never let a hard part pass because the rest of the sentence is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.atoms import Atom, date_fits, find_atoms, find_names
from assistant.check.claim import Claim, Fault, bare_word, is_proposal, meant_words, texts_of
from assistant.check.lexicon import MEETING, PLAIN_OPENERS
from assistant.check.meanings import meanings
from assistant.check.support import Ground, find_uncovered
from assistant.check.times import Time, find_times, spans_in, time_fits
from assistant.domain import Material
from assistant.text import find_words, fold


def judge_atoms(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    pool = _pool(claim, usable)
    known = [atom for ground in pool for text in texts_of(ground.evidence) for atom in find_atoms(text)]
    faults = []
    times = find_times(claim.text, claim.material.today)
    for atom in _with_times(find_atoms(claim.text), times, claim.text):
        if not _atom_said(atom, known, claim, pool, times):
            faults.append(_ATOM_FAULTS[atom.kind](atom))
    return faults


def _pool(claim: Claim, usable: Sequence[Ground]) -> Sequence[Ground]:
    """What a number or a time may rest on: what is cited; where nothing is, what shares most with the sentence."""
    if claim.cited:
        return usable
    words = meant_words(claim, claim.text)
    known = [ground for ground in claim.every if not ground.evidence.superseded]
    shares = [(len(words) - len(find_uncovered(words, [ground])), ground) for ground in known]
    least = max((share for share, _ in shares), default=0) / 2
    speaks_of_touch = MEETING.search(claim.text) or _IN_TOUCH.search(claim.text)
    return [
        ground
        for share, ground in shares
        if ground in usable
        or (share and share >= least)
        or (speaks_of_touch and least < 1 and ground.evidence.field in ("heading", "how_met"))
    ]


_IN_TOUCH = re.compile(
    r"\b(?:wrote|written|mailed|emailed|texted|rang|called|in touch|spoke|spoken|talked|told|heard from|asked|mentioned"
    r"|introduced|know each other|known|your (?:\w+ )?(?:mail|e-?mail|message|letter|card|call|note))\b",
    re.IGNORECASE,
)


def _with_times(atoms: Sequence[Atom], times: Sequence[Time], text: str) -> list[Atom]:
    """The hard parts, with the times that only `times` can read; a number within a time is part of it."""
    kept = [one for one in atoms if not any(t.start <= one.start and one.end <= t.end for t in times)]
    spans = [
        (t.start, t.end)
        for t in times
        if not any(one.kind in ("link", "email") and one.start <= t.start < one.end for one in atoms)
    ]
    return sorted([*kept, *(Atom("date", "", a, b, text[a:b]) for a, b in spans)], key=lambda one: one.start)


def _atom_said(atom: Atom, known: Sequence[Atom], claim: Claim, pool: Sequence[Ground], times: Sequence[Time]) -> bool:
    if atom.kind in ("link", "email"):
        return atom.value in _own_addresses(claim.material) or any(one.value == atom.value for one in known)
    if atom.kind == "quote":
        return any(atom.value in fold(" ".join(text.split())) for g in pool for text in texts_of(g.evidence))
    if atom.kind == "date":
        return _time_said(atom, known, claim, pool, times)
    if any(one.value == atom.value and one.kind == atom.kind for one in known):
        return not _has_other_unit(atom, claim.text, pool)
    if _DECADES.match(claim.text[atom.end :]) and any(one.value == f"{float(atom.value) * 10:g}" for one in known):
        return True
    if _is_span_of_years(atom, claim, pool) or _is_rounded(atom, known, claim.text):
        return True
    return is_proposal(claim.text) and bool(re.match(r"[ -]?(?:minute|min)", claim.text[atom.end :]))


_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"


def _time_said(atom: Atom, known: Sequence[Atom], claim: Claim, pool: Sequence[Ground], times: Sequence[Time]) -> bool:
    today = claim.material.today
    if is_proposal(claim.text) and not re.search(r"ago|last|past|yesterday|recent|(?:19|20)\d\d", atom.text):
        return True
    time = next((one for one in times if one.start == atom.start), None)
    if time is None:
        days = [ground.evidence.date for ground in pool if ground.evidence.date]
        named = re.search(rf"\b(?:{_WEEKDAYS})", fold(atom.text))
        if named and any(named.group() in fold(text) for ground in pool for text in texts_of(ground.evidence)):
            return True
        return any(one.value == atom.value for one in known) or any(date_fits(atom.value, day, today) for day in days)
    noted = [span for ground in pool for span in spans_in(texts_of(ground.evidence), ground.evidence.date, today)]
    return time_fits(time, noted)


_ABOUT = re.compile(
    r"\b(?:(?P<over>more than|over|above|well over|upwards of)|(?P<under>almost|nearly|close to|not quite|just under"
    r"|under|fewer than|less than)|about|around|some|roughly|or so)\s*$",
    re.IGNORECASE,
)
_ROUNDING = 0.25  # of the number said: 212 is "more than two hundred", not "more than a hundred"


def _is_rounded(atom: Atom, known: Sequence[Atom], text: str) -> bool:
    """ "More than two hundred" where the notes count 212, "nearly fifty" where they count 48."""
    match = _ABOUT.search(text[: atom.start])
    if match is None or atom.kind != "number" or not re.fullmatch(r"\d+(?:\.\d+)?", atom.value):
        return False
    said = float(atom.value)
    noted = [float(one.value) for one in known if re.fullmatch(r"\d+(?:\.\d+)?", one.value) and one.kind == "number"]
    low = said if match["over"] else said * (1 - _ROUNDING)
    high = said if match["under"] else said * (1 + _ROUNDING)
    return any(low <= one <= high and one != said for one in noted)


_YEARS = re.compile(r"[ -]?years?\b")
_DECADES = re.compile(r"[ -]?decades?\b")


def _is_span_of_years(atom: Atom, claim: Claim, pool: Sequence[Ground]) -> bool:
    """ "Four years apart", "for nearly ten years": what lies between two years that the notes name, or one and
    today."""
    if not _YEARS.match(claim.text[atom.end :]) or not re.fullmatch(r"\d+", atom.value):
        return False
    apart = re.search(r"\b(?:apart|ago|since|between|before|after)\b", claim.text)
    per_ground = [_years_of(ground, claim) for ground in pool]
    every = set().union(*(_years_of(ground, claim) for ground in claim.every), {claim.material.today.year})
    known = [every] if apart else per_ground
    loose = bool(re.search(r"\b(?:nearly|almost|about|around|over|some|more than)\s*$", claim.text[: atom.start]))
    return any(abs(abs(a - b) - int(atom.value)) <= loose for years in known for a in years for b in years)


def _years_of(ground: Ground, claim: Claim) -> set[int]:
    """The years a piece of evidence names, its own among them."""
    texts = texts_of(ground.evidence)
    years = {int(year) for text in texts for year in re.findall(r"\b(?:19|20)\d\d\b", text)}
    return years | ({ground.evidence.date.year} if ground.evidence.date and claim.cited else set())


_TIME_UNIT = re.compile(r"[ -]?(?P<unit>minute|hour|day|week|month|year|decade)s?\b", re.IGNORECASE)


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
    if bare in allowed or (len(bare) > 3 and bare.removesuffix("s") in allowed) or (bare + "s") in allowed:
        return True
    alike = {one for one in meanings(bare) if one.startswith("=")}  # "Scotland" where the note has "Scottish"
    return bool(alike) and any(alike & meanings(one) for one in allowed)


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
