"""Slips of English that can be told from the words alone: articles, pronouns, agreement, verbs, subjects.

Closed word lists and patterns, no parser: a rule that would need one is left out. It must never import from the
product's checks or writers, and never mend what it finds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.text import Span, find_words, fold, split_sentences

RULES = (
    "pasted", "verbatim", "no_verb", "article", "pronoun", "slip", "doubled", "echo", "long_sentence", "link_case",
    "no_reason", "subject_generic", "subject_cut", "subject_order", "subject_same",
)  # fmt: skip


class Fault(NamedTuple):
    """One slip: its rule (one of `RULES`), the words, and why they are one."""

    rule: str
    text: str
    why: str


_DETERMINERS = frozenset(
    "a an the this that these those my your his her its our their no any some every each either neither another which "
    "what whose one two three four five six seven eight nine ten both all few many more most other such".split()
)
_PREPOSITIONS = frozenset("of for to with about in on at from by into over after before through as without".split())
_BE = frozenset("am is are was were be been being i'm you're he's she's it's we're they're who's".split())
_HAVE = frozenset("have has had having do does did can could will would shall should may might must cannot".split())
FUNCTION_WORDS = (
    _DETERMINERS | _PREPOSITIONS | _BE | _HAVE
    | frozenset(
        "i you he she it we they me him us them and or but if so not yes when where while who how why than then there "
        "here just only also too very well up down out off again now since because".split()
    )
)  # fmt: skip
THIRD_PERSON = frozenset("he she they him her his hers them their theirs himself herself themselves he's she's".split())

# --- verbs ------------------------------------------------------------------------------------------------------

_FINITE = frozenset(
    "met spoke went came saw told said gave got made took thought heard knew found wrote read sent kept left felt "
    "built ran began bought brought put cut let lent paid swam won know thank thanks hope think care share shares "
    "remember gather understand wonder need needs want wants offer offers work works look looks run runs lead leads "
    "write writes photograph log promise take takes sit sits live lives does".split()
)
_IMPERATIVE = frozenset(
    "please answer let say write tell call take have keep send forgive ignore feel forget ask reply join come see"
    .split()
)  # fmt: skip
_SUBJECTS = frozenset("i you we they he she it who that which".split())
_STANDS_ALONE = re.compile(
    r"(?:(?:(?:and )?if not, )?no (?:need|hurry|rush|pressure|reply|answer)|nothing to answer"
    r"|not at all|all the better|many thanks|with pleasure|of course"
    r"|gladly|never mind|happy to|best|warm|kind|all the best|with best|and if not)\b|https?:"
)


def has_verb(sentence: str) -> bool:
    """Whether some word can be the sentence's verb; set phrases ("No need to answer.") stand without one."""
    words = [fold(word.text) for word in find_words(sentence)]
    if not words or _STANDS_ALONE.match(fold(sentence)) or words[0] in _IMPERATIVE:
        return True
    for before, word in zip(["", *words], words, strict=False):
        if word in _BE or word in _HAVE or word in _FINITE or re.search(r"'(?:m|s|re|ve|ll|d)$|n't$", word):
            return True
        if before in _SUBJECTS and word not in FUNCTION_WORDS:
            return True
    # "The team moved here" has one; "a second oven, wood fired" has none.
    pairs = itertools.pairwise(words[:-1])
    return any(word.endswith("ed") and before not in _DETERMINERS | _PREPOSITIONS for before, word in pairs)


# --- slips within a sentence ------------------------------------------------------------------------------------

_AGREEMENT = re.compile(
    r"\b(?:i (?:is|are|has|does|were)|you (?:is|was|has|does|am)|we (?:is|was|has|does|am)|they (?:is|was|has|does|am)"
    r"|(?:he|she|it) (?:are|am|were|have|do)|your own's|you's|(?:your|my|our|their) (?:the|a|an|your|my|our|their)"
    r"|(?:a|an|the) (?:your|my|our|their|his|her|a|an|the)|you and you|me and i am)\b"
)
# Verbs that take a thing: "I have you now" began as "I have them now".
_TAKES_A_THING = (
    "have got keep kept publish print printed record recorded log logged measure measured collect collected own owned "
    "made attach attached found wrote finished posted uploaded saved"
).split()
_OBJECT_SLIP = re.compile(
    rf"\b(?:i|we) (?:(?:can|will|could|now|have) )?(?:{'|'.join(_TAKES_A_THING)}) you"
    r"(?= (?:now|too|all|here|ready|today|already|and|for)\b|\s*[.,;!?]|$)"
)
_DOUBLED = re.compile(r"\b(\w+)\s+\1\b")
_LINK = re.compile(r"\bHttps?://\S*|\bWww\.\S*")


