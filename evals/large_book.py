"""A made-up book as large as anybody's: people with ten dated notes each, to measure what a page costs in it.

All of it is drawn from a few lists by a seeded generator. It must never be taken for the world that drafts are judged
on: nobody would write such notes.
"""

from __future__ import annotations

import random
from pathlib import Path

_FIRST = (
    "Ana Maren Tomas Gwen Jonas Lucia Kofi Nadia Piet Sofia Emre Lena Marco Ines Yusuf Greta Olu Hana Victor "
    "Mila Andre Zofia Tariq Freya Dario Noor Elias Petra Ravi Signe Bruno Amara Felix Oksana Hugo Leila Stefan "
    "Aiko Declan Vera"
).split()
_LAST = (
    "Ferreira Holm Novak Price Berg Conti Mensah Haddad Jansen Rossi Demir Fischer Bianchi Costa Aydin Lund "
    "Adeyemi Sato Moreau Petrov Silva Wolski Malik Quinn Greco Rahman Weber Kovac Iyer Dahl Ferrari Okoro "
    "Brandt Melnyk Laurent Karimi Keller Mori Byrne Horvat"
).split()
_THINGS = (
    "boat kiln notary pump drill choir orchard printer harbour ledger cello tent bridge loom archive turbine "
    "piano sail clock oven mosaic drone compost violin canal lantern bicycle greenhouse telescope quarry ferry "
    "bakery vineyard museum radio tannery sawmill beehive cistern tram"
).split()
_KINDS = (
    "old small wooden steel coastal medieval electric portable glass quiet northern municipal shared solar "
    "floating rare broken public foldable hand-made"
).split()
_PLACES = (
    "Porto Bergen Ghent Accra Busan Cork Brno Delft Izmir Taipei Valencia Gdansk Lyon Malmo Turin Leeds Tartu "
    "Graz Split Bern"
).split()
_OCCASIONS = "Coffee Call Lunch Workshop Mail Walk Fair Talk".split()


def write_book(folder: Path, people: int, notes: int = 10) -> None:
    """Writes a Markdown file for the user and one for each of `people`, each with so many dated notes."""
    chance = random.Random(5)
    folder.mkdir(parents=True)
    (folder / "me.md").write_text(_person(0, chance, notes).replace("---\n", "---\nme: true\n", 1), encoding="utf-8")
    for number in range(1, people + 1):
        (folder / f"{number}.md").write_text(_person(number, chance, notes), encoding="utf-8")


def address_of(number: int) -> str:
    return f"p{number}@large.example"


def _person(number: int, chance: random.Random, notes: int) -> str:
    name = f"{_FIRST[number % 40]} {chr(65 + number // 1600 % 26)}. {_LAST[number // 40 % 40]}"
    head = (
        f"---\nname: {name}\nemail: {address_of(number)}\n"
        f"org: {chance.choice(_THINGS).title()} {chance.choice(_KINDS).title()} {number % 600}\n"
        f"title: {chance.choice(_THINGS)} maker\nlocation: {chance.choice(_PLACES)}\n"
        f"industry: {chance.choice(_THINGS)}\n"
    )
    cadence = "cadence: quarterly\n" if chance.random() < 0.1 else ""
    return f"{head}{cadence}---\n" + "\n".join(_note(chance) for _ in range(notes)) + "\n"


def _note(chance: random.Random) -> str:
    thing, other, place, kind = map(chance.choice, (_THINGS, _THINGS, _PLACES, _KINDS))
    day = f"{chance.randint(2022, 2026)}-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}"
    typed = (
        f"- [need] a {kind} {thing} for the {place} office",
        f"- [offer] can repair a {kind} {thing}",
        f"- [interest] the history of the {kind} {thing}",
        f"- [gave] sent her the {thing} list",
        f"- [received] introduced me to a {thing} maker",
    )
    said = (
        f"We talked about the {kind} {thing} and how the {other} in {place} is kept.",
        f"She is looking for a {kind} {thing} these days.",
        f"He told me about his {other} in {place}, and the trip there.",
        f"They moved the {other} project to {place} last spring.",
        f"Her brother repairs every {kind} {other} he finds.",
    )
    lines = chance.choices((*typed, ""), weights=(25, 25, 15, 7, 6, 22)) + [chance.choice(said)]
    return "\n".join([f"## {day} {chance.choice(_OCCASIONS)} in {place}", *filter(None, lines)])
