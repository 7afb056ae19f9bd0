"""The hard parts of a sentence: numbers, dates, links, addresses, quoted words, names; each with its span.

Finds and normalises; it must never judge. What is found here has to stand in the evidence exactly (in value, not in
letters), whatever the rest of the sentence says.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.text import find_words, fold, strip_hidden


class Atom(NamedTuple):
    """One hard part: `value` is normal form, `text` as it stands at `start:end`."""

    kind: Literal["number", "date", "link", "email", "quote", "name"]
    value: str
    start: int
    end: int
    text: str


_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * (place + 2) for place, word in enumerate(_TENS)
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12, "grand": 1000}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
    )
}
_SCALE_SIGNS = {"k": 10**3, "m": 10**6, "bn": 10**9, "million": 10**6, "thousand": 10**3, "billion": 10**9}

MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join([*MONTHS, *(name[:3] for name in MONTHS if name != "may"), "sept"])
_DATE = re.compile(
    rf"""\b(?:(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)
      |(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month1>{_MONTH})\b\.?(?:,?\s+(?P<year1>(?:19|20)\d\d))?
      |(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year2>(?:19|20)\d\d))?
      |(?P<month3>{_MONTH})\b\.?(?:\s+(?P<year3>(?:19|20)\d\d))?
      |(?P<day4>\d{{1,2}})[/.](?P<month4>\d{{1,2}})[/.](?P<year4>(?:19|20)?\d\d)
      |(?P<year5>(?:19|20)\d\d))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_RELATIVE = re.compile(
    r"""\b(?:yesterday|today|tonight|tomorrow|this\s+morning|the\s+other\s+day|recently|just\s+now
      |(?:last|past|this|next|previous|coming)\s+(?:few\s+)?(?:night|week|weekend|month|year|spring|summer|autumn|fall|winter
        |monday|tuesday|wednesday|thursday|friday|saturday|sunday|days?|weeks|months|years)
      |(?:a|an|one|two|three|four|five|six|several|many|\d+|a\s+(?:few|couple\s+of))\s+(?:days?|weeks?|months?|years?)\s+ago
      |(?:on\s+)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_EMAIL = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\.[^\s<>()\[\]\"',;:.]+")
_LINK = re.compile(
    r"""(?:\b[a-z][a-z0-9+.-]{1,20}:(?://)?[^\s<>"')\]]+
      |\bwww\.[^\s<>"')\]]+
      |(?<![@\w.-])(?:[\w-]+\.)+(?:com|org|net|io|ai|dev|app|co|me|info|biz|xyz|ly|gl|eu|uk|de|fr|es|it|nl|pt|ch|at|se|no|dk|fi
        |pl|ru|cn|jp|in|br|us|ca|au|example|test|invalid|link|site|online|shop|top|click|zip|tv|gg|to|be|ie|nz)\b(?:/[^\s<>"')\]]*)?)""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTE = re.compile(r"[“\"«]([^“”\"«»]{2,}?)[”\"»]|(?<!\w)[‘']([^‘’'\n]{3,}?\s[^‘’'\n]*?)[’'](?!\w)")
_DIGITS = re.compile(
    r"(?<![\w.])(?P<sign>[€$£¥])?\s?(?P<body>\d{1,3}(?:[,.'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:\s?(?P<scale>k|m|bn|thousand|million|billion)\b)?(?P<suffix>st|nd|rd|th)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def find_atoms(text: str) -> tuple[Atom, ...]:
    """All hard parts of `text` but names, without overlap: links and addresses first, then dates, then numbers."""
    taken: list[Atom] = []
    for found in (_emails(text), _links(text), _dates(text), _relative_dates(text), _numbers(text)):
        taken += [atom for atom in found if not any(atom.start < one.end and one.start < atom.end for one in taken)]
    return tuple(sorted([*taken, *_quotes(text)], key=lambda atom: atom.start))


def _emails(text: str) -> list[Atom]:
    return [Atom("email", fold(m.group()), m.start(), m.end(), m.group()) for m in _EMAIL.finditer(text)]


def _links(text: str) -> list[Atom]:
    return [Atom("link", normal_link(m.group()), m.start(), m.end(), m.group()) for m in _LINK.finditer(text)]


def normal_link(link: str) -> str:
    """A link without scheme, `www.`, trailing slash or full stop, lower case."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*:(?://)?", "", link.strip().lower())
    return bare.removeprefix("www.").rstrip("/.,;:!?")


def _quotes(text: str) -> list[Atom]:
    return [
        Atom("quote", fold(" ".join((m.group(1) or m.group(2)).split())), m.start(), m.end(), m.group())
        for m in _QUOTE.finditer(text)
    ]


def _dates(text: str) -> list[Atom]:
    found = []
    for match in _DATE.finditer(text):
        value = _date_value({name: part for name, part in match.groupdict().items() if part})
        is_verb = fold(match.group()) == "may" and not match.group()[0].isupper()
        is_verb |= fold(match.group()) in ("may", "march") and _at_sentence_start(text, match.start())
        is_verb |= fold(match.group()) in ("sep", "dec", "mar", "jan", "jun") and not match.group()[0].isupper()
        is_verb |= fold(match.group()) == "march" and not match.group()[0].isupper()
        if value and not is_verb:
            found.append(Atom("date", value, match.start(), match.end(), match.group()))
    return found


def _at_sentence_start(text: str, start: int) -> bool:
    return not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?"


def _date_value(parts: dict[str, str]) -> str:
    """`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `--MM` or `--MM-DD`; empty for what is no date."""
    if "iso" in parts:
        return parts["iso"]
    year = next((parts[key] for key in parts if key.startswith("year")), "")
    month = next((parts[key] for key in parts if key.startswith("month")), "")
    day = next((parts[key] for key in parts if key.startswith("day")), "")
    if len(year) == 2:
        year = "20" + year
    number = int(month) if month.isdigit() else month_number(month)
    if not number:
        return year
    if number > 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year or '-'}-{number:02d}" + (f"-{int(day):02d}" if day else "")


def month_number(name: str) -> int:
    """1-12 for an English month's name or its short form, 0 for anything else."""
    folded = fold(name).rstrip(".")
    return next((place for place, month in enumerate(MONTHS, 1) if len(folded) >= 3 and month.startswith(folded)), 0)


def _relative_dates(text: str) -> list[Atom]:
    return [
        Atom("date", "~" + " ".join(fold(m.group()).split()), m.start(), m.end(), m.group())
        for m in _RELATIVE.finditer(text)
    ]


def _numbers(text: str) -> list[Atom]:
    found = [Atom("number", _digit_value(m), m.start(), m.end(), m.group()) for m in _DIGITS.finditer(text)]
    return found + _worded_numbers(text)


def _digit_value(match: re.Match[str]) -> str:
    body = re.sub(r"[,.'\u00a0\u202f ](?=\d{3}(?:\D|$))", "", match.group("body")).replace(",", ".")
    value = float(body) * _SCALE_SIGNS.get((match.group("scale") or "").lower(), 1)
    return f"{value:g}" if value < 10**15 else body


def _worded_numbers(text: str) -> list[Atom]:
    """ "twenty-seven", "three hundred", "a dozen". A lone "one" or "a second" is not a number."""
    found: list[Atom] = []
    words = [(part, w.start) for w in find_words(text) for part in (w.text,)]
    place = 0
    while place < len(words):
        value, used = _read_number([fold(word) for word, _ in words[place : place + 6]])
        if used:
            start, last = words[place][1], words[place + used - 1]
            end = last[1] + len(last[0])
            people = re.match(r" of (?:you|us)\b", text[end:])  # "the two of you" counts nobody
            if not people and not (used == 1 and value in (0, 1)):
                found.append(Atom("number", f"{value:g}", start, end, text[start:end]))
        place += max(used, 1)
    return found


def _read_number(words: list[str]) -> tuple[int, int]:
    """The value of the number words at the front, and how many words it takes (0: no number)."""
    total, part, used = 0, 0, 0
    for word in words:
        pieces = word.split("-")
        if all(piece in _WORD_VALUES for piece in pieces):
            part += sum(_WORD_VALUES[piece] for piece in pieces)
        elif word in _SCALES and (part or word == "dozen"):
            part = max(part, 1) * _SCALES[word]
            total, part = (total + part, 0) if _SCALES[word] >= 1000 else (total, part)
        elif word in _ORDINALS and _ORDINALS[word] > 2 and not used:
            return _ORDINALS[word], 1
        else:
            break
        used += 1
    return total + part, used


# --- names ------------------------------------------------------------------------------------------------------

_PARTICLES = frozenset("de da do dos das del della di van von der den of the and for la le y e & al bin ibn el".split())
_CAPITAL = re.compile(r"^[^\W\d_]")


def find_names(text: str, plain_words: frozenset[str] = frozenset()) -> tuple[Atom, ...]:
    """Runs of capitalised words ("Ana Ferreira", "University of Southampton", "R&D Lab").

    A word that opens a sentence counts only if the next one is capitalised too, or if it is not among
    `plain_words` (folded). "I", months and weekdays are no names.
    """
    words = find_words(text)
    found: list[Atom] = []
    place = 0
    while place < len(words):
        end = _name_end(text, words, place)
        first = place
        if end > place and _opens_sentence(text, words[place].start) and _is_plain(words[place].text, plain_words):
            first += 1
            while first < end and fold(words[first].text) in _PARTICLES:
                first += 1
        if end > first:
            start, stop = words[first].start, words[end - 1].end
            found.append(Atom("name", fold(strip_hidden(text[start:stop])), start, stop, text[start:stop]))
        place = max(end, place + 1)
    return tuple(found)


_SHORT_FORM = re.compile(r"n't$|'(?:t|s|re|d|ll|ve)$")


def _is_plain(word: str, plain_words: frozenset[str]) -> bool:
    """Whether the word, or the one it is a short form of ("It's", "Don't", "Can't"), is among the plain ones."""
    folded = fold(word)
    return bool({folded, _SHORT_FORM.sub("", folded), folded.removesuffix("'t")} & plain_words)


def _name_end(text: str, words: tuple, place: int) -> int:  # type: ignore[type-arg]
    """Index after the last word of the name that begins at `place`, or `place` if none begins there."""
    if not _is_capital(words[place].text):
        return place
    end = place + 1
    while end < len(words) and re.fullmatch(r"[ \u00a0]|\.? |-", text[words[end - 1].end : words[end].start] or " "):
        if _is_capital(words[end].text):
            end += 1
            continue
        ahead = end
        while ahead < len(words) and fold(words[ahead].text) in _PARTICLES and ahead - end < 2:
            ahead += 1
        if ahead == end or ahead >= len(words) or not _is_capital(words[ahead].text):
            break
        if "\n" in text[words[end - 1].end : words[ahead].start] or fold(words[end].text) in ("and", "for", "the"):
            break
        end = ahead + 1
    return end


_NO_NAME = frozenset(
    "i i'm i'd i'll i've ok english hi hello dear monday tuesday wednesday thursday friday saturday sunday".split()
) | frozenset(MONTHS)


def _is_capital(word: str) -> bool:
    return bool(_CAPITAL.match(word)) and word[0].isupper() and fold(word) not in _NO_NAME


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?:\n…"


def season_months(name: str) -> tuple[int, ...]:
    """The months of a season of the northern half of the year."""
    seasons = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11)}
    return seasons.get(name, (12, 1, 2) if name == "winter" else ())


def date_fits(value: str, day: dt.date, today: dt.date) -> bool:
    """Whether the date `value` of `find_atoms` may be said of something that happened on `day`.

    A date without a year means the last time that month came round, so it fits at most a year back.
    """
    if value.startswith("~"):
        return _relative_fits(value[1:], day, today)
    if value.startswith("--"):
        recent = 0 <= (today - day).days <= 366
        return recent and f"--{day:%m-%d}".startswith(value)
    return day.isoformat().startswith(value)


_UNIT_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.25}


def _relative_fits(value: str, day: dt.date, today: dt.date) -> bool:
    days = (today - day).days
    ago = re.fullmatch(r"(.+) (day|week|month|year)s? ago", value)
    if ago:
        count = _count_of(ago.group(1))
        unit = _UNIT_DAYS[ago.group(2)]
        return days >= 0 and (abs(days - count * unit) <= unit * max(0.6, count * 0.25) if count else True)
    if value == "yesterday":
        return days == 1
    if value in ("today", "this morning", "tonight"):
        return days == 0
    if value in ("recently", "the other day", "just now"):
        return 0 <= days <= 62
    last = re.fullmatch(r"(?:last|past|previous|this) (?:few )?(\w+?)s?", value)
    if last and last.group(1) in _UNIT_DAYS:
        unit = _UNIT_DAYS[last.group(1)]
        return 0 <= days <= (2 * unit if "few" not in value else 6 * unit)
    if last:
        months = season_months(last.group(1))
        return bool(months) and day.month in months and 0 <= days <= 456
    return False


def _count_of(words: str) -> float:
    digits = re.search(r"\d+", words)
    if digits:
        return float(digits.group())
    counts = {"a": 1, "an": 1, "one": 1, "a couple of": 2, "a few": 3, "several": 0, "many": 0}
    return float(counts.get(words, _WORD_VALUES.get(words, 0)))
