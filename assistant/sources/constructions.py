"""Needs and offers told by how a sentence is built, where the person is not its subject or it tells no plain fact.

"What she is after is …", "… would be a godsend", "who could teach …?", "if only there were …", "the hall is free in the
evenings". It must never read what is denied, what is over, or a question or wish of the user's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain import FactKind
from assistant.sources.prose_rules import OF_LIFE

_THEY = r"(?:she|he|they)"
_LACKS = (
    r"(?:['’]s |['’]re |['’]d |is |are |would )?(?:really |still |most |badly |now |actually |just )*(?:needs?|wants?"
    r"|lacks?|misses|after|looking for|hunting for|searching for|missing|short of|could do with|could use|love|like"
    r"|without)(?: most| now| badly| is| of all| still)*"
)
_THING = (
    r"(?:an?|some|some(?:one|body|where)|any(?:one|body)|another|one|two|three|four|five|six|ten|twenty|help|advice"
    r"|more|decent|good|proper)\b"
)
# "What she's really after is somebody who can …"; "a place to keep it is what he lacks".
_CLEFTS = (
    rf"(?:what|all|the (?:one |only )?thing) {_THEY} ?{_LACKS} (?:is|are|would be|['’]s) (?P<what>\S.+)",
    rf"(?P<what>(?!if\b|not\b).{{3,80}}?) (?:is|are) (?:just |exactly )?(?:what|all|the (?:one |only )?thing) "
    rf"{_THEY} ?{_LACKS}(?=$|[,.;])",
)
_GODSEND = (
    rf"(?:(?:even|just|only) )?(?P<what>(?:(?:{_THING}|[\w-]+ing\b).{{2,90}}?|(?:[a-z-]+ ){{0,2}}[a-z-]+s)) (?:would"
    r"|['’]d) (?:really )?(?:be (?:an? )?(?:very |most |huge |great |real |such an? )?(?:godsend|welcome|blessing"
    r"|help|gold(?: dust)?|perfect|ideal|lovely|wonderful|relief|gift|lifesaver|dream)|(?:help|suit)(?: (?:her|him"
    r"|them))?(?: (?:a lot|enormously|no end|nicely|very well|already))?(?=$|[,.;])|make (?:her|his|their) (?:day"
    r"|week|month|year)|save (?:her|his|their) (?:life|year|month|week))"
)
# "Who could forget?" asks for nobody.
_DEED = (
    r"(?:could|can|would|will|might) (?:possibly )?"
    r"(?!(?:forget|resist|blame|say|tell|have|believe|argue|refuse|guess)\b)"
)
_QUESTIONS = (
    r"(?:do|does|did|would|wouldn['’]t|might) (?:any(?:one|body)|some(?:one|body)|you|i"
    rf"|we) (?:happen to )?know (?:of )?(?P<what>{_THING}.+)",
    r"(?:is|isn['’]t) there (?P<what>(?:any(?:one|body)|some(?:one|body)|somewhere|anywhere|an?)\b.+)",
    r"(?:know(?:s|n)? )(?P<what>(?:any(?:one|body)|some(?:one|body)|an?)\b.+)",
    r"(?P<what>(?:any(?:one|body)|some(?:one|body)) (?:who|with|that|willing)\b.+)",
)
_WHO_COULD = rf"(?:and )?who (?:else )?{_DEED}(?P<what>\S.+)"
_IF_ONLY = (
    r"if only (?:(?:she|he|they) (?:had|knew|could (?:find|get(?: hold of)?|borrow|hire|meet))|there (?:was|were))"
    rf" (?P<what>{_THING}.*)"
)
_NOBODY = (
    r"(?:but |and |so )?(?:nobody|no one|none of (?:them|the \w+|her \w+|his \w+|their \w+))(?: (?:on|in|at|of|there"
    r"|here|around|among|else)(?: [\w'’-]+){0,3}?)? (?:can|could|knows how to|is able to) (?P<what>(?!be\b|believe"
    r"|tell|say|see|remember|explain why|agree|stand|understand why)\w.+)"
)
_IDLE = (
    r"(?:(?:stands?|standing|sits?|sitting|lies|lying|lie) (?:there )?(?:completely |half |mostly )?(?:empty|idle"
    r"|unused|free|bare)|going begging|gathering dust|doing nothing|to spare|left over|unused|half[- ]empty|idle"
    r"|nobody uses)"
)
_HAVING = (
    r"(?:(?:she|he|they)(?:['’](?:s|ve) (?:got )?| has (?:got )?| have (?:got )?| owns? | keeps? )"
    r"|has (?:got )?|there(?:['’]s| is| are) )"
)
_SPARE = (
    rf"(?:.{{0,30}}?\b)?{_HAVING}(?P<what>(?!no\b|not\b).{{0,80}}?\b{_IDLE}\b[^,;]{{0,40}})",
    rf"(?:.{{0,30}}?\b)?{_HAVING}(?P<what>an? (?:[\w-]+ ){{0,2}}?(?:spare|empty|unused|disused|vacant) (?!nest"
    rf"|stomach|promise)[\w-]+[^,;.]{{0,50}})",
    r"(?P<what>(?:the|her|his|their) (?:[\w'’-]+ ){0,3}?(?:hall|room|rooms|kitchen|studio|van|barn|yard|garden|shed"
    r"|office|desk|workshop|stage|garage|truck|lorry|minibus|space|theatre|library|cellar|boat|flat|oven|kiln|press"
    r"|field|bay|wall|walls|window|shelf|shelves|greenhouse|pool|court|plot|plots|car) (?:is|are|stands|sits) (?:free"
    r"|empty|idle|unused|available|bare) (?:in|on|from|at|until|all|most|every|during|for|after|between"
    r"|before)\b[^,;.]{0,60})",
    r"(?P<what>(?:[\w-]+ ){1,4}(?:going begging|gathering dust|standing empty|standing idle|sitting idle"
    r"|lying idle|to spare)\b[^,;.]{0,40})",
    r"(?P<what>(?:\S+ ){0,12}any(?:one|body)(?: who \w+(?: \w+)?)? (?:may|can|could|is free to"
    r"|is welcome to) (?:use|have|borrow|take|come|join)\b.{0,60})",
)
# "The hall is free in the evenings" offers a hall free in the evenings.
_IS_IDLE = re.compile(
    r" (?:that |which )?(?:is|are|stands?|sits?|lies) (free|empty|idle|unused|available|bare)\b",
    re.IGNORECASE,
)
_WELCOME = (
    r"(?P<what>(?:any|all|every|visitors?|guests?|beginners?|anyone|anybody|whoever|people|volunteers|students"
    r"|children)\b[^,;.]{0,40}? (?:is|are) (?:always |most |very )?welcome\b[^,;.]{0,60})"
)
_STARTS_SMALL = re.compile(
    rf"(?:{_THING}|(?:the|her|his|their|any|all|every|visitors?|guests?|people|[\w-]+ing)\b)", re.IGNORECASE
)
_PARTS = re.compile(r"[,;:] (?:and |but |so )?|[ ](?:and|but|so) (?=(?:nobody|no one|none|any|there|she|he|they)\b)")
# "money for the roof and somebody who can read a survey" are two needs.
_ANOTHER = re.compile(r",? and (?=(?:some|any)(?:one|body)\b)")
_MINE = re.compile(r"\b(?:i|i['’]\w+|we|me|us|my|our)\b", re.IGNORECASE)
# What was said to the user or agreed with them may be about the user.
_TOLD_ME = re.compile(r",? (?:we agreed|(?:she|he|they) (?:told|tells|promised|assured) me)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\?\s*[\"”']?\s*$|,? (?:she|he|they) (?:asked|asks|wonders|wondered|wants to know|keeps asking)\b", re.IGNORECASE
)
_ASKER = re.compile(
    r",? (?:she|he|they) (?:asked|asks|wonders|wondered|wants to know|keeps asking)\b.*$", re.IGNORECASE
)
_OVER = re.compile(
    r"\b(?:no longer|not any ?more|until (?:last|19|20)|used to|never|n['’]t|not|would have|was|were|if (?:she|he"
    r"|they) (?:had|were|ever))\b",
    re.IGNORECASE,
)


def is_asked(sentence: str) -> bool:
    """Whether it is a question, or tells of one: "does anybody know a diver, she asked"."""
    return bool(_ASKED.search(sentence.strip().rstrip(".! ")))


def read_construction(sentence: str, names: Sequence[str]) -> Iterator[tuple[FactKind, str]]:
    """Kind and words of what the sentence tells by how it is built."""
    text = sentence.strip().rstrip(".! ")
    if is_asked(text):
        yield from _read_question(text)
        return
    for name in names:
        text = text.replace(f" {name} ", " she ") if name else text
    needs = list(_read_need(text))
    for part in _PARTS.split(text) if not needs and not _TOLD_ME.search(text) else ():
        needs += _read_need(part)
        if (found := re.match(_NOBODY, part, re.IGNORECASE)) and not _MINE.search(part):
            needs.append(f"somebody who can {found['what']}")
    yield from ((FactKind.NEED, one) for one in needs)
    if spare := next(filter(None, map(_read_spare, (text, *_PARTS.split(text)))), None):
        yield FactKind.OFFER, spare


def _read_need(text: str) -> Iterator[str]:
    for pattern in (*_CLEFTS, _GODSEND, _IF_ONLY):
        if (found := re.match(pattern, text, re.IGNORECASE)) and not _MINE.search(text):
            yield from (_small(one) for one in _ANOTHER.split(found["what"]) if not _of_life(one))
            return


def _of_life(what: str) -> bool:
    return bool(re.match(OF_LIFE, what, re.IGNORECASE))


def _read_question(text: str) -> Iterator[tuple[FactKind, str]]:
    asked = _ASKER.sub("", text).strip(" \"“”'?")
    begin = r"(?:.*[,:;–—] )?[\"“']?"
    if found := re.match(begin + _WHO_COULD, asked, re.IGNORECASE):
        if not _MINE.search(found["what"]):
            yield FactKind.NEED, f"somebody to {found['what']}"
        return
    for pattern in _QUESTIONS:
        found = re.match(begin + pattern, asked, re.IGNORECASE)
        if found and not _MINE.search(found["what"]):
            yield FactKind.NEED, re.sub(r"^any(?=one|body)", "some", _small(found["what"]), flags=re.IGNORECASE)
            return


def _read_spare(text: str) -> str:
    for pattern in (*_SPARE, _WELCOME):
        found = re.match(pattern, text, re.IGNORECASE)
        if found and not _MINE.search(text) and not _OVER.search(found.group()):
            return _small(_IS_IDLE.sub(r" \1", found["what"]))
    return ""


def _small(what: str) -> str:
    """The phrase without the capital that it has for standing first."""
    return what[0].lower() + what[1:] if _STARTS_SMALL.match(what) else what
