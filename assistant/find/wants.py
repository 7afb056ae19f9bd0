"""Whether an offer meets a need: "a Portuguese-speaking notary" and "know a notary in Lisbon", but not "in Lisbon".

What is wanted is the core of a need, the words before its purpose ("an accountant *for small charities*"), and its
head, the last word of that core. It must never take a shared purpose, place or language for the thing itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.text import content_stems, find_words, fold, strip_hidden

_ENOUGH = 0.3  # share of the core an offer must hold when it holds the head
_ENOUGH_GENERIC = 0.6  # the same, where the head alone says little
# Before what is wanted: "someone who knows …", "help with …", "can lend …", "ten years of …".
_WRAPPER = re.compile(
    r"^(?:(?:looking|hunting|searching) for |(?:needs?|wants?|seeks?|offers?|has|have|got|know|knows|with) |(?:can"
    r"|could|would|happy to|glad to|willing to|able to) |(?:be )?(?:to )?(?:lend|share|give|offer|provide|host|put up"
    r"|find|get|borrow|use|hire|meet|talk to|learn from) |(?:some(?:one|body)|any(?:one|body)|a person|people"
    r"|a contact|contacts|an? \w+ person|an? introductions?) (?:(?:who|that) )?(?:can |could |knows? |has |have |to "
    r"|at |in |with |from )*|(?:help|advice|support|tips|ideas|feedback|a hand|input|guidance|a second opinion"
    r"|a review|review|reviews|practice|experience|training|coaching|lessons|tutoring|a crash course|a course"
    r"|an? (?:short |quick )?(?:introduction|intro)|introductions|intros) (?:with|on|about|for|from|of|to|at|in) "
    r"|(?:introduce|connect) (?:\w+ )?(?:to|with) |put (?:\w+ )?in touch with |how to |ways? to |(?:advise|help|teach"
    r"|coach|guide|train)(?: [a-z]+){0,2}? (?:with|on|about|in) |(?:\w+ )?(?:years?|months?|pairs?|lots?|bits?|sets?"
    r"|copies|pieces?|hours?|days?) of |(?:a|an|the|some|any|his|her|their|our|my|your|new|good|spare|free|two|three"
    r"|four|one) )",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"[,;:(–—]|\b(?:for|in|at|near|from|who|that|which|so|because|before|after|by|since|with|to|on|about|of|and|or"
    r"|under|behind|above|standing|sitting|lying|going begging|gathering dust)\b|\b(?:free|empty|idle|bare|unused"
    r"|available)(?=$| (?:in|on|from|at|all|most|every|until|after|during|for)\b)",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    content_stems(
        "help support data information work people person someone thing things team ideas place room "
        "rooms time space contact contacts knowledge experience tool tools system group expert specialist partner "
        "material materials question questions story stories use access authorities office data set review"
    )
) | {"advis"}
_LANGUAGES = frozenset(
    "arabic basque bengali bulgarian cantonese catalan chinese croatian czech danish dutch english estonian finnish "
    "french german greek hebrew hindi hungarian icelandic irish italian japanese korean latvian lithuanian mandarin "
    "norwegian persian polish portuguese romanian russian serbian slovak slovenian spanish swahili swedish tamil thai "
    "turkish ukrainian urdu vietnamese welsh".split()
)
# Ways to say what is needed or offered that no root joins, each with the plain word for it.
_PLAIN = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (r"\b(?:some(?:where|place)|(?:an? |the )?(?:\w+ )?(?:place|space|room|hall"
         r"|studio)s?)((?: \w+){0,3}?) to (?:rehearse|practi[sc]e"
         r"|try (?:out|things)|run through|play)\b", r"rehearsal room\1 for"),
        (r"\b(?:box|spare|guest) ?(?:bed)?room\b|\b(?:a |the )?(?:small |little )?(?:room"
         r"|flat)((?: \w+){0,4}) for (?:visit\w+|guests)(?: \w+)?",
         r"lodging\1"),
        (r"\b(?:some(?:where|place)|an? place|a roof|a room) to (?:stay|sleep)\b|\b(?:a )?bed(?= (?:in|for|near"
         r"|from|on|at)\b|$)"
         r"|\b(?:a )?(?:sofa|couch|sofa ?bed)\b|\baccommodation\b|\bplace to stay\b", "lodging"),
        (r"\b(?:some(?:where|place)|an? (?:\w+ )?(?:place|space)) to (?:store|keep|put|leave)\b", "storage for"),
        (r"\b(?:an? )?(?:friendly|second|fresh|another|extra|critical|sharp|careful|good"
         r"|kind)(?: pair of)? (?:eye|eyes|opinion|look|read(?:er)?)"
         r" (?:on|at|over|for)\b|\b(?:someone|somebody) to (?:look over|go over"
         r"|read through|go through|proofread|check|read)\b", "review of"),
        (r"\b(?:look(?:ing)? over|go(?:ing)? (?:over|through)|read(?:ing)? through|comment(?:ing)? on)"
         r"(?= (?:an?|the|your|draft)\b)", "review"),
        (r"\b(?:board|club|meeting|class|back|function|sitting|music|practice) ?room\b|\bmeeting space\b", "room"),
        (r"\b(?:transport(?:ation)?|removal van|lorry|truck|minibus|trailer|pick-?up)\b"
         r"|\b(?:someone|somebody) with a van\b", "van"),
        (r"\b(?:dry|empty|unused|spare) (?:\w+ )?"
         r"(?:bay|lock-?up|barn|shed|garage|warehouse|container|cellar|basement|loft)\b", "storage"),
        (r"\b(?:internship|traineeship|apprenticeship|work placement|work experience|work shadowing)\b", "placement"),
        (r"\b(?:a )?place (?:for|as) an? (?:apprentice|intern|trainee)\b", "placement"),
    )
)  # fmt: skip
_SAME = dict(
    pair.split(":")
    for pair in """attorney:law barrist:law websit:web webpag:web intern:placement traine:placement proofread:review
    copyedit:review garag:storag store:storag practic:practis advic:advis advisor:advis advisori:advis lawyer:law
    legal:law solicitor:law photo:photograph bookkeep:account hall:room venu:room clubroom:room""".split()
)
_AGENT = re.compile(r"(?:er|or|ist|ant|ing|ment|ation|ator|ion)$")


class Want(NamedTuple):
    """The roots of a phrase's core, its head, its whole, and the languages it names."""

    core: frozenset[str]
    head: str
    whole: frozenset[str]
    languages: frozenset[str]


