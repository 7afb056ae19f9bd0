"""Turning what notes say of a person into what one says to that person: pronouns, verbs, tenses, articles.

Small rules of English on short phrases. It must never add a word that tells something: only grammar words change.
"""

from __future__ import annotations

import re

from assistant.domain import first_name_of
from assistant.text import fold
from assistant.verbs import STATIVE, Shape, base_of, gerund_of, shape_of

_POSSESSIVE_NEXT = (
    r"(?=\s+(?!and\b|or\b|to\b|for\b|with\b|at\b|in\b|on\b|about\b|that\b|who\b|when\b|if\b"
    r"|as\b|a\b|an\b|the\b|how\b|what\b|my\b|our\b|your\b|some\b|any\b|this\b|that\b|these\b|one\b|tomorrow\b"
    r"|today\b|tonight\b|again\b|back\b|now\b|then\b|soon\b|there\b|here\b|next\b|last\b|out\b|up\b|off\b|over\b|down\b|in\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|know\b|first\b|before\b|after\b|by\b|from\b|into\b|because\b|so\b)"
    r"[\w\"'“‘])"
)
# "Teach her budgets": what follows is what she is taught, not what is hers; but "teach her students".
_GIVEN = re.compile(
    r"\b(?P<verb>teach|teaching|give|giving|send|sending|tell|telling|offer|offering|pay|paying) her (?P<what>[\w-]+)"
    r"(?=$|[,.;:!?]|\s+(?:and|for|with|in|on|at|to|by|from|so|because|before|of|about)\b)",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    """kids children students pupils staff team class band daughter daughters son sons husband wife mother father mum
    dad sister brother niece nephew dog dogs colleagues apprentices apprentice crew company choir trainees
    volunteers boys girls friends group members players boss partner neighbours nurses teachers""".split()
)
_OWNED_ALONE = r"(?=\s*(?:[,.;:!?]|$)|\s+(?:for|and|or|to|in|on|at|with|too|as|is|was)\b)"
# Each pronoun's own forms: (pattern, what is said to the person).
_FORMS = {
    "she": (
        (rf"\bher{_POSSESSIVE_NEXT}", "your"), (r"\bhers\b", "yours"), (r"\bherself\b", "yourself"),
    ),
    "he": (
        (rf"\bhis\b{_OWNED_ALONE}", "yours"), (r"\bhis\b", "your"), (r"\bhimself\b", "yourself"),
    ),
    "they": (
        (rf"\btheirs?\b{_OWNED_ALONE}", "yours"), (r"\btheir\b", "your"), (r"\btheirs\b", "yours"),
        (r"\b(?:themself)\b", "yourself"), (r"\bthemselves\b", "yourselves"),
    ),
}  # fmt: skip
_OBJECTS = {"she": "her", "he": "him", "they": "them"}


def _forms_of(pronoun: str) -> tuple[tuple[str, str], ...]:
    """Every form of the pronoun, longest first."""
    return (
        *_FORMS[pronoun],
        (rf"\b{pronoun}(?:['’]s|['’]re| is| are)\b", "you are"),
        (rf"\b{pronoun} (?:was|were)\b", "you were"),
        (rf"\b{pronoun} (?:has|have)\b", "you have"),
        (rf"\b{pronoun}(?:['’]d)\b", "you would"),
        (rf"\b{pronoun} (?:does)\b", "you do"),
        (rf"\b{pronoun}(?=\s)", "you"),
        (rf"\b(?:{pronoun}|{_OBJECTS[pronoun]})\b", "you"),
    )


_PRONOUNS = {name: _forms_of(name) for name in _FORMS} | {
    "": tuple(form for name in _FORMS for form in _forms_of(name))
}
_AGREE = re.compile(r"\byou (?P<adverb>(?:also|now|still|often|really|always|never|only) )?(?P<verb>[a-z]{3,}s)\b")


def to_second_person(phrase: str, name: str, pronoun: str = "") -> str:
    """The phrase said to the person it is about: "teach her kids chess" becomes "teach your kids chess".

    `pronoun` is the one the notes use of them (`she`, `he`, `they`), so that another stays whose it is; empty for any.
    """
    first = re.escape(first_name_of(name)) if name.split() else r"(?!)"
    full = re.escape(name) if name else r"(?!)"
    text = _GIVEN.sub(lambda m: m.group() if m["what"] in _PEOPLE else f"{m['verb']} you\0{m['what']}", phrase)
    text = re.sub(rf"\b(?:{full}|{first})['’]s\b(?=\s+[a-z])", "your", text)
    text = re.sub(rf"\b(?:{full}|{first})\b(?: is\b| are\b)", "you are", text)
    text = re.sub(rf"\b(?:{full}|{first})\b", "you", text)
    for pattern, said in _PRONOUNS[pronoun]:
        text = re.sub(pattern, lambda match, said=said: _cased(match, said), text, flags=re.IGNORECASE)  # type: ignore[misc]
    text = _AGREE.sub(lambda m: f"you {m.group('adverb') or ''}{base_form(m.group('verb'))}", text)
    return text.replace("\0", " ")


