"""Turning what notes say of a person into what one says to that person: pronouns, verbs, tenses, articles, dates.

Small rules of English on short phrases. It must never add a word that tells something: only grammar words change.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.text import fold

_POSSESSIVE_NEXT = (
    r"(?=\s+(?!and\b|or\b|to\b|for\b|with\b|at\b|in\b|on\b|about\b|that\b|who\b|when\b|if\b"
    r"|as\b|a\b|an\b|the\b|how\b|what\b|my\b|our\b|your\b|some\b|any\b|this\b|that\b|these\b|one\b)[\w\"'“‘])"
)
_PRONOUNS = (
    (rf"\b(?:her){_POSSESSIVE_NEXT}", "your"),
    (r"\b(?:his|their)\b", "your"),
    (r"\b(?:hers|theirs)\b", "yours"),
    (r"\b(?:herself|himself|themself)\b", "yourself"),
    (r"\b(?:themselves)\b", "yourselves"),
    (r"\b(?:she|he|they)(?:['’]s|['’]re| is| are)\b", "you are"),
    (r"\b(?:she|he|they) (?:was|were)\b", "you were"),
    (r"\b(?:she|he|they) (?:has|have)\b", "you have"),
    (r"\b(?:she|he|they)(?:['’]d)\b", "you would"),
    (r"\b(?:she|he|they) (?:does)\b", "you do"),
    (r"\b(?:she|he|they)(?=\s)", "you"),
    (r"\b(?:she|he|they|her|him|them)\b", "you"),
)
_AGREE = re.compile(r"\byou (?P<adverb>(?:also|now|still|often|really|always|never|only) )?(?P<verb>[a-z]{3,}s)\b")


def to_second_person(phrase: str, name: str) -> str:
    """The phrase said to the person it is about: "teach her kids chess" becomes "teach your kids chess"."""
    first = re.escape(name.split()[0]) if name.split() else r"(?!)"
    full = re.escape(name) if name else r"(?!)"
    text = re.sub(rf"\b(?:{full}|{first})['’]s\b(?=\s+[a-z])", "your", phrase)
    text = re.sub(rf"\b(?:{full}|{first})\b(?: is\b| are\b)", "you are", text)
    text = re.sub(rf"\b(?:{full}|{first})\b", "you", text)
    for pattern, said in _PRONOUNS:
        text = re.sub(pattern, lambda match, said=said: _cased(match, said), text, flags=re.IGNORECASE)  # type: ignore[misc]
    return _AGREE.sub(lambda m: f"you {m.group('adverb') or ''}{base_form(m.group('verb'))}", text)


def _cased(match: re.Match[str], said: str) -> str:
    return said[0].upper() + said[1:] if match.group()[0].isupper() and match.start() == 0 else said


def base_form(verb: str) -> str:
    """ "works" -> "work", "teaches" -> "teach", "studies" -> "study"; "is" and "has" are handled by the pronouns."""
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


_BARE_VERBS = frozenset(
    """advise answer arrange ask bake book brew bring build check collect connect cook design edit explain find fix give
    help host introduce join know lend listen look make mentor move offer open organise paint pass pay plan play point
    print proofread put read recommend record repair restore review run send set share show sing speak start suggest
    take talk teach tell test train translate try visit walk watch weave work write""".split()
)


def is_bare_verb(word: str) -> bool:
    """Whether the word is a verb one can be asked to do: "review", "send"."""
    return fold(word) in _BARE_VERBS


_GERUND = re.compile(r"^[a-z]{2,}ing\b")
_WITH_ARTICLE = re.compile(r"^(?:an?|the|my|some|two|three|several|one|our|any|her|his|their|your)\b", re.IGNORECASE)


def offer_clause(text: str) -> str:
    """The user's offer as a clause: "know a notary" -> "I know a notary"; else "I can offer …"."""
    phrase = lower_first(_clean(text))
    word = fold(phrase.split()[0]) if phrase.split() else ""
    if re.match(r"^(?:i|i'm|i'd|i can)\b", phrase, re.IGNORECASE):
        return re.sub(r"^i\b", "I", phrase)
    if word in ("can", "could", "would", "will"):
        return f"I {phrase}"
    if word in ("happy", "glad"):
        return f"I would be {phrase}"
    if word in ("know", "have", "own", "run", "keep", "speak", "read", "play"):
        return f"I {phrase}"
    if word in _BARE_VERBS:
        return f"I can {phrase}"
    if _GERUND.match(phrase):
        return f"I can help with {phrase}"
    if word in ("introductions", "introduction", "intros", "intro"):
        return f"I can make {phrase.replace('intros', 'introductions')}"
    return f"I can offer {phrase}"


