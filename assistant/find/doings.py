"""What a sentence tells in passing: work that is no title, what somebody did for years, what they aim at.

"Restores treadle machines", "nine years keeping the books", "means to sell straight to roasters". It is read for
matching only and never becomes a fact. It must never take up what is denied, given up or only imagined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from assistant.domain import Contact

_NOT = re.compile(
    r"\b(?:never|not|no longer|nobody|none|\w+n['’]t|without|if|unless|would have|almost|nearly|gave up|given up"
    r"|stopped|sold (?:the|his|her|their|off|up)|only now|any ?more|instead of|hates?|refuses?|pretends?)\b",
    re.IGNORECASE,
)
_SUBJECT = (
    r"(?:(?:on|in|at|from|by|every|most|before|after|since) [^,;]{2,40}?,? )?(?:(?:she|he|they)(?:['’](?:s|ve|d))? )?"
    r"(?:also |now |still |mostly |always |once |has |had |have )*"
)
# Verbs that tell how somebody is, says, goes or feels, and nothing that they could do for another.
_IDLE = (
    r"(?:is|was|has|does|says|thinks|looks|seems|wants|needs|likes|loves|hates|lives|goes|comes|gets|feels|sounds"
    r"|means|calls|swears|sends|asks|laughs|talks|smells|walks|eats|drinks|sleeps|hopes|wishes|plans|dreams|knows"
    r"|believes|reckons|owes|prefers|keeps|costs|this|his|its|yes|always|sometimes|besides|thanks|was|as|us|begs|lacks"
    r"|gives|offers|starts|turns out|misses|worries|complains|answers|writes back|rings|phones|works|moves|pays|lost"
    r"|loses|wins|cries|hears|sees|reads my)"
)
_DOES = re.compile(
    rf"^{_SUBJECT}(?P<what>(?!{_IDLE}\b)[a-z]{{3,}}s (?!are\b|is\b|were\b|have\b|who\b|.*\b(?:me|I)\b)\S.*)",
    re.IGNORECASE,
)
_DID = re.compile(
    rf"^{_SUBJECT}(?P<what>(?:used to (?:run|teach|work|be|build|make|sell|buy|manage|write|keep|play|drive|fly|cook"
    r"|farm|train|grow|edit|lead|own|do|design|repair|organi[sz]e)|ran|taught|trained|managed|built|designed"
    r"|organi[sz]ed|led|edited|coached|worked|served|apprenticed|directed|founded|toured|translated|published|(?:was"
    r"|been) (?:an?|the|head|director|chief|captain)\b|did (?:two|three|four|five|six|seven|eight|nine|ten"
    r"|\d+) (?:seasons|years|summers|winters))\b.*)",
    re.IGNORECASE,
)
_CAN = re.compile(rf"^{_SUBJECT}(?P<what>can \w+ \S.*)", re.IGNORECASE)
_YEARS = re.compile(
    r"\b(?P<what>(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty"
    r"|thirty|forty|\d+|many|some)(?: or \w+)? (?:years|seasons|decades|summers|winters) (?:of|in|as|at|with|on|for"
    r"|\w+ing)\b[^.;]*)|(?:an? )?(?:former|ex|retired|trained)[ -][^.;]*"
    r"|(?:an? )?[\w -]{4,40} for (?:\w+ ){1,3}years\b[^.;]*|born and bred in [^.;]*)",
    re.IGNORECASE,
)
_AIMS = re.compile(
    r"(?:^|.*[,;] |.*\b(?:and|but|so) |.*\b(?:she|he|they)(?:['’]s|['’]d|['’]re)? |.*\b(?:harvest|year|spring|summer"
    r"|autumn|winter) (?:she|he|they) )(?:really |still |now |also |is |are )*(?:wants|hopes?|wishes|means|plans?"
    r"|intends|aims|longs|hoping|planning|itching|keen|eager|longing|dying|love|like|meaning|determined|trying"
    r"|dreams of|dreaming of)(?: nothing more than)? (?P<what>(?:to )?(?!(?:to )?(?:see|hear|go|leave|stay|come|be"
    r"|have|find|get|know|do|try|keep|move|retire)\b)[a-z]+ \S.*)",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"to [a-z]+ \S", re.IGNORECASE)
_END = re.compile(
    r"(?:[;:(—–]|, (?:and|but|so|which|who|she|he|they|it)\b|,? (?:but|because|since|though|although|so that)\b).*$"
)
_SOMEBODY = re.compile(r"\b(?:to|with|by|at|from|of|for|and|says?|says that|met|knows?) (?-i:[A-Z])\w+")
_PARTS = re.compile(
    r"[;:] |, (?=(?:and |but )?(?:she|he|they)\b)|\b(?:and|but) (?=(?:can|she|he|they|would|is|does)\b)", re.IGNORECASE
)
_MOST_WORDS = 18


class Doing(NamedTuple):
    """What is told: work somebody does or did, or an aim, for which they may need others."""

    kind: Literal["skill", "aim"]
    text: str


def read_doings(sentence: str, person: Contact) -> Iterator[Doing]:
    """What the sentence tells of `person`, whose note it stands in."""
    text = sentence.strip().rstrip(".! ")
    if text.endswith("?") or re.match(r"(?:i|we|my|our|her|his|their)\b", text, re.IGNORECASE):
        return
    for place, part in enumerate(_PARTS.split(text)):
        if place and _SOMEBODY.search(text[: text.find(part)]):
            return  # "introduced me to Ingrid, she books for Bergen"
        yield from _read_part(_without_name(part.strip(), person))


def _without_name(part: str, person: Contact) -> str:
    """The part with "she" for the name it begins with: one pattern serves for everybody."""
    for name in (person.name, person.first_name):
        if name and part.startswith(f"{name} "):
            return f"she{part[len(name) :]}"
    return part


def _read_part(part: str) -> Iterator[Doing]:
    if _NOT.search(part) or re.search(r"\b(?:me|us|I)\b", part):
        return
    if (found := _AIMS.match(part)) and _TO_DO.match(found["what"]) and not re.search(r"\b(?:was|were) hoping", part):
        yield Doing("aim", _cut(found["what"]))
        return
    for pattern in (_DID, _DOES, _CAN):
        if found := pattern.match(part):
            yield Doing("skill", _cut(found["what"]))
            return
    if found := _YEARS.search(part):
        yield Doing("skill", _cut(found["what"]))


def _cut(text: str) -> str:
    return " ".join(_END.sub("", text).split()[:_MOST_WORDS]).strip(" ,.")