def find_slips(body: str) -> Iterator[Fault]:
    """No verb, wrong articles, agreement and doubled words, sentence by sentence."""
    for sentence in split_sentences(body):
        said = fold(sentence.text)
        if not has_verb(sentence.text):
            yield Fault("no_verb", sentence.text, "a note, not a sentence")
        for match in (*_AGREEMENT.finditer(said), *_OBJECT_SLIP.finditer(said)):
            yield Fault("slip", match.group(), "pronoun and verb do not go together")
        for match in _DOUBLED.finditer(said):
            if match.group(1) not in ("had", "that"):
                yield Fault("doubled", match.group(), "the same word twice")
        yield from _find_articles(sentence.text)
    for match in _LINK.finditer(body):
        yield Fault("link_case", match.group(), "a link written as the beginning of a sentence")


# --- articles ---------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"\b(?P<article>a|an) (?P<word>[^\W_][\w.-]*)", re.IGNORECASE)
_LIKE_A_CONSONANT = re.compile(r"(?:uni(?!n|m)|us[aeiu]|eu|ew|one(?![a-z])|once|ubiq|u-|uk\b|ut[eio])", re.IGNORECASE)
_LIKE_A_VOWEL = re.compile(r"(?:hour|honest|honou?r|heir|8|11\b|18\b|[aeiou])", re.IGNORECASE)
_LETTERS = re.compile(r"(?:[A-Z]{2,5}s?|M[A-Z][a-z]{1,2})$")

_COUNTED = frozenset(
    "notary accountant translator advisor adviser journalist lawyer curator printer baker engineer designer teacher "
    "farmer educator chemist developer musician planner economist hydrologist official choreographer beekeeper founder "
    "director photographer editor co-author model workshop desk projector application grant gauge harbour harbor quay "
    "oven parser film piece plan talk press house server logger boat camera museum letter poster recording report "
    "review tour visit room venue story book card label introduction reference tender deck case club allotment map "
    "project survey article show evening".split()
)
_MASS = frozenset("review press introduction reference".split())  # "for review", "in press"
_TAKES_ARTICLE = (
    frozenset("of for with about need needs find lend share have has is are was were am as offer".split())
    | frozenset("i'm you're he's she's".split())
)  # fmt: skip
_MOST_MODIFIERS = 2


def _find_articles(sentence: str) -> Iterator[Fault]:
    for match in _ARTICLE.finditer(sentence):
        word, article = match["word"], match["article"].casefold()
        if article != ("an" if _sounds_like_a_vowel(word) else "a"):
            yield Fault("article", match.group(), f"not {article!r} here")
    yield from _find_missing(find_words(sentence), sentence)


def _sounds_like_a_vowel(word: str) -> bool:
    if _LETTERS.match(word):
        return word[0] in "AEFHILMNORSX"
    return bool(_LIKE_A_VOWEL.match(word)) and not _LIKE_A_CONSONANT.match(word)


def _find_missing(words: tuple[Span, ...], sentence: str) -> Iterator[Fault]:
    """A single countable thing after a preposition or a verb with no article, owner or number before it."""
    folded = [fold(word.text) for word in words]
    for place, word in enumerate(folded):
        if word not in _COUNTED or word in _MASS or _goes_on(words, folded, place, sentence):
            continue
        first = place
        while first and place - first < _MOST_MODIFIERS and _modifies(words, folded, first - 1, sentence):
            first -= 1
        if first and folded[first - 1] in _TAKES_ARTICLE and not _apart(words[first - 1], words[first], sentence):
            said = sentence[words[first - 1].start : words[place].end]
            yield Fault("article", said, f"'a' or 'the' before {words[first].text!r}")


def _goes_on(words: tuple[Span, ...], folded: list[str], place: int, sentence: str) -> bool:
    """Whether the noun only modifies the next word ("workshop rooms")."""
    if place + 1 == len(words) or _apart(words[place], words[place + 1], sentence):
        return False
    follows = folded[place + 1]
    return follows not in FUNCTION_WORDS and not has_verb(follows) and not follows.endswith("ly")


def _modifies(words: tuple[Span, ...], folded: list[str], place: int, sentence: str) -> bool:
    """Whether this word can stand between an article and a noun: no function word, name, owner or number."""
    word = words[place].text
    alone = folded[place] in FUNCTION_WORDS | _TAKES_ARTICLE or word[0].isupper() or word.endswith("'s")
    return not (alone or word[0].isdigit() or _apart(words[place], words[place + 1], sentence))