@lru_cache(maxsize=65536)
def read_want(phrase: str) -> Want:
    """What a need or an offer is about. An empty core says that the phrase names nothing."""
    text = _plainly(" ".join(re.sub(r"#[\w-]+", " ", phrase).split()))
    languages = frozenset(word for part in find_words(text) for word in re.split(r"[-']", fold(part.text))) & _LANGUAGES
    bare = _unwrapped(text)
    cut = _PURPOSE.search(bare)
    core_text = bare[: cut.start()] if cut and content_stems(bare[: cut.start()]) else bare
    core = _roots(core_text)
    if not core:
        core = _roots(bare)
    # In "interviewing drivers" the deed is the thing wanted, in "a tuba teacher" the last word is.
    head = (core[0] if re.match(r"\w{3,}ing \w", core_text) else core[-1]) if core else ""
    if head in _GENERIC and len(core) == 1:
        core = _roots(bare)[:4]
    return Want(frozenset(core), head, frozenset(_roots(text)), languages)


def _plainly(text: str) -> str:
    text = strip_hidden(text)
    for pattern, said in _PLAIN:
        text = pattern.sub(said, text)
    return text


# What stands where it stands: of no use to somebody who needs it in another town.
_FIXED = frozenset(
    content_stems("room rooms lodging desk storage studio hall rehearsal space office garage workshop venue")
)
_WHERE = re.compile(r"\b(?:in|near|around|at) (?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)")
_NO_PLACE = frozenset("january february march april may june july august september october november december".split())


def is_elsewhere(need: str, offer: str, near: str) -> bool:
    """Whether a room or the like is wanted in one place and stands in another; `near` is where the offerer is."""
    if not _FIXED & (read_want(need).whole | read_want(offer).whole):
        return False
    wanted = [match["place"] for match in _WHERE.finditer(need) if fold(match["place"].split()[0]) not in _NO_PLACE]
    return bool(wanted) and not any(fold(place) in fold(f"{offer} {near}") for place in wanted)


def _unwrapped(text: str) -> str:
    while match := _WRAPPER.match(text):
        if not content_stems(text[match.end() :]):
            return text
        text = text[match.end() :]
    return text


@lru_cache(maxsize=65536)
def _root(stem: str) -> str:
    """Those who do a thing and the doing of it have one root: teacher, teach; translator, translate."""
    stem = _SAME.get(stem, stem)
    shorter = _AGENT.sub("", stem)
    return shorter if len(shorter) >= 4 else stem


def _roots(text: str) -> list[str]:
    """Roots in order; the parts of a hyphenated word count one by one."""
    return [_root(stem) for stem in content_stems(re.sub(r"(?<=\w)-(?=\w)", " ", text))]


def _shares_a_room(wanted: Want, given: Want) -> bool:
    """A room is a room; that it is the right one shows in one thing more: the evening, the day, what one does in it."""
    common = wanted.whole & given.whole - frozenset(_roots("quiet small large big new free good"))
    return wanted.head == given.head == "room" and "room" in wanted.core and len(common) >= 2


def offer_meets(need: str, offer: str) -> float:
    """How much of what is needed the offer gives, 0 to 1; 0 where it does not meet the need."""
    wanted, given = read_want(need), read_want(offer)
    if not wanted.core or not given.whole:
        return 0.0
    if wanted.languages and given.languages and not wanted.languages & given.languages:
        return 0.0
    held = wanted.core & given.whole
    if _shares_a_room(wanted, given):
        return 0.5 + 0.5 * len(wanted.whole & given.whole) / len(wanted.whole)
    share = len(held) / len(wanted.core)
    enough = _ENOUGH_GENERIC if wanted.head in _GENERIC else _ENOUGH
    if share < enough or not (wanted.head in held or len(held) >= 2):
        return 0.0
    # What is offered must be what is wanted: tide-gauge data is no tide gauge.
    if given.head not in wanted.whole:
        return 0.0
    return 0.5 + 0.5 * len(wanted.whole & given.whole) / len(wanted.whole)
