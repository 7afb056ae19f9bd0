"""A bio that says "I", retold as of somebody else: "I run a studio" as "she runs a studio".

The user's own bio is retold only for the rules that read it; the note and every quote from it stay as typed. A
contact's bio is retold as a proposal, for in a note about them "I" is the user. It must never change a kept note.
"""

from __future__ import annotations

import re

_SHORT = {"m": "is", "ve": "has", "d": "would", "ll": "will"}
_SAME = frozenset(
    "can could would will may might must should was did had ran led left grew went spoke wrote built taught began "
    "became made knew took gave met held sang drew rode won kept spent came got found sold bought agreed freed".split()
)
_ODD = {"am": "is", "have": "has", "do": "does", "go": "goes"}
_GIVES = frozenset("help mentor advise coach".split())
_ADVERB = r"(?:(?:also|now|still|currently|really|always|often|mostly|usually|sometimes|recently|just|gladly) )*"
_SAYS_I = re.compile(rf"\bI(?:['’](?P<short>m|ve|d|ll)\b| (?P<adverb>{_ADVERB})(?P<verb>[a-z]+)\b)")
_TIMES = re.compile(rf"\b(she (?:is|has|can)) {_ADVERB}")
_INTRODUCES = re.compile(r"\bshe is [A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}(?:, | and she is )(?=(?:an?|the) )")
_AGAIN = re.compile(r"(?<=\b(?:and|but)) she\b")
_MINE = ((r"\b[Mm]y\b|\b[Oo]ur\b", "their"), (r"\bme\b|\bus\b", "them"), (r"\bmyself\b", "themselves"))


def retell(sentence: str) -> str:
    """The sentence for the rules: "I run" as "she runs"; what its writer helps with is what they can help with.

    "I'm Robin Achterberg, an acoustic engineer" keeps what follows the name.
    """
    retold = _TIMES.sub(r"\1 ", _SAYS_I.sub(lambda said: _retell(said, _GIVES), sentence))
    return _INTRODUCES.sub("she is ", retold)


def says_i(text: str) -> bool:
    """Whether somebody tells of themselves in it, other than in quotation marks."""
    return bool(_SAYS_I.search(re.sub(r"[“\"][^”\"]*[”\"]", "", text)))


def propose_retold(text: str, name: str) -> str:
    """The whole text as told of `name` (a first name), line breaks kept, for the user to look over."""
    return "".join(_retold_of(part, name) for part in re.split(r"(?<=[.!?])(?=\s)|(?=\n)", text))


def _retold_of(part: str, name: str) -> str:
    if not _SAYS_I.search(part):
        return part
    told = _AGAIN.sub("", _SAYS_I.sub(lambda said: _retell(said, frozenset()), part))
    for pattern, said in _MINE:
        told = re.sub(pattern, said, told)
    return re.sub(r"\bshe\b", name, _capital(told), count=1)


def _capital(told: str) -> str:
    return re.sub(r"^(\s*)(their)\b", lambda begins: begins[1] + begins[2].capitalize(), told)


def _retell(said: re.Match[str], gives: frozenset[str]) -> str:
    if said["short"]:
        return f"she {_SHORT[said['short']]}"
    verb = f"can {said['verb']}" if said["verb"] in gives else _third_person(said["verb"])
    return f"she {said['adverb']}{verb}"


def _third_person(verb: str) -> str:
    if verb in _SAME or (verb.endswith("ed") and not verb.endswith("eed")):
        return verb
    if verb in _ODD:
        return _ODD[verb]
    if re.search(r"(?:s|sh|ch|x|z)$", verb):
        return f"{verb}es"
    return re.sub(r"(?<=[^aeiou])y$", "ie", verb) + "s"
