"""Who does what in a sentence: clauses with their subject, their verb, whether they are denied, and how sure they are.

A shallow reading by word lists and order, for plain sentences and for the shorthand of notes ("Drove a desk up to
Pitlochry herself"). It must never judge: it says what a clause says, in the same terms for messages and for notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from assistant.check.lexicon import without_frames
from assistant.nicknames import may_be_called
from assistant.text import Span, find_words, fold
from assistant.verbs import base_of, is_often_noun


class Mood(StrEnum):
    """How a clause is meant: as so, as wished or intended, as somebody's word, as asked, as a condition."""

    FACT = "fact"
    WISH = "wish"
    HEARSAY = "hearsay"
    QUESTION = "question"
    CONDITION = "condition"


class Speaker(NamedTuple):
    """How to read the persons of a text. Names are folded words.

    `absent` is whose deeds are told where a note leaves the subject out: `you` in notes about the recipient, `other`
    in notes about a third person, `i` in the user's own. `third` is whom "she" and "he" mean.
    """

    me: frozenset[str]
    you: frozenset[str]
    other: frozenset[str]
    absent: str
    third: str


class Clause(NamedTuple):
    """One clause: `subject` is `i`, `you`, `other`, `we`, `both`, `else:<noun>` or empty where nobody is named."""

    start: int
    end: int
    text: str
    subject: str
    verb: str
    denied: bool
    mood: Mood