def to_second_person_named(phrase: str, name: str) -> str:
    """The phrase said to the one person it names; what is said of anybody else stays: "Jun's guide" -> "your guide"."""
    first = re.escape(first_name_of(name))
    text = re.sub(rf"\b(?:{re.escape(name)}|{first})['’]s\b(?=\s+[a-z])", "your", phrase)
    text = re.sub(rf"\b(?:{re.escape(name)}|{first}) is\b", "you are", text)
    text = re.sub(rf"\b(?:{re.escape(name)}|{first})\b", "you", text)
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


# --- articles ---------------------------------------------------------------------------------------------------

_DETERMINED = re.compile(
    r"(?:an?|the|my|some|two|three|four|five|six|several|one|our|any|her|his|their|your|its|more|another|this|these|no"
    r"|enough|a few|many|both|half|\d+)\b|[A-Z]\w+['’]s ",
    re.IGNORECASE,
)
_NO_ARTICLE = re.compile(
    r"(?:someone|somebody|something|somewhere|anyone|anybody|anything|people|help|advice|better|where|how|what|who|when"
    r"|whether|funding|space|access|feedback)\b"
)
_MASS = frozenset(
    """accommodation advice art bread capital carpentry cash childcare clay clothing coaching coffee compost content
    copy cover data equipment expertise experience fabric feedback finance food fuel funding furniture guidance hardware
    help homework information insight insurance inspiration labour land language legislation lighting literature luck
    machinery mentoring money music news paint paper parking patience peace practice press publicity quiet research rope
    scaffolding sea-level seed shelter software soil sound space staff stock storage support sponsorship testing time
    timber training transport travel tuition underwriting water wood work""".split()
)
_PLURALS = frozenset("children people men women teeth feet mice data media criteria".split())
_VOWEL_SOUND = re.compile(r"(?:[aeio](?!ne\b|nce\b|u[rs])|u(?!ni|se|su|ti|k\b)|hour|honest|heir|MSc)")
_CONSONANT_SOUND = re.compile(r"(?:eu|ew|one|once|ou(?=ija)|u(?:ni(?!n|m)|se|su|ti|k\b))", re.IGNORECASE)


def with_article(phrase: str) -> str:
    """A singular count noun gets its article; names, plurals, mass nouns and gerunds stay as they are."""
    if not phrase or _DETERMINED.match(phrase) or _NO_ARTICLE.match(phrase) or shape_of(phrase) is Shape.GERUND:
        return phrase
    head = _head_noun(phrase)
    if not head or re.search(rf"(?<![\w-]){re.escape(head)}(?![\w-])", phrase) is None:
        return phrase  # the head is capitalised: a name
    if head in _MASS | _PLURALS or head.split("-")[-1] in _MASS or _is_plural(head):
        return phrase
    return f"{article_for(phrase)} {phrase}"


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is", "ics"))


def is_plural(phrase: str) -> bool:
    """Whether what the phrase names is more than one: "salt readings from an estuary"."""
    head = _head_noun(phrase)
    if re.match(r"(?:an?|one|the|my|your|our)\b", phrase) and re.match(r"an?\b|one\b", phrase):
        return False
    return head in _PLURALS - {"data", "media"} or _is_plural(head)


def article_for(phrase: str) -> str:
    """ "a" or "an", by sound: "an hour", "a university", "an MSc"."""
    if re.match(r"[A-Z]{2,}s?\b", phrase):
        return "an" if phrase[0] in "AEFHILMNORSX" else "a"
    if _CONSONANT_SOUND.match(phrase):
        return "a"
    return "an" if _VOWEL_SOUND.match(phrase if phrase[:3] == "MSc" else phrase.lower()) else "a"


_NAMED_WITH_THE = re.compile(
    r"^(?:(?:Technical |Free |Open )?University|Institute|Academy|College|School|Ministry|Museum|Bank|Port|City"
    r"|Royal|Department|Church) of\b"
    r"|^(?:National|Royal|Federal|European|International|Open University)\b"
    r"|^(?!FOSDEM)[A-Z].*\b(?:Forum|Conference|Summit|Workshop|Festival|Symposium|Fair|Congress|Regatta|Week|Fringe"
    r"|Meetup|Biennale|Games|Awards)\b"
)