def need_object(text: str, name: str) -> str:
    """A need as what follows "looking for": "a notary", "someone to teach your kids chess", "help with …"."""
    phrase = to_second_person(lower_first(_clean(text)), name)
    word = fold(phrase.split()[0]) if phrase.split() else ""
    if word == "to":
        return f"a way {phrase}"
    is_noun = re.match(r"\w+ (?:of|for|with|on|about|from|at|in)\b", phrase)  # "review of …", "help with …"
    if word in _BARE_VERBS and not is_noun and not _GERUND.match(phrase):
        return f"a way to {phrase}"
    return with_article(phrase)


def with_article(phrase: str) -> str:
    """A singular count noun gets its article; names, plurals, mass nouns and gerunds stay as they are."""
    if _WITH_ARTICLE.match(phrase) or not phrase or _GERUND.match(phrase):
        return phrase
    head = _head_noun(phrase)
    if re.search(rf"\b{re.escape(head)}\b", phrase) is None:
        return phrase  # the head is capitalised: a name
    if head.endswith("s") and not head.endswith(("ss", "us", "is")) or head in _MASS:
        return phrase
    if re.match(
        r"^(?:someone|somebody|something|people|help|advice|more|better|where|how|what|who|funding|space|access)\b",
        phrase,
    ):
        return phrase
    return f"{'an' if phrase[0] in 'aeiouAEIO' else 'a'} {phrase}"


_MASS = frozenset(
    "advice help funding money space access data feedback research software music work time training "
    "information contacts equipment".split()
)


_NAMED_WITH_THE = re.compile(
    r"^(?:(?:Technical |Free )?University|Institute|Academy|College|School|Ministry|Museum|Bank|Port) of\b"
    r"|^(?:National|Royal|Federal|European|International)\b"
    r"|^(?!FOSDEM)[A-Z].*\b(?:Forum|Conference|Summit|Workshop|Festival|Symposium|Fair|Congress|Regatta|Week)\b"
)


def with_the(name: str) -> str:
    """A name with the article English gives it: "the University of Southampton", "the Ocean Data Forum in Brest"."""
    return f"the {name}" if _NAMED_WITH_THE.match(name) else name


_RUNS = re.compile(
    r"^(?:runs|leads|heads|teaches|directs|manages|edits|writes|builds|makes|owns|chairs|coordinates|curates|sells"
    r"|keeps|looks after|works|organises|organizes|produces|designs|studies|trains|hosts|represents|advises)\b"
)


def role_clause(role: str, name: str) -> str:
    """ "you run a school", "you are founder of X", "you work as a nurse": what a noted role says of "you"."""
    phrase = to_second_person(lower_first(_clean(role)), name)
    if _RUNS.match(phrase):
        verb, _, rest = phrase.partition(" ")
        return f"you {base_form(verb)} {rest}"
    if re.match(r"^(?:co-?)?(?:founder|head|director|chair|editor|president|secretary|treasurer|dean|owner)\b", phrase):
        return f"you are {phrase}"
    return f"you work as {with_article(phrase)}"


def _head_noun(phrase: str) -> str:
    """The last word before a preposition or a relative clause."""
    front = re.split(r"\s+(?:for|to|in|on|at|who|that|which|with|from|of|about|near|by|as)\s+|[,;:(]", phrase)[0]
    words = front.split()
    return fold(words[-1]) if words else ""


