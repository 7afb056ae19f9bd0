"""Which field somebody works in, what part they play there, and where: read from the record by small tables.

The record's own `industry` comes first, then title and organisation. Words, not meaning: what no table knows is shown
under its own name, and what is not written stays empty. It must never guess from a person's name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.domain import Contact
from assistant.text import find_words, fold

# Folded words; one that ends in a hyphen is a beginning. The first row with a fitting word counts, so that the narrow
# ones stand before the wide.
FIELDS = {
    "law and public service": (
        "law legal- notar- attorney- solicitor- judge- government- council- municipal- public police "
        "planning- planner- diplomat- embassy- policy- ministr- civil-"
    ),
    "finance and insurance": "account- financ- bank- invest- capital- insur- underwrit- audit- venture- fund- tax",
    "health and care": (
        "nurs- health- medic- doctor- hospital- care clinic- dentist physio- psycholog- pharma- vet "
        "veterinar- therap- surge-"
    ),
    "education": "teach- school- educat- lectur- universit- professor- trainer- tutor- coach- pupil-",
    "media and publishing": (
        "journal- press media publish- writer- editor- film- radio broadcast- podcast- translat- news photograph-"
    ),
    "arts and museums": (
        "art artist- music- museum- galler- curator- dance- choreograph- theat- choir- glass- ceramic- "
        "potter- archiv- weav- illustrat- orchestra- conductor-"
    ),
    "design and printing": "design- print- typograph- architect- letterpress-",
    "charity and community": "charit- volunt- nonprofit- ngo foundation- trust- conservation- communit- citizen-",
    "food and farming": (
        "farm- bakery- baker- food aquacultur- beekeep- fish- chef restaurant- brew wine garden agricult- forest-"
    ),
    "sea and transport": (
        "sail- ship- port ports harbour- harbor- marine- dredg- boat- pilot- lifeboat- ferry- logist- "
        "transport- aviation- rail shipping- fleet-"
    ),
    "science and research": (
        "scien- research- hydrolog- ocean- chemist- chemistry- physic- biolog- botan- econom- geolog- "
        "meteorolog- forecast- statistic- laborator- lab"
    ),
    "software and data": "software- develop- programm- data computer- internet cyber- cloud digital-",
    "engineering and making": (
        "engineer- hardware- electron- optic- instrument- clock- manufactur- machin- mechanic- sensor- build- "
        "construct- energy battery- carpent- maker-"
    ),
    "business and sales": ("sales- market- consult- advis- business- retail- trade- hr recruit- manager- operations-"),
}
ROLES = {
    "founder or owner": "founder- cofounder- owner- proprietor- entrepreneur-",
    "lead": (
        "head chief director- president- lead leader- partner chair ceo cto cfo coo principal dean manager- vp vice"
    ),
    "teacher or carer": (
        "teach- educat- lectur- trainer- tutor- nurse- doctor- coach- vet veterinar- therap- professor-"
    ),
    "researcher": (
        "research- scientist- hydrolog- economist- chemist- biolog- botan- physic- statistic- oceanograph- "
        "analyst- forecast-"
    ),
    "engineer or developer": "engineer- develop- programm- technician- architect-",
    "adviser or official": (
        "lawyer- notar- account- consult- advis- official- planner- underwrit- attorney- solicitor- officer- "
        "coordinator-"
    ),
    "storyteller": "journal- writer- editor- film- photograph- translat- author- reporter- curator- archiv-",
    "artist or designer": "artist- design- music- choreograph- illustrat- dancer- singer- conductor- composer-",
    "maker": "maker- baker- printer- farmer- builder- beekeep- potter- weav- clockmaker- brewer- chef carpenter-",
}
_NO_ORG = frozenset({"freelance", "selfemployed", "self", "independent", "none", "retired", "self-employed"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_field(contact: Contact) -> str:
    """The field of work; the industry's own words where no table knows it; empty where nothing is written."""
    own = " ".join(contact.industry.split())
    if own:
        return _first(own, FIELDS) or fold(own)
    return _first(contact.title, FIELDS) or _first(contact.org, FIELDS)


def read_role(contact: Contact) -> str:
    """The part somebody plays, by their title; empty where it says none of the table's words."""
    return _first(contact.title, ROLES)


def read_place(contact: Contact) -> str:
    """The country, or what stands last in the location: "Porto, Portugal" is Portugal."""
    first = re.split(r"\s+and\s+|[;/]", contact.location)[0]
    return first.rpartition(",")[2].strip()


def read_employer(contact: Contact) -> str:
    """The organisation, folded, so that colleagues are known as such; empty for the self-employed."""
    org = fold(" ".join(contact.org.split()))
    return "" if org.replace(" ", "") in _NO_ORG else org


def read_first_year(contact: Contact) -> int | None:
    """The year in which the two met, as `how_met` says."""
    years = [int(one) for one in _YEAR.findall(contact.how_met)]
    return min(years, default=None)


def _first(text: str, table: dict[str, str]) -> str:
    """The first row of the table that has a word of the text; empty where none has."""
    is_field = table is FIELDS
    places = [place for word in find_words(text) if (place := _place(fold(word.text), is_field)) is not None]
    return list(table)[min(places)] if places else ""


@lru_cache(maxsize=10_000)
def _place(word: str, is_field: bool) -> int | None:
    """Which row of the table the word stands in, counted from 0: a book says the same few words again and again."""
    for place, row in enumerate((FIELDS if is_field else ROLES).values()):
        for entry in row.split():
            if word == entry or (entry.endswith("-") and word.startswith(entry[:-1])):
                return place
    return None
