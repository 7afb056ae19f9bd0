"""The traces of one person in any text: name, parts of the name, addresses, numbers, links; found and masked.

Work grows with the length of the text. It must never mask what is somebody else's: a word of the name that another
person of the book bears, or that is their organisation or place, stays unless it stands in the whole name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from assistant.domain import Contact
from assistant.sources.identity import canonical_email
from assistant.text import STOPWORDS, find_words, fold

MARK = "[forgotten]"
_LEAST = 3  # letters of a part of a name that is masked by itself
# Names that are everyday words too: by themselves they are masked only with a capital inside a sentence.
_WORDS = frozenset(
    """amber art august baker banks basil bill black bloom brook brooks brown chase christian cook daisy dale dawn day
    dean drew english eve faith field fields fisher ford forest fox frank french gene glen gold grace grant gray green
    guy hall harry heath heather hill holly hope hunter iris ivy jack jade jasper jay jewel joy june king lake lane
    lily long love marina mark mason may melody merit miles mills moon moss norm olive page park parks patience pearl
    penny pepper piper poppy post price prince ray reed rich river rivers rob robin rock rose ruby rusty sage sandy
    skip snow stone storm strong summer sue sunny terry violet wade ward waters west white will winter wood woods
    young""".split()
)


class Traces:
    """What one person would be known by in a text. `others` is everybody else in the book."""

    def __init__(self, person: Contact, others: Iterable[Contact]) -> None:
        others = tuple(others)
        patterns = _find_patterns(person, _taken_words(others))
        plain = _joined(patterns)
        theirs = {fold(said) for one in others for said in _own_words(one)}
        kept = sorted((one for one in theirs if plain.search(one)), key=lambda one: (-len(one), one))
        keep = [f"(?P<keep>{'|'.join(map(re.escape, kept))})"] if kept else []
        self._pattern = _joined([*keep, *patterns])

    def stand_in(self, text: str) -> bool:
        """Whether anything of the person stands in the text."""
        return self.mask(text) != text

    def mask(self, text: str) -> str:
        """The text with every trace replaced by `[forgotten]`, everything else untouched."""
        folded = _folded(text)
        if not self._pattern.search(folded):
            return text
        folded, places = _folded_with_places(text)
        parts: list[str] = []
        done = 0
        for match in self._pattern.finditer(folded):
            start, end = places[match.start()], places[match.end()]
            groups = match.groupdict()
            if groups.get("keep") or (groups.get("word") in _WORDS and not _is_name(text, start)):
                continue
            parts += [text[done:start], MARK]
            done = end
        return "".join((*parts, text[done:]))

    def mask_value(self, value: Any) -> Any:
        """The same for everything a JSON value holds; an entry of a list that was nothing else is left out."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, list):
            masked = [(one, self.mask_value(one)) for one in value]
            return [new for old, new in masked if new != MARK or old == MARK]
        if isinstance(value, dict):
            return {name: self.mask_value(one) for name, one in value.items()}
        return value


def _find_patterns(person: Contact, taken: frozenset[str]) -> list[str]:
    words = _words_of(person.name)
    alone = [one for one in dict.fromkeys(words) if _is_telling(one) and one not in taken]
    return [
        *map(_email_pattern, person.emails),
        *map(_phone_pattern, person.phones),
        *(re.escape(fold(one)) for one in person.links if one),
        *_name_patterns(words),
        *([f"(?P<word>{'|'.join(map(re.escape, alone))})"] if alone else []),
    ]


def _joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns) or '(?!)'})(?![^\W_])")


def _own_words(one: Contact) -> tuple[str, ...]:
    """What is somebody else's and stays even where a trace stands in it: their whole name and their addresses."""
    name = (one.name,) if len(_words_of(one.name)) > 1 else ()
    return (*name, *one.emails, *one.links)


def _words_of(name: str) -> list[str]:
    return [fold(part) for word in find_words(name) for part in re.split(r"[-–]", word.text)]


def _taken_words(others: Iterable[Contact]) -> frozenset[str]:
    said = (text for one in others for text in (one.name, one.org, one.location, *one.tags))
    return frozenset(word for text in said for word in _words_of(text))


def _is_telling(word: str) -> bool:
    return len(word) >= _LEAST and word not in (STOPWORDS - _WORDS) and not word.isdigit()


def _is_name(text: str, start: int) -> bool:
    """Whether the word has a capital that is not just the beginning of a sentence."""
    before = text[:start].rstrip(" \t\"'“‘(*_")
    return text[start].isupper() and bool(before) and before[-1] not in ".!?…\n\r#>-:"


def _name_patterns(words: list[str]) -> list[str]:
    """The whole name, first and last word of it, and both the other way round; joined by nearly anything."""
    if len(words) < 2:
        return [re.escape(word) for word in words if len(word) < _LEAST]
    orders = (words, words[::-1], [words[0], words[-1]], [words[-1], words[0]])
    gap = r"[\W_]{0,3}"
    return list(dict.fromkeys(gap.join(map(re.escape, one)) for one in orders))


def _email_pattern(email: str) -> str:
    """The address with any tag, and at Gmail with dots anywhere."""
    local, _, domain = (canonical_email(email) or fold(email)).partition("@")
    if domain == "gmail.com":
        dotted = r"\.?".join(map(re.escape, local))
        return rf"(?<![\w.+-]){dotted}(?:\+[\w.-]*)?@(?:gmail|googlemail)\.com"
    return rf"(?<![\w.+-]){re.escape(local)}(?:\+[\w.-]*)?@{re.escape(domain)}"


def _phone_pattern(phone: str) -> str:
    """The number with or without its country code, its digits set apart in any way."""
    import phonenumbers

    code, digits = "", re.sub(r"\D", "", phone)
    try:
        number = phonenumbers.parse(phone, None)
        code, digits = str(number.country_code), str(number.national_number)
    except phonenumbers.NumberParseException:
        pass
    apart = r"[\s().\-/\u00a0]{0,3}"
    prefix = rf"(?:(?:\+|00)?{apart}{apart.join(code)}{apart})?(?:\(?0\)?{apart})?" if code else r"\+?"
    return prefix + apart.join(digits)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return _folded_with_places(text)[0]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The text as `fold` reads it, and for each of its characters (and its end) the place in the text."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for one in unicodedata.normalize("NFKD", char.casefold().replace("’", "'")):
            if not unicodedata.combining(one):
                folded.append(one)
                places.append(place)
    return "".join(folded), [*places, len(text)]