def _clean(text: str) -> str:
    return " ".join(text.strip().rstrip(".;,!").split())


def lower_first(text: str) -> str:
    """Lower case for the first letter, unless the word is a name, an acronym or "I"."""
    first = text.split()[0] if text.split() else ""
    if not first or first == "I" or first.startswith(("I'", "I’")) or any(char.isupper() for char in first[1:]):
        return text
    return text[0].lower() + text[1:] if fold(first) in _COMMON_OPENERS or not first[0].isupper() else text


_COMMON_OPENERS = _BARE_VERBS | frozenset(
    "a an the my some someone somebody help happy can could would have own spare free two three first good "
    "advice".split()
)


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def when(day: dt.date | None, today: dt.date) -> str:
    """ "in March", with the year if it is not within the last eleven months; empty without a date."""
    if day is None or day > today:
        return ""
    return f"in {day:%B}" if (today - day).days < 330 else f"in {day:%B %Y}"


_OCCASIONS = (
    (
        r"(?:a )?(?:quick |long |short )?(?:coffee|lunch|dinner|breakfast|tea|drinks?|supper|beer|beers)\b(?P<rest>.*)",
        "we had {verb}{rest}",
    ),
    (r"(?:a )?(?:quick |long |short )?(?:phone |video |zoom )?call\b(?P<rest>.*)", "we spoke on the phone{rest}"),
    (r"(?:a )?(?:long |short )?walk\b(?P<rest>.*)", "we went for a walk{rest}"),
    (r"(?:we )?(?:first )?met (?P<rest>(?:at|in|on|during|through)\b.*)", "we met {rest}"),
    (r"(?:a )?meeting (?P<rest>(?:at|in|on|during)\b.*)", "we met {rest}"),
)


def occasion_clause(title: str) -> str:
    """ "we had coffee in Porto" for the heading "Coffee in Porto"; empty where the heading tells of no meeting."""
    title = _clean(title)
    for pattern, said in _OCCASIONS:
        match = re.fullmatch(pattern, title, re.IGNORECASE)
        if match and not re.search(r"[,;:]|\bwith\b|\babout\b", match.group("rest")):
            verb = re.sub(r"^(?:a|quick|long|short)\s+", "", lower_first(title)).split()[0].lower()
            rest = match.group("rest")
            return said.format(verb=verb, rest=rest).strip()
    return ""


_IRREGULAR_PAST = dict(
    pair.split(":")
    for pair in """gave:giving
    sent:sending lent:lending put:putting read:reading cut:cutting told:telling taught:teaching
    wrote:writing brought:bringing bought:buying made:making took:taking found:finding came:coming drove:driving
    let:letting showed:showing held:holding spoke:speaking kept:keeping built:building ran:running sat:sitting
    stood:standing went:going got:getting met:meeting said:saying did:doing spent:spending fed:feeding
    dealt:dealing lit:lighting paid:paying rang:ringing sold:selling set:setting chose:choosing threw:throwing
    won:winning flew:flying was:being had:having knew:knowing left:leaving shared:sharing planned:planning""".split()
)


def favour_gerund(text: str) -> str:
    """A favour as what one gives thanks for: "read my talk and cut it by half" -> "reading my talk and cutting it"."""
    phrase = re.sub(r"^(?:you|she|he|they) (?=[a-z])", "", lower_first(_clean(text)))
    phrase = re.sub(r"^(?:have |has |had )", "", phrase)
    first, _, rest = phrase.partition(" ")
    gerund = _to_gerund(first)
    if gerund is None:
        return phrase
    rest = re.sub(r"\band (?P<verb>[a-z]+)\b", lambda m: f"and {_to_gerund(m['verb']) or m['verb']}", rest)
    return f"{gerund} {rest}".strip()


def _to_gerund(verb: str) -> str | None:
    if verb in _IRREGULAR_PAST:
        return _IRREGULAR_PAST[verb]
    if verb.endswith("ied"):
        return verb[:-3] + "ying"
    return verb[:-2] + "ing" if verb.endswith("ed") and len(verb) > 4 else None