def _apart(one: Span, other: Span, sentence: str) -> bool:
    return sentence[one.end : other.start].strip() != ""


# --- pronouns ---------------------------------------------------------------------------------------------------

_SINGLE = frozenset("he she him her his hers himself herself he's she's".split())
_SEVERAL = frozenset("they them their theirs themselves".split())
_PERSONS = frozenset(
    "one someone somebody anyone anybody person people everybody everyone nobody friend colleague who both two mother "
    "father sister brother cousin wife husband partner team children men women students pupils".split()
)


def find_wrong_pronouns(body: str) -> Iterator[Fault]:
    """He, she or they with nobody before them whom they could mean: the note's words about the reader."""
    for paragraph in body.split("\n\n"):
        words = find_words(paragraph)
        for place, word in enumerate(words):
            said = fold(word.text)
            before = words[:place]
            could_be = _is_person if said in _SINGLE else _is_several if said in _SEVERAL else None
            if could_be and not any(could_be(one, number) for number, one in enumerate(before)):
                yield Fault("pronoun", _around(words, place, paragraph), f"whom does {word.text!r} mean?")


def _is_person(word: Span, place: int) -> bool:
    folded = fold(word.text)
    return folded in _PERSONS | _COUNTED or (place > 0 and word.text[0].isupper() and folded not in ("i", "i'm", "i'd"))


def _is_several(word: Span, place: int) -> bool:
    folded = fold(word.text)
    plural = len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "'s", "us", "is"))
    return plural or _is_person(word, place)


def _around(words: tuple[Span, ...], place: int, text: str) -> str:
    return text[words[max(0, place - 3)].start : words[min(len(words) - 1, place + 2)].end]


# --- subject and reason -----------------------------------------------------------------------------------------

_GENERIC = re.compile(
    r"(?:hello|hi|hey|news|update|an? (?:short |quick )?(?:question|idea|thought|note|hello)|(?:quick|short) question"
    r"|checking in|catching up|following up|follow[- ]up|touching base|thank you|thanks|introduction|an introduction"
    r"|invitation|an invitation|for you|some news|reaching out|greetings|long time no see|meeting|our call|request"
    r"|you and [\w\s'-]+\??)$"
)
_MAY_END = frozenset("about in on over for by through".split())  # "the notary you were looking for"
_UNFINISHED = _DETERMINERS | (_PREPOSITIONS - _MAY_END) | {"and", "or", "because"}
_BARE_VERB = re.compile(
    r"(?:review|test|offer|swim|read|check|send|share|see|help|join|look|write|translate|teach|introduce|lend|print"
    r"|host|meet|visit|come|run|log|show|give|take|find|make|build|publish|invite)\s"
)


def find_subject_faults(subject: str) -> Iterator[Fault]:
    """A subject that fits any mail, breaks off, or begins as an order."""
    said = fold(subject).strip(" .!")
    words = [fold(word.text) for word in find_words(subject)]
    if not words or _GENERIC.match(said):
        yield Fault("subject_generic", subject, "it would fit any mail")
    elif words[-1] in _UNFINISHED:
        yield Fault("subject_cut", subject, f"breaks off after {words[-1]!r}")
    if _BARE_VERB.match(said):
        yield Fault("subject_order", subject, "reads as an order")


_REASON = re.compile(
    r"\bbecause\b|\bwriting\b|\bthank|\blooking for\b|\bremember\b|\bwanted to\b|\bwant to\b|\bpromised\b"
    r"|\bthought of\b|\bin mind\b|\bi (?:read|heard|saw|gather)\b|\bcame across\b|\bas i understand\b"
    r"|\byou (?:told|asked|wanted|were|mentioned|need(?:ed)?|wrote|spoke|said|gave|have been|had)\b"
    r"|\bcoming back\b|\bsince we\b|\bwhen we\b|\bbeen a while\b|\blast in touch\b|\bowe\b|\binvite\b"
    r"|\byour (?:mail|message|card|letter|note|voice note|call)\b"
    r"|\bneed (?:your|help|advice)\b|\bi am looking\b|\bdear \w+, i\b|\blike the two of you\b|\bpass on\b|\babout\b"
)


def has_reason(body: str) -> bool:
    """Whether anything in the message says why it is written."""
    return bool(_REASON.search(fold(body)))
