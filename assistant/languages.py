"""Languages: telling which one a text is written in, what it is called, how it greets and signs.

A handful of the commonest words of each decides; whoever needs a language that is not in the table gets its code back.
It must never call a text English that is not: what is not English cannot be checked word by word.
"""

from __future__ import annotations

from typing import NamedTuple

from assistant.text import STOPWORDS, find_words, fold

ENGLISH = "en"
UNKNOWN = "und"  # BCP 47: undetermined


class Language(NamedTuple):
    """`words` are among the commonest of the language, in folded form, and not English."""

    name: str
    greeting: str
    sign_off: str
    words: frozenset[str]


def _language(name: str, greeting: str, sign_off: str, words: str) -> Language:
    return Language(name, greeting, sign_off, frozenset(fold(word) for word in words.split()))


LANGUAGES = {
    "pt": _language("Portuguese", "Olá", "Um abraço,",
        "o os a as um uma de do da dos das que não nao e é em no na nos nas para por com se eu você voce tu te lhe meu "
        "minha seu sua como mais mas já ja foi era está estava ao à ou sobre muito isso este esta"),
    "es": _language("Spanish", "Hola", "Un saludo,",
        "el la los las un una de del que no y en para por con se yo tú usted te le mi tu su como más pero ya fue era "
        "está estaba al o sobre muy esto este esta lo es me"),
    "fr": _language("French", "Bonjour", "Bien à vous,",
        "le la les un une des de du que qui ne pas et est en dans pour par avec se je tu vous te mon ma votre ton ta "
        "comme plus mais déjà était au aux ou sur très ce cette nous quand avons êtes suis"),
    "de": _language("German", "Hallo", "Viele Grüße,",
        "der die das den dem ein eine einen einem von und ist nicht in im für mit sich ich du sie dir ihnen mein meine "
        "ihr dein wie mehr aber schon war zu zum zur oder über sehr es wir bei ob als auf"),
    "it": _language("Italian", "Ciao", "Un caro saluto,",
        "il lo la i gli le un una di del della che non e è in nel per con si io tu lei ti mi mio mia suo tuo come più "
        "ma già era al o su molto questo questa sono ho a quando abbiamo hai ha ne ci"),
    "nl": _language("Dutch", "Dag", "Hartelijke groet,",
        "de het een van en is niet in op voor met zich ik jij je u mijn uw jouw zoals meer maar al was te aan of over "
        "heel dit deze dat die er wij naar bij"),
    "sv": _language("Swedish", "Hej", "Vänliga hälsningar,",
        "en ett den det de av och är inte i på för med sig jag du dig min din som mer men redan var att till eller om "
        "mycket detta vi kan har"),
    "pl": _language("Polish", "Dzień dobry", "Pozdrawiam,",
        "i w z na do że nie się jest to o po za dla od jak ale już był była czy co ja ty pan pani mój twój przez "
        "bardzo tym ten ta"),
}  # fmt: skip
_ENGLISH_WORDS = STOPWORDS | {"please", "hi", "dear"}
_LEAST_WORDS = 6
_LEAST_SHARE = 0.2
_MOST_ENGLISH = 0.15


def base_of(code: str) -> str:
    """The language of a tag: "pt" of "pt-BR"; empty for none."""
    return code.strip().replace("_", "-").partition("-")[0].casefold()


def name_of(code: str) -> str:
    """What the language is called in English; the code itself where the table does not know it."""
    known = LANGUAGES.get(base_of(code))
    if base_of(code) in (ENGLISH, UNKNOWN):
        return "English" if base_of(code) == ENGLISH else "another language"
    return known.name if known else code


def find_language(text: str, expected: str = "") -> str:
    """The code of the language of `text`: English where that is likely or nothing else is, `und` for one unknown.

    An `expected` language that the table does not know is believed where hardly a word is English.
    """
    words = [fold(word.text) for word in find_words(text)]
    if len(words) < _LEAST_WORDS:
        return ENGLISH
    english = sum(word in _ENGLISH_WORDS for word in words)
    counts = {code: sum(word in one.words for word in words) for code, one in LANGUAGES.items()}
    best = max(counts, key=counts.__getitem__)
    if counts[best] >= _LEAST_SHARE * len(words) and counts[best] > 1.5 * english:
        return best
    if base_of(expected) not in ("", ENGLISH, *LANGUAGES) and english < _MOST_ENGLISH * len(words):
        return base_of(expected)
    letters = [char for char in text if char.isalpha()]
    foreign = sum(not ("a" <= fold(char)[:1] <= "z") for char in letters)
    return UNKNOWN if letters and foreign > len(letters) / 2 else ENGLISH