def with_the(name: str) -> str:
    """A name with the article English gives it: "the University of Southampton", "the Ocean Data Forum in Brest"."""
    return f"the {name}" if _NAMED_WITH_THE.match(name) else name


def _head_noun(phrase: str) -> str:
    """The last word before a preposition or a relative clause."""
    front = re.split(
        r"\s+(?:for|to|in|on|at|who|that|which|with|from|of|about|near|by|as|between|into|over|under|before|after|until"
        r"|without|when|where|willing|able|good|keen|ready)\s+|[,;:(]",
        phrase,
    )[0]
    words = front.split()
    return fold(words[-1]) if words else ""


# --- facts as clauses -------------------------------------------------------------------------------------------


def is_bare_verb(phrase: str) -> bool:
    """Whether the phrase begins with a verb one can be asked to do: "review our slides"."""
    return shape_of(phrase) is Shape.BARE


def offer_clause(text: str) -> str:
    """The user's offer as a clause: "know a notary" -> "I know a notary"; "a desk in our office" -> "we have …"."""
    phrase = lower_first(_clean(text))
    word = fold(phrase.split()[0]) if phrase.split() else ""
    shape = shape_of(phrase)
    if re.match(r"(?:i|i['’](?:m|d|ve|ll)|we|we['’](?:re|d|ve|ll)|you)\b", phrase, re.IGNORECASE):
        return re.sub(r"^i\b", "I", phrase)
    if shape is Shape.MODAL:
        return f"I {phrase}"
    if word in ("happy", "glad", "willing", "pleased"):
        return f"I would be {phrase}"
    if base_of(word)[0] in STATIVE and shape in (Shape.BARE, Shape.FINITE):
        return f"I {base_of(word)[0]} {phrase.partition(' ')[2]}".strip()
    if re.match(r"(?:some |an? |warm )*(?:intros?|introductions?)\b", phrase):
        return "I can make " + re.sub(r"\bintro(s?)\b", r"introduction\1", phrase)
    if shape is Shape.BARE or (word == "help" and shape is Shape.NOUN):
        return f"I can {phrase}"
    if shape is Shape.GERUND:
        return f"I can help with {phrase}"
    if re.match(r"(?:an?|one|two|some) ", phrase) and re.search(r"\b(?:our|my)\b", phrase):
        return f"{'we' if 'our' in phrase.split() else 'I'} have {phrase}"
    if re.match(r"(?:our|my) (?=[a-z])", phrase):
        return f"{'we' if phrase.startswith('our') else 'I'} have {with_article(phrase.split(' ', 1)[1])}"
    if _HAD.fullmatch(_head_noun(phrase)) and not re.match(r"(?:access|use)\b", phrase):
        return f"I have {with_article(phrase)}"
    return f"I can offer {with_article(phrase)}"


# What one has and lets others use.
_HAD = re.compile(
    r"(?:room|desk|bed|flat|studio|hall|van|boat|barn|garage|shed|workshop|kitchen|garden|office|cottage|caravan|tent|projector"
    r"|printer|loft|cellar|car|trailer|field|allotment|attic|piano|marquee|kiln|loom|press|sofa|couch)s?"
)
_FINDING = re.compile(
    r"(?:to )?(?:find|hire|get|source|locate|recruit) (?=an?\b|the\b|some|people|her|his|their|\d|[a-z]+s\b)"
)


def need_object(text: str, name: str, pronoun: str = "") -> str:
    """A need as what follows "looking for": "a notary", "someone to teach your kids chess", "help with …"."""
    phrase = _FINDING.sub("", lower_first(_clean(re.split(r", (?:no|not|without|with no) ", text)[0])))
    phrase = to_second_person(phrase, name, pronoun)
    shape = shape_of(phrase)
    if re.match(r"how to\b", phrase):
        return f"a way {phrase.removeprefix('how ')}"
    if re.match(r"(?:where|somewhere) to\b", phrase):
        return f"a place to {phrase.partition(' to ')[2]}"
    if re.match(r"who (?:can|could|would|might)\b", phrase):
        return f"someone {phrase}"
    if shape is Shape.INFINITIVE:
        return f"a way {phrase}"
    if shape is Shape.BARE and fold(phrase.split()[0]) != "help":
        return f"a way to {phrase}"
    return with_article(phrase)


_RUNS = re.compile(r"^[a-z]+s(?: after| up)?\b")


def role_clause(role: str, name: str) -> str:
    """ "you run a school", "you are founder of X", "you work as a nurse": what a noted role says of "you"."""
    phrase = to_second_person(lower_title(_clean(role)), name)
    verb, _, rest = phrase.partition(" ")
    if shape_of(phrase) is Shape.FINITE or verb in _ROLE_VERBS:
        return f"you {base_of(verb)[0] or base_form(verb)} {rest}"
    if is_post(phrase):
        return f"you are {phrase}"
    return f"you work as {with_article(phrase)}"