_JOINTS = re.compile(
    r"(?<=[.!?])\s+|\s*[;:—–]\s+|,\s+(?:and |but |so )?|\s+(?=(?:and|but|so|because|since|while|when|where|who|which"
    r"|though|although|if|whether|until|unless|than|that (?:i|we|you|she|he))\b)|\s+(?:- )\s*"
    r"|(?<=\w)\s+(?=(?:you|we) (?:were|was|are|have|had|could|would)\b)",
    re.IGNORECASE,
)
# After these another clause begins even without a mark: "I know you are looking for …".
_SAYING = re.compile(
    r"\b(?:know|knew|think|thought|hope|gather|remember|see|understand|believe|hear|heard|mention(?:ed)?|said|say|says"
    r"|told (?:me|us|you)|tell (?:me|us|you)|wonder|glad|sorry|sure|afraid|mean|guess|suppose|wrote|writing because"
    r"|because|noticed|forgotten|mind|read|see|heard|saying)(?: that)?\s+(?=(?:i|i['’]\w+|you|you['’]\w+|your|we|my"
    r"|our|she|he|they)\b)",
    re.IGNORECASE,
)
_SUBJECTS = frozenset("i you we she he they it who which that there someone somebody everybody nobody".split())
_CONTRACTED = re.compile(r"^(?P<who>i|you|we|she|he|they|it|who|that|there)['’](?:m|s|re|ve|d|ll)$", re.IGNORECASE)
_AUXILIARIES = frozenset(
    """am is are was were be been being has have had do does did can could will would shall should may might must
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't cannot couldn't won't wouldn't
    shouldn't""".split()
)
_POSSESSIVES = frozenset("her his their your my our its".split())
_DETERMINERS = frozenset("a an the this that these those some any no every each both all".split()) | _POSSESSIVES
_BETWEEN = frozenset(
    """also still just now already never always often once really then even only again both not so very kindly hardly
    quite all since recently currently probably""".split()
)
_WISH = re.compile(
    r"\b(?:dreams? of|dreaming of|hop(?:es?|ing|ed)(?: to| for)?|wish(?:es|ing|ed)?|would love|would like|['’]d love"
    r"|['’]d like|wants?|wanted|wanting|plans? to|planning|plann?ed to|intends?|intending|thinking (?:of|about)"
    r"|consider(?:s|ing|ed)?|aims? to|aiming|trying to|tries to|meaning to|looking (?:for|to)|needs?|needed|seeks?"
    r"|seeking"
    r"|is after|are after|was after|hunting|on the hunt|could do with|could use|would welcome|struggl(?:es|ing|ed) to"
    r"|(?-i:might|may)|if only|ought to|should|has yet to|have yet to|about to|going to|due to)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:apparently|rumou?r\w*|supposedly|allegedly|it seems|seems to|word is|i (?:hear|heard"
    r"|gather)(?! (?:from )?(?:her|him|them|your?)\b)"
    r"|(?!(?:i|you|we)\b)[a-z]+ (?:says?|said|reckons?|thinks?|told me|mentioned|claims?|swears?))\b",
    re.IGNORECASE,
)
# What the user does to somebody: a note leaves "I" out before these where the person stands as the object.
_DONE_TO_THEM = frozenset(
    """read hear see miss meet watch write email ring call ask tell thank visit listen enjoy love introduce send give
    lend
    teach help text phone message bump lose take drive pay owe promise show invite follow find catch""".split()
)
_TAKEN_IN = frozenset("read hear see watch miss listen".split())  # what a note tells of its writer, not of the person
_BETWEEN_TWO = frozenset(
    "buy get pick order write email ring call text phone speak talk meet chat walk go sit eat drink have".split()
)
_OBJECT = re.compile(r"(?<!of )(?<!with )\b(?:him|her(?!\s+(?:own\s+)?[a-z]{2,}))\b", re.IGNORECASE)
_THEIR_WORK = re.compile(
    r"\b(?:her|his|their) (?:[\w-]+ )?(?:talk|article|show|film|book|piece|paper|lecture|play|concert|exhibition"
    r"|podcast|post"
    r"|interview|recording|page|newsletter|report|programme|workshop|reading|gig|demo|panel)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:herself|himself|themselves|themself|her own|his own|their own)\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def read_clauses(text: str, speaker: Speaker) -> tuple[Clause, ...]:
    """The clauses of a text, in order; a part without a verb belongs to the clause before it."""
    bare = re.sub(
        r"\b(?:you and i|i and you)\b", lambda m: "we".ljust(len(m.group())), without_frames(text), flags=re.IGNORECASE
    )
    found: list[Clause] = []
    subject_before = ""
    for part in _join(bare, _cut(bare)):
        words = find_words(part.text)
        place = _main_verb(words)
        subject = _subject(words, place, speaker, part.text, subject_before)
        verb = _verb_of(words[place].text) if place is not None else ""
        whole = text[part.start : part.end]
        clause = Clause(part.start, part.end, whole, subject, verb, is_denied(part.text), _mood(whole, text, part))
        found.append(clause)
        subject_before = subject
    return tuple(found)


def _verb_of(word: str) -> str:
    base, _ = base_of(word)
    bare = re.sub(r"^(?:i|you|we|they|he|she|it|that|there)['’]", "", word, flags=re.IGNORECASE)
    return base or _TO_BE_OR_HAVE.get(fold(bare), fold(bare))


_TO_BE_OR_HAVE = dict.fromkeys(
    "am is are was were been be being m s re isn't aren't wasn't weren't".split(), "be"
) | dict.fromkeys("has had have ve hasn't haven't hadn't".split(), "have")


def _cut(text: str) -> list[Span]:
    cuts = sorted(
        {0, len(text), *(m.end() for m in _JOINTS.finditer(text)), *(m.end() for m in _SAYING.finditer(text))}
    )
    return [Span(a, b, text[a:b]) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip()]


_LEADS_IN = re.compile(
    r"\s*(?:in|on|at|over|after|before|since|during|from|by|with|for|last|next|this|that|earlier|when|while|if|as|like|and"
    r"|but|so|then|first|now|still|also|\d)\b",
    re.IGNORECASE,
)


def _join(text: str, parts: Sequence[Span]) -> list[Span]:
    """Parts with a verb stand alone; others go with the part before them, a lead-in ("In June,") with the one
    behind."""
    joined: list[Span] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before is None or re.search(r"[.!?]\s*$", before.text) or _RELATIVE.match(part.text):
            joined.append(part)
            continue
        has_verb = _main_verb(find_words(part.text)) is not None
        leads = _main_verb(find_words(before.text)) is None and _LEADS_IN.match(before.text)
        if has_verb and not leads:
            joined.append(part)
        else:
            joined[-1] = Span(before.start, part.end, text[before.start : part.end])
    return joined


_RELATIVE = re.compile(r"\s*(?:who|which|never|not|no)\b", re.IGNORECASE)


def _main_verb(words: Sequence[Span]) -> int | None:
    """The index of the first word that is a finite verb, or that a note leaves its "is" out before."""
    folded = [fold(word.text) for word in words]
    for place, word in enumerate(folded):
        if _is_named_doing(words, place):
            return place + 1
        if (word in _AUXILIARIES and words[place].text not in ("May", "Will")) or _CONTRACTED.match(words[place].text):
            after = next(
                (at for at in range(place + 1, len(folded)) if folded[at] not in _BETWEEN | _AUXILIARIES), None
            )
            if after is not None and _is_deed_after_auxiliary(folded[after], folded[after - 1]):
                return after
            return place
        if _is_finite(folded, place, words):
            return place
    return None


def _is_named_doing(words: Sequence[Span], place: int) -> bool:
    """ "Ken's doing up a bus": the 's is "is"."""
    after = words[place + 1].text if place + 1 < len(words) else ""
    return bool(re.fullmatch(r"[A-Z][\w-]*['’]s", words[place].text)) and base_of(after)[1] == "ing"


def _is_deed_after_auxiliary(word: str, before: str) -> bool:
    base, form = base_of(word)
    return bool(base) and (
        form in ("ing", "past") or (form == "base" and before not in ("is", "are", "was", "were", "am"))
    )


def _is_finite(folded: Sequence[str], place: int, words: Sequence[Span]) -> bool:
    base, form = base_of(folded[place])
    if not base or words[place].text[:1].isupper() and place > 0:
        return False
    before = next((folded[at] for at in range(place - 1, -1, -1) if folded[at] not in _BETWEEN), "")
    after = folded[place + 1] if place + 1 < len(folded) else ""
    if before in ("to", *_DETERMINERS) or before in _PREPOSITIONS:
        return False
    if form == "past":
        return (
            place == 0
            or before in _SUBJECTS
            or not (before and base_of(before)[0] and before.endswith("ed"))
            and (
                after in _OPENERS
                or not after
                or before in _SUBJECTS
                or words[place - 1].text[:1].isupper()
                or place <= 3
            )
        )
    if form == "s":
        named = place > 0 and (before in _SUBJECTS or words[place - 1].text[:1].isupper())
        return (
            place == 0
            and not (is_often_noun(base) and after in _PREPOSITIONS)
            or named
            or ((after in _OPENERS or not after) and not is_often_noun(base))
        )
    if form == "ing":
        return place == 0 and after != "" and after in _OPENERS
    if place == 0 and folded[place] in _PAST_AS_BASE and after in _OPENERS:
        return True
    return before in _SUBJECTS or (place > 0 and folded[place - 1].endswith("s") and after in _OPENERS)


_PAST_AS_BASE = frozenset("read put cut let set hit quit shut split spread cost".split())
_PREPOSITIONS = frozenset("of in on at for with from by about into over under near between through without as".split())
_OPENERS = (
    _DETERMINERS
    | _PREPOSITIONS
    | frozenset(
        "me you him her them us it to up out off down back away two three four five six ten that one who".split()
    )
)


def _subject(words: Sequence[Span], place: int | None, speaker: Speaker, text: str, before: str) -> str:
    """Whose clause it is; a clause that leaves its subject out takes the one before it, or `absent`."""
    if place is None:
        return ""
    contracted = _CONTRACTED.match(words[place].text)
    if contracted:
        return _named(fold(contracted["who"]), contracted["who"], speaker)
    front = [word for word in words[:place] if fold(word.text) not in _AUXILIARIES | _BETWEEN | _LINKS]
    for at in range(len(front) - 1, -1, -1):
        raw, is_last = front[at].text, at == len(front) - 1
        contracted = _CONTRACTED.match(raw)
        named = _named(fold(contracted["who"] if contracted else raw), raw, speaker)
        if named:
            return named if is_last or not re.search(r"['’]s$", raw) else f"else:{fold(front[-1].text)}"
        if fold(raw) in _POSSESSIVES:
            return "" if is_last else f"else:{fold(front[-1].text)}"
    passive = place == len(words) - 1 and base_of(words[place].text)[1] == "past" and len(front) == place
    if front and passive:
        return ""  # "Five of the seven found": who found them is not said
    if front:
        last = fold(front[-1].text)
        return "" if last in ("who", "which") else f"else:{last.removesuffix(chr(39) + 's')}"
    if words and fold(words[0].text) in ("and", "but", "so", "then") and before:
        return before
    return _left_out(words[place], text, speaker)


_LINKS = frozenset("and but so because when while if though then since as".split())


def _named(word: str, raw: str, speaker: Speaker) -> str:
    if word == "i":
        return "i"
    if word == "we":
        return "we"
    if word == "you":
        return "you"
    if word in ("she", "he", "they"):
        return "" if word == "they" and speaker.third == "other" else speaker.third
    bare = re.sub(r"'s$", "", word)
    if raw[:1].isupper():
        for names, who in ((speaker.you, "you"), (speaker.me, "i"), (speaker.other, "other")):
            if bare in names or any(may_be_called(name, bare) for name in names):
                return who
    if word in ("it", "there", "that", "which"):
        return "else:it"
    return ""


def _left_out(verb: Span, text: str, speaker: Speaker) -> str:
    """ "Wrote to him" is the user's deed, "Drove it up herself" the contact's."""
    base, _ = base_of(verb.text)
    if base in _BETWEEN_TWO and not _OBJECT.search(text):
        return ""  # "Wrote again": one of the two did
    if speaker.absent == "i" or _SELF.search(text):
        return speaker.absent
    if base in _TAKEN_IN and not re.search(r"\b(?:my|our|me|us)\b", text, re.IGNORECASE):
        return "i"
    done_to = _OBJECT.search(text) or _THEIR_WORK.search(text)
    return "i" if base in _DONE_TO_THEM and done_to else speaker.absent


_DENIED = re.compile(
    r"\b(?:not(?! only)|never|no longer|neither|nor|cannot|stopped|refus(?:es|ed)"
    r"|(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|ca)n['’]t)\b",
    re.IGNORECASE,
)


def is_denied(text: str) -> bool:
    """Whether the deed itself is denied; "for nothing", and what stands behind "who", are something else."""
    main = re.split(r"\b(?:who|which|that)\b", text, maxsplit=1)
    return bool(_DENIED.search(main[0] if len(main) < 2 or len(main[0].split()) > 1 else text))


def _mood(clause: str, text: str, part: Span) -> Mood:
    if clause.rstrip().endswith("?") or re.match(r"\s*(?:whether|if)\b", clause, re.IGNORECASE):
        return Mood.QUESTION if clause.rstrip().endswith("?") else Mood.CONDITION
    if _HEARSAY.search(clause):
        return Mood.HEARSAY
    return Mood.WISH if _WISH.search(clause) else Mood.FACT
