"""Taking out of a text all that names anything: what is left shows how somebody writes, and never what they wrote.

Only words of a closed list stay; every other word, number, date, link and name becomes "…". It must never let a word
through because it looks harmless: what is not on the list is out.
"""

from __future__ import annotations

import re

from assistant.text import STOPWORDS, Span, find_words, fold, split_sentences

GAP = "…"
_COURTESY = """
able absolutely actually afraid ahead almost already alright always answer answering anything anytime anyway
apologies apologise apologize apparently appreciate appreciated around ask asked asking away back bad best better
bit bother brief briefly busy bye came care catch cheers clear clearly come comes coming congratulations course
crossed curious definitely delay delighted detail details different easier easily easy either else enjoy enjoyed
enough especially even ever everything exactly excellent exciting fair fast feel feeling find fine fingers forward
free fun funny gentle gently give given giving glad gladly go goes going gone good got grateful great greatly guess
hand happen happened happens happy hard hear heard hearing hello help helped helpful helps hesitate hey hi honest
honestly honoured hope hoped hopefully hoping hurry idea important impressed inconvenience indeed inform informed
interested interesting keen keep keeping kind kindest kindly know knowing known late lately later least leave let
letting little long look looked looking looks lot lots love loved lovely low luck luckily lucky manage managed
matter mean means meant meanwhile mention mentioned message mind moment moreover need needed needs never nice nicely
note noted nothing notice noticed obvious obviously occasionally of ok okay originally otherwise particular
particularly pass passing perfect perhaps please pleased pleasure point possible possibly prefer preferably pressure
pretty probably problem promise properly question questions quick quickly quiet rate rather read reading ready real
realise realised realize realized really reason reasonable recommend regarding regards reminder reply respond
response rest right rush said say saying see seem seems seen send sending sent set share shared sharing short
shortly simply sincere sincerely slightly somehow someone something sometimes somewhere soon sorry sort sound sounds
specific specifically start started starting still stop straight suggest suggested suggesting suggestion suggestions
suit suits sure surely take takes taking talk talked talking tell terribly thank thanks thing things think thinking
thought thoughtful thoughts thrilled tied time times together told too totally touch touched tried true truly try
trying understand unfortunately upfront use used useful usually wait waiting want wanted warm warmly way well went
whatever whenever wherever whole wish wished wishes wonder wondered wonderful wondering word words work worked
working works worries worry worth write writing wrong wrote yet
""".split()
_PLAIN = STOPWORDS | frozenset(_COURTESY)
_SHORT = re.compile(r"(?:n't|'(?:m|d|ll|ve|re|s|t))$")
_WHOLE = frozenset("can't won't shan't let's i'm i'd i'll i've cannot".split())
_POINTER = re.compile(r"\S*(?:://|@|www\.|\.\w+/)\S*|`[^`\n]*`|\S*[\\/_=<>{}\[\]#$%&*|~^]\S*")
_ALSO_NAMES = frozenset("will may hope love sunny".split())
_MOST_WORDS = 60


def mask_text(text: str) -> str:
    """The first sentences of the text, at most 60 words of them, with everything that names anything as "…"."""
    paragraphs: list[str] = []
    room = _MOST_WORDS
    for block in re.split(r"\n\s*\n", _POINTER.sub(_as_number, text)):
        said = []
        for sentence in split_sentences(block):
            count = len(find_words(sentence.text))
            if count > room:
                room = 0
                break
            room -= count
            said.append(mask_sentence(sentence.text))
        if said:
            paragraphs.append(" ".join(said))
        if not room:
            break
    return "\n\n".join(paragraphs)


def _as_number(pointer: re.Match[str]) -> str:
    """A stand-in that is never on the list, with the stop that was behind the pointer."""
    end = pointer.group()[-1]
    return f"1{end}" if end in ".,;:!?" else "1"


def mask_sentence(sentence: str) -> str:
    """The sentence with its plain words and its stops; neighbours that are taken out become one "…"."""
    words = find_words(sentence)
    parts: list[str] = []
    end = 0
    for place, word in enumerate(words):
        between = re.sub(r"[^ ,.;:!?'’-]", " ", sentence[end : word.start].replace("\n", " "))
        kept = word.text if is_plain(words, place) else GAP
        if kept == GAP and parts and parts[-1] == GAP and not re.search(r"[.!?;:]", between):
            end = word.end
            continue
        parts += [between, kept]
        end = word.end
    parts.append(re.sub(r"[^ ,.;:!?'’]", " ", sentence[end:]))
    tidy = re.sub(r"\s+(?=[,.;:!?])|(?<=…)(?:[\s,:;]*…)+", "", "".join(parts))
    return " ".join(tidy.split())


def is_plain(words: tuple[Span, ...], place: int) -> bool:
    """Whether the word is on the list and is not used as a name."""
    text = words[place].text
    folded = fold(text)
    if folded not in _WHOLE and folded not in _PLAIN and _SHORT.sub("", folded) not in _PLAIN:
        return False
    if text[:1].isupper() and text not in ("I", "OK") and not text.startswith(("I'", "I’")):
        if place > 0 or text.isupper() and len(text) > 1:
            return False
        following = fold(words[place + 1].text) if len(words) > 1 else ""
        return folded not in _ALSO_NAMES or following in STOPWORDS
    return True


def plain_share(masked: str) -> float:
    """How much of a masked text is words, 0..1; the rest are gaps."""
    words, gaps = len(find_words(masked)), masked.count(GAP)
    return words / (words + gaps) if words else 0.0