def lower_title(title: str) -> str:
    """A job title in running text: "Head of surveys" is "head of surveys", "CEO" and "IT lead" stay."""
    first = title.split()[0] if title.split() else ""
    return title if first.isupper() and len(first) > 1 else title[:1].lower() + title[1:]


_ROLE_VERBS = frozenset("looks designs studies trains plays plans works heads chairs hosts manages".split())
_POST = re.compile(
    r"(?:(?:co-?|vice[ -]|deputy |managing |artistic |executive |acting |former |joint |senior )*)(?:founder"
    r"|head|director"
    r"|chair|chairwoman|chairman|editor|president|secretary|treasurer|dean|owner|principal|ceo|cto|coo|cfo"
    r"|vp|mayor|provost)\b(?! (?:engineer|designer|developer|nurse|teacher|scientist|researcher))",
    re.IGNORECASE,
)


def is_post(title: str) -> bool:
    """Whether there is one such person at a place, so that no article goes before it: "head of surveys"."""
    return bool(_POST.match(title))


def _clean(text: str) -> str:
    return " ".join(re.sub(r"\s*\([^)]*\)", "", text).strip().rstrip(".;,!").split())


def lower_first(text: str) -> str:
    """Lower case for the first letter, unless the word is a name, an acronym or "I"."""
    first = text.split()[0] if text.split() else ""
    if not first or first == "I" or first.startswith(("I'", "I’")) or any(char.isupper() for char in first[1:]):
        return text
    if is_titled(text):
        return text
    return text[0].lower() + text[1:] if _opens_plainly(first) or not first[0].isupper() else text


_TITLED = re.compile(
    r"[\"“‘']|(?:The|A|An|My|Our) [A-Z][\w'’]*(?=$|[,;:(]| (?:[A-Z]|(?:of|de|do|da|du|del|la|le|the|los|las"
    r"|des) )[A-Za-z])"
)


def is_titled(text: str) -> bool:
    """Whether the phrase begins with the title of a work or a name of several words: "The Salt House, a play"."""
    return bool(_TITLED.match(text))


def _opens_plainly(word: str) -> bool:
    return fold(word) in _COMMON_OPENERS or bool(base_of(word)[0]) and base_of(word)[1] in ("base", "ing", "s")


_COMMON_OPENERS = frozenset(
    """a an the my our some someone somebody help happy glad can could would own spare free two three good first advice
    any anyone new old small large local low-cost access introductions introduction intro intros feedback how where
    what who ten several more another regular volunteers people she he they her his their you your we it this
    that""".split()
)


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


_MEETING_SOMEBODY = re.compile(r"meeting (?=[^\W\d_a-z])")  # "the meeting in Porto" is a thing, "meeting Kwame" a deed


def favour_gerund(text: str) -> str:
    """A favour as what one gives thanks for: "read my talk and cut it by half" -> "reading my talk and cutting it"."""
    phrase = re.sub(r"^(?:you|she|he|they) (?=[a-z])", "", lower_first(_clean(text)))
    phrase = re.sub(r"^(?:have |has |had |also |kindly |even )+", "", phrase)
    first, _, rest = phrase.partition(" ")
    gerund = gerund_of(first) if shape_of(phrase) in (Shape.PAST, Shape.BARE, Shape.FINITE) else ""
    if not gerund:
        stands = shape_of(phrase) is Shape.GERUND or _MEETING_SOMEBODY.match(phrase)
        return phrase if stands or _DETERMINED.match(phrase) or is_plural(phrase) else f"the {phrase}"
    rest = re.sub(r"\b(?P<link>and|then) (?P<verb>[a-z]+)\b", _also_gerund, rest)
    return f"{gerund} {rest}".strip()


def _also_gerund(match: re.Match[str]) -> str:
    base, form = base_of(match["verb"])
    told = form == "past" or (base in ("cut", "put", "read", "let", "set", "split") and form == "base")
    return f"{match['link']} {gerund_of(match['verb'])}" if told else match.group()


def first_deed(text: str) -> str:
    """The first thing of several: "reading my talk and cutting it by half" -> "reading my talk"."""
    return re.split(r",| (?:and|then) (?=[a-z]+ing\b)", text)[0]


def is_founder(title: str) -> bool:
    """Whether one is that *of* a place, and not *at* it: "founder of", but "founder and CEO at"."""
    if title.split()[-1:] and title.split()[-1].isupper():
        return False
    return bool(
        re.match(r"(?:co-?)?founder\b|(?:owner|head|director|chair|president|secretary)$", title, re.IGNORECASE)
    )
