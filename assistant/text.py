"""How the program reads plain text: lines, sentences, words, stems, folding, characters that hide.

Pure functions on strings, shared by reading, finding, writing and checking, so that all of them mean the same by a
sentence and by a word. It must never know a contact, and never change a text it is asked to look at.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer


class Span(NamedTuple):
    """A slice `text[start:end]` of the string it was found in."""

    start: int
    end: int
    text: str


STOPWORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each else ever few for from further get gets getting got had has have
    having he her here hers herself him himself his how i if in into is it its itself just let like longer made make
    may me might more most much must my myself no nor not now of off on once one only or other our ours ourselves
    out over own per quite rather re s same shall she should since so some such t than that the their theirs them
    themselves then there these they this those though through thus to too under until up upon us very was we well
    were what when where whether which while who whom whose why will with within without would yes yet you your
    yours yourself yourselves""".split()
)

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr vs etc e.g i.e eg ie no nr approx inc ltd co corp dept est jan feb mar apr jun jul aug "
    "sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m u.s u.k ph.d m.sc b.sc".split()
)
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+|\s*#{1,6}\s+|\s*>\s?")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:['’.&+-][^\W_]+)*[+#]*")
# Past forms whose stem Snowball cannot reach; both forms must be one word to search and to the checks.
_IRREGULAR = dict(
    pair.split(":")
    for pair in """
    began:begin begun:begin bought:buy brought:bring built:build came:come caught:catch chose:choose chosen:choose
    drew:draw drawn:draw drove:drive fell:fall felt:feel found:find gave:give given:give gone:go went:go grew:grow
    grown:grow heard:hear held:hold kept:keep knew:know known:know led:lead left:leave lent:lend lost:lose made:make
    meant:mean met:meet paid:pay ran:run rang:ring said:say sang:sing sung:sing sat:sit saw:see seen:see sent:send
    sold:sell spent:spend spoke:speak spoken:speak stood:stand swam:swim taken:take took:take taught:teach
    thought:think told:tell understood:understand won:win wore:wear wrote:write written:write hid:hide hidden:hide
    ate:eat eaten:eat drank:drink rode:ride rose:rise shook:shake slept:sleep broke:break broken:break threw:throw
    flew:fly swum:swim sank:sink dug:dig fed:feed fought:fight hung:hang laid:lay lit:light stole:steal woke:wake
    bound:bind dealt:deal forgot:forget forgotten:forget froze:freeze rebuilt:rebuild children:child people:person
    women:woman men:man
    """.split()
)
_STEMMER = snowballstemmer.stemmer("english")
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no diacritics, compatibility forms joined: what makes "José" and "JOSE" one."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def find_hidden(text: str) -> tuple[Span, ...]:
    """Characters a reader cannot see: zero-width, direction marks, tags, control codes (tab and newline are fine)."""
    return tuple(Span(match.start(), match.end(), match.group()) for match in _HIDDEN.finditer(text))


def strip_hidden(text: str) -> str:
    """The text without the characters of `find_hidden`."""
    return _HIDDEN.sub("", text)


def split_lines(text: str) -> tuple[Span, ...]:
    """Lines with their bullet or heading mark left out; a line that holds nothing is left out."""
    spans: list[Span] = []
    for match in re.finditer(r"[^\r\n]+", text):
        mark = _BULLET.match(match.group())
        spans.append(_trimmed(text, match.start() + (mark.end() if mark else 0), match.end()))
    return tuple(span for span in spans if span.text)


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Blocks between empty lines; a line that is a bullet or a heading is a block of its own."""
    spans: list[Span] = []
    start = None
    for match in re.finditer(r"[^\n]*(?:\n|$)", text):
        line = match.group()
        alone = bool(_BULLET.match(line))
        if start is not None and (alone or not line.strip()):
            spans.append(_trimmed(text, start, match.start()))
            start = None
        if alone:
            spans.append(_trimmed(text, match.start(), match.end()))
        elif line.strip() and start is None:
            start = match.start()
        if match.end() == len(text):
            break
    if start is not None:
        spans.append(_trimmed(text, start, len(text)))
    return tuple(span for span in spans if span.text)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Sentences of running text. A list item or a short heading ends at its line; wrapped lines are one sentence."""
    spans: list[Span] = []
    for block in split_paragraphs(text):
        mark = _BULLET.match(block.text)
        start = block.start + (mark.end() if mark else 0)
        for end in _sentence_ends(text, start, block.end):
            spans.append(_trimmed(text, start, end))
            start = end
    return tuple(span for span in spans if span.text)


def _sentence_ends(text: str, start: int, end: int) -> list[int]:
    ends = []
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, match, end):
            ends.append(match.end())
    return [*ends, end] if not ends or ends[-1] < end else ends


def _ends_sentence(text: str, mark: re.Match[str], end: int) -> bool:
    follows = text[mark.end() : end].lstrip()
    gap = text[mark.end() : end - len(follows)]
    if not follows or mark.group()[0] != "." or "\n" in gap:
        return True
    before = re.search(r"(?<!['’])[\w.]*$", text[max(0, mark.start() - 12) : mark.start()])
    word = before.group().casefold() if before else ""
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    return not follows[0].islower()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, text[start:end])


def find_words(text: str) -> tuple[Span, ...]:
    """Words and numbers as they stand. "O'Brien", "R&D" and "27-page" are one word each; "C++" keeps its signs."""
    return tuple(Span(match.start(), match.end(), match.group()) for match in _WORD.finditer(text))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The folded word without its ending (Snowball English), a possessive left out."""
    folded = fold(word).removesuffix("'s")
    folded = _IRREGULAR.get(folded, folded)
    return str(_STEMMER.stemWord(folded)) or folded


def is_past(word: str) -> bool:
    """Whether the word looks like a past form: "explained", "taught", "written"."""
    folded = fold(word)
    return folded in _IRREGULAR or (len(folded) > 4 and folded.endswith("ed"))


def count_words(text: str) -> int:
    return len(find_words(text))


def content_stems(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, in order, parts of hyphenated words apart."""
    parts = (part for word in find_words(text) for part in re.split(r"[-–/]", word.text))
    return tuple(stem(part) for part in parts if part and fold(part).removesuffix("'s") not in STOPWORDS)


_TAG = re.compile(r"\s*(?<!\w)#[\w-]+")


def without_tags(quote: str) -> str:
    """The quote as it reads within a sentence: on one line, without tags and the last full stop."""
    return _TAG.sub("", " ".join(quote.split())).strip().rstrip(".;,")
