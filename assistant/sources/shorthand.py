"""The user's own words, typed in a hurry, read as they were meant: sentences, short forms, capitals, orders.

"pls keep it short" is an order to the writer; "van is yours sat 12 dec" is something to say. It must never add a word
that tells something: only short forms are written out and names get their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.sources.times import MONTHS
from assistant.text import STOPWORDS, fold


class OwnPiece(NamedTuple):
    """One sentence of the user's words: as it stands, written out, and whether it is an order to the writer."""

    quote: str
    text: str
    is_order: bool


def read_own_words(words: str, capitals: Mapping[str, str]) -> tuple[OwnPiece, ...]:
    """The sentences of `words` in order; an order that hangs on a sentence is a piece of its own."""
    found = []
    for sentence in split_hurried(words):
        for part in _split_orders(sentence):
            found.append(
                OwnPiece(part, write_out(part, capitals), bool(_ORDER.match(part) or _LEADING.match(f"{part} x")))
            )
    return tuple(found)


# --- sentences ---------------------------------------------------------------------------------------------------

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\s*\n+\s*")
_NO_END = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|tel|ext|ca|[a-z])\.$", re.IGNORECASE)


def split_hurried(text: str) -> tuple[str, ...]:
    """Sentences, even where the next one begins with a small letter."""
    found, start = [], 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and _NO_END.search(text[: match.start()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    return tuple(one for one in (*found, text[start:].strip()) if re.search(r"\w", one))


# --- orders to the writer ------------------------------------------------------------------------------------------

_SPEAKING = (
    r"(?:pitch|mention|say|tell|bring|name|push|sell|oversell|promise|include|refer|hint|gush|quote|sound|overdo|ask|offer"
    r"|go on|talk|write|use|put|add|make|give away|let on|reveal|press|beg|apologi[sz]e|commit|suggest|repeat"
    r"|start|sign)"
)
_TONE = (
    r"(?:short|brief|light|warm|simple|friendly|formal|informal|vague|plain|low[- ]key|casual|polite|gentle|kind"
    r"|careful"
    r"|honest|tactful|subtle|breezy|cheerful|businesslike|neutral|nice|humble|quick|cool|calm|pushy|long|salesy|gushy|fussy)"
)
_ORDER = re.compile(
    rf"""^(?:(?:and|but|so|also|then|oh|just)[ ,]+)*(?:(?:please|pls|plz|plse|kindly)[ ,]+)?(?:
      (?:do\ not|don['’]?t|never|no\ need\ to|better\ not(?:\ to)?|not\ to)\ (?:\w+ly\ )?{_SPEAKING}\b
      |(?:keep|make|leave|have)\ (?:it|this|that|the\ (?:mail|e-?mail|message|tone|note|text))
         \ (?:\w+\ ){{0,3}}{_TONE}\b
      |(?:be|sound|stay)\ (?:\w+\ )?{_TONE}\b
      |(?:not\ (?:too|so|very|at\ all|overly)\ )?{_TONE}(?:\ (?:and|but)\ (?:\w+\ )?{_TONE})?
         (?:\ (?:please|pls|plz|tone))?\W*$
      |(?:no\ mention\ of|nothing\ about|without\ mentioning|leave\ out|leave\ \w+(?:\ \w+)?\ out|skip|avoid|stick\ to
         |steer\ clear|go\ easy|hold\ back|no\ (?:sales\ )?pitch|no\ hard\ sell
         |no\ small\ talk|no\ gushing|no\ flattery)\b
      |(?:in|into)\ (?:english|french|german|spanish|portuguese|italian|dutch|welsh|gaelic|polish|czech|arabic)
         (?:\ (?:please|pls|if\ .*))?\W*$
      |(?:at\ most|max(?:imum)?|under|no\ more\ than|not\ more\ than)?\s*(?:\d+|one|two|three|four|five)
         (?:\ ?(?:-|to|or)\ ?\w+)?\ (?:lines?|words|sentences)(?:\ (?:max|at\ most|please|pls|tops|or\ so))?\W*$
      |(?:sign\ (?:it|off|as)|write\ (?:it|this|in|as|to)|draft\ (?:it|this|a)|translate|attach|cc\b|bcc\b|copy\ in
         |start\ with|begin\ with|end\ with|make\ sure|make\ (?:it\ )?clear|emphasi[sz]e|stress|focus\ on|remember\ to
         |use\ (?:his|her|their|my|the)|say\ (?:hi|hello)\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What the lines are for, before the lines: "something short she can pass on to the city: …".
_LEADING = re.compile(
    r"^(?:something|a (?:few|couple of) (?:lines|words)|(?:some )?lines|a (?:short |quick |brief )?(?:note|text"
    r"|blurb|mail|message|paragraph|line))"
    r"\b[^:]{0,120}:\s+(?=\w)",
    re.IGNORECASE,
)
_CLAUSE_GAP = re.compile(
    r"\s*[,;]\s+|\s+[-–—]\s+|\s+\((?=\w)|\s+(?:but|and)\s+(?=(?:don['’]?t|do not|keep|make|please|pls)\b)"
)


def _split_orders(sentence: str) -> list[str]:
    """The sentence without the orders in it, then each order."""
    leading = _LEADING.match(sentence)
    if leading:
        return [leading.group().strip(), *_split_orders(sentence[leading.end() :])]
    cuts = [0, *(match.end() for match in _CLAUSE_GAP.finditer(sentence)), len(sentence)]
    parts = [sentence[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    if not any(_ORDER.match(part) for part in parts):
        return [sentence]
    pieces: list[tuple[bool, str]] = []
    for part in parts:
        is_order = bool(_ORDER.match(part))
        if pieces and pieces[-1][0] == is_order:
            pieces[-1] = (is_order, pieces[-1][1] + part)
        else:
            pieces.append((is_order, part))
    trimmed = [re.sub(r"\s*(?:[,;(–—-]|\b(?:but|and))\s*$", "", text).strip() for _, text in pieces]
    return [one for one in trimmed if re.search(r"\w", one)]


# --- short forms ---------------------------------------------------------------------------------------------------

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAY_FORMS = {form: day for day in _DAYS for form in (day, day[:3], f"{day}s")} | {
    "tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday",
}  # fmt: skip
_MONTH_FORMS = {form: month for month in MONTHS for form in (month, month[:3])} | {"sept": "september"}
_UNSURE = frozenset("may march mar sun sat wed mon fri jan jun dec oct nov apr".split())
_BEFORE_TIME = (
    r"(?:on|in|by|until|till|from|of|since|before|after|for|this|next|last|every|early|late|mid|mid-|end of|to"
    r"|and|or|sat"
    r"|sun|mon|tues?|weds?|thurs?|fri)"
)
_TIME_FORMS = "|".join(sorted({*_DAY_FORMS, *_MONTH_FORMS}, key=len, reverse=True))
_TIME_WORD = re.compile(rf"(?<![\w@/.-])(?P<word>{_TIME_FORMS})\b(?!['’@])"
                        r"(?P<dot>\.(?=\s+[\da-z]))?", re.IGNORECASE)  # fmt: skip
_WRITTEN_OUT = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (r"(?<!\w)(?:pls|plz|plse)(?!\w)\.?", "please"),
        (r"(?<!\w)(?:thx|thnx|tx|ta)(?!\w)\.?", "thanks"),
        (r"(?<!\w)w/o(?!\w)", "without"),
        (r"(?<!\w)w/ ?(?=\w)", "with "),
        (r"(?<=\s)&(?=\s)", "and"),
        (r"(?<=\s)\+(?=\s)", "and"),
        (r"(?<!\w)b4(?!\w)", "before"),
        (r"(?<!\w)(?:tmrw|tmw|tmrrw|tomoz|2moro)(?!\w)", "tomorrow"),
        (r"(?<!\w)mtg(?!\w)", "meeting"),
        (r"(?<!\w)msg(?!\w)", "message"), (r"(?<!\w)mgr(s?)(?!\w)", r"manager\1"),
        (r"(?<!\w)dept(s?)(?!\w)\.?", r"department\1"),
        (r"(?<!\w)govt(?!\w)\.?", "government"), (r"(?<!\w)thru(?!\w)", "through"), (r"(?<!\w)tho(?!\w)", "though"),
        (r"(?<!\w)prob(?!\w)", "probably"), (r"(?<!\w)fwd(?!\w)", "forward"), (r"(?<!\w)xmas(?!\w)", "Christmas"),
        (r"(?<!\w)(?:yday|yest)(?!\w)", "yesterday"), (r"(?<!\w)bday(?!\w)", "birthday"),
        (r"(?<!\w)2nite(?!\w)", "tonight"),
        (r"(?<!\w)asap(?!\w)", "as soon as possible"), (r"(?<!\w)btw,? ", ""), (r"(?<!\w)fyi,? ", ""),
        (r"(?<=\d) ?\bmin(?!\w)", " minutes"),
        (r"(?<![\w.:])(?<!\bat )(?<!\bby )(?<!\bto )(?<!from )(?<!until )(?<!, )(?<=\w )"
         r"(?P<hour>\d{1,2}(?:[.:]\d\d)? ?[ap]m)\b", r"at \g<hour>"),
        (r"(?<!\w)appt(?!\w)\.?", "appointment"),
        (r"(?<!\w)wknd(?!\w)", "weekend"),
        (r"(?<=\d)? ?\bwk(s?)(?!\w)", r" week\1"),
        (r"(?<=\d)? ?\byr(s?)(?!\w)", r" year\1"),
        (r"(?<=\d)? ?\bhr(s?)(?!\w)", r" hour\1"),
        (r"(?<=\d) ?\bmins(?!\w)", " minutes"),
        (r"(?<!\w)ur(?!\w)", "your"),
        (r"(?<!\w)u(?!\w)", "you"),
        (r"(?<!\w)abt(?!\w)", "about"),
        (r"(?<!\w)bc(?!\w)|(?<!\w)cos(?!\w)|(?<!\w)coz(?!\w)", "because"),
        (r"(?<!\w)info(?!\w)", "information"),
        (r"(?<!\w)congrats(?!\w)", "congratulations"),
        (r"\bdont\b", "don't"), (r"\bdoesnt\b", "doesn't"), (r"\bdidnt\b", "didn't"), (r"\bcant\b", "can't"),
        (r"\bisnt\b", "isn't"), (r"\bwasnt\b", "wasn't"), (r"\barent\b", "aren't"), (r"\bcouldnt\b", "couldn't"),
        (r"\bwouldnt\b", "wouldn't"), (r"\bhavent\b", "haven't"), (r"\bhasnt\b", "hasn't"), (r"\bwont\b", "won't"),
        (r"\bthats\b", "that's"), (r"\bheres\b", "here's"), (r"\btheres\b", "there's"), (r"\bive\b", "I've"),
        (r"\bim\b", "I'm"), (r"\bshes\b", "she's"), (r"\btheyre\b", "they're"), (r"\byoure\b", "you're"),
        (r"\bweve\b", "we've"), (r"(?<![\w'’.])i(?=['’ ](?!\.))", "I"),
    )
)  # fmt: skip
_LINK = re.compile(r"\S*(?:://|@|www\.)\S*")


def write_out(text: str, capitals: Mapping[str, str]) -> str:
    """The text with short forms written out, and capitals for days, months and the names in `capitals`."""
    parts, end = [], 0
    for link in _LINK.finditer(text):
        parts += [_write_out(text[end : link.start()], capitals), link.group()]
        end = link.end()
    return " ".join("".join([*parts, _write_out(text[end:], capitals)]).split())


def _write_out(text: str, capitals: Mapping[str, str]) -> str:
    for pattern, said in _WRITTEN_OUT:
        text = pattern.sub(said, text)
    text = _FULL_DAY.sub(_with_on, _TIME_WORD.sub(_time_word, text))
    text = re.sub(r"\b(?:easter|christmas|halloween|hogmanay|ramadan|diwali|hanukkah)\b", _capital, text)
    if not capitals:
        return text
    longest = sorted(capitals, key=len, reverse=True)
    known = re.compile(rf"(?<![\w@/.-])(?:{'|'.join(map(re.escape, longest))})(?![\w@/-])")
    return known.sub(lambda match: capitals[match.group()], text)


_FULL_DAY = re.compile(r"(?<![\w@/.-])(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?(?![\w-])")
_NO_ON = re.compile(
    r"(?:\b(?:on|this|next|last|every|each|by|until|till|from|to|before|after|since|or|and|the|a|an|of|for|in|at|any|some|than"
    r"|with|between|late|early|come|is|are|was|be|your|my|our|that)|[,;:(–-])$",
    re.IGNORECASE,
)


def _with_on(match: re.Match[str]) -> str:
    """ "will ring Sunday" -> "will ring on Sunday"."""
    before = match.string[: match.start()].rstrip()
    return match.group() if not before or _NO_ON.search(before) else f"on {match.group()}"


def _capital(match: re.Match[str]) -> str:
    return match.group()[0].upper() + match.group()[1:]


_LED_TO = re.compile(
    r"\b(?:in|by|until|till|since|before|after|this|next|last|early|late|mid-?|of|for) ?$", re.IGNORECASE
)


def _time_word(match: re.Match[str]) -> str:
    """A day or a month, written out where what stands beside it shows that it is one."""
    word = match["word"].lower()
    before, after = match.string[: match.start()], match.string[match.end() :]
    sure = word not in _UNSURE or match["word"][0].isupper() and len(word) > 4
    beside = re.search(rf"(?:\d(?:st|nd|rd|th)?|\b{_BEFORE_TIME}) ?$", before, re.IGNORECASE)
    ahead = re.match(r"\.? (?:the )?\d|,? ?\d{4}| (?:morning|afternoon|evening|night|am|pm)\b", after)
    is_dated = re.search(r"\d ?$", before) or ahead or _LED_TO.search(before)
    is_verb = word in ("may", "march", "mar", "sat") and not is_dated
    if is_verb or not (sure or beside or ahead):
        return match.group()
    full = _DAY_FORMS.get(word) or _MONTH_FORMS[word]
    plural = "s" if word.endswith("days") else ""
    return full[0].upper() + full[1:] + plural


# --- capitals ------------------------------------------------------------------------------------------------------

# First names and family names that are words as well: they keep the letter the user gave them.
_ALSO_WORDS = frozenset(
    """will mark rose grace hope faith may june april august bill jack rob sue art gene grant dean earl frank guy ray
    van dale glen lee miles pat penny robin sandy summer wade ward young long short brown white green black king
    bishop baker cook smith hill wood stone rivers field bush banks best small day fox wolf bell ball page price
    rice park love moon star sky bay rich drew carol joy dawn ivy lily daisy ruby pearl amber olive basil ginger
    heather iris violet victor max faye gale reed singer mason carter porter hunter fisher archer parker turner
    taylor potter miller""".split()
)


def is_also_word(word: str) -> bool:
    """Whether a name, in small letters, is an everyday word as well: "will", "rose"."""
    return word in _ALSO_WORDS


_ALONE = re.compile(r"(?<![\w'’-])[a-z][\w'’-]*,? (?P<name>[A-Z][\w'’-]*[a-zà-ÿ])(?= [a-z]|[,.;!?]|$)")


def learn_capitals(names: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """What is written with a capital, by its form in small letters: whole `names`, and single names in `texts`."""
    known: dict[str, str] = {}
    texts = tuple(texts)
    for name in names:
        parts = [part for part in name.split() if part[:1].isupper()]
        if len(parts) > 1:
            known.setdefault(name.lower(), name)
    small = {word.strip(".,;:!?()\"'’") for text in texts for word in text.split() if word[:1].islower()}
    for text in texts:
        for match in _ALONE.finditer(text):
            _learn(match["name"], small, known)
    return known


def learn_parts(names: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    """`known` with every part of the given people's names and places."""
    for name in names:
        for part in name.replace(",", " ").split():
            _learn(part, frozenset(), known)
    return known


def _learn(word: str, small: frozenset[str] | set[str], known: dict[str, str]) -> None:
    low = word.lower()
    is_plain = low in STOPWORDS or low in _ALSO_WORDS or low in small or fold(low) in _DAY_FORMS
    if len(low) > 2 and word[:1].isupper() and not is_plain:
        known.setdefault(low, word)
