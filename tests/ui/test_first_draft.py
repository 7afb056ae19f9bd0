"""The first three minutes of somebody who has a LinkedIn export and a bio, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from screens import at_home, opened_page, served, settle, shoot, texts
from small_book import TODAY

CONNECTIONS = """Notes:
"When exporting your connection data, you may notice that some addresses are missing. You only see those of connections who allow it."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ines,Duarte,https://www.linkedin.com/in/ines-duarte-example,ines.duarte@harbourlight.example,Harbour Light,Exhibition curator,14 Mar 2024
Tomas,Okafor,https://www.linkedin.com/in/tomas-okafor-example,,Okafor Joinery,Boat builder,02 Feb 2023
Hanne,Vestergaard,https://www.linkedin.com/in/hanne-vestergaard-example,,Fjord Radio,Producer,19 Nov 2021
"Paul, MBA",Krige,https://www.linkedin.com/in/paul-krige-example,paul@krige.example,"Krige, Sons & Co",Accountant,07 Jul 2020
Mirela,Popa,https://www.linkedin.com/in/mirela-popa-example,,Delta Birds,Field biologist,30 Sep 2022
"""
MINE = (
    "I'm Robin Achterberg, an acoustic engineer in Rotterdam. I run Quiet Rooms, a two-person studio. I help museums "
    "with the acoustics of old halls, and I'm always happy to look over plans. I love tide mills and old harbours."
)
THEIRS = (
    "Curator at Harbour Light, Porto | Exhibitions about the sea\n"
    "I make exhibitions that people can touch. I'm preparing a show about tide mills and I'm looking for someone who "
    "can advise on the acoustics of a stone hall. In my free time I sing sea shanties."
)

# A slow person: finding and pressing something, a typed character, a paste with its trip to another window, a look at
# what has changed on the page, and the reading of the draft and of what it rests on.
PRESS, KEY, PASTE, LOOK, READ = 4.0, 0.4, 20.0, 8.0, 25.0
THREE_MINUTES = 180.0


class SlowPerson:
    """Drives the page and keeps account of what a slow person would have needed besides the machine's own time."""

    def __init__(self, page: Any) -> None:
        self.page, self.began = page, time.monotonic()
        self.clicks = self.keys = self.pastes = self.looks = 0

    def press(self, what: Any) -> None:
        what.click()
        self.clicks += 1

    def type_in(self, field: Any, text: str) -> None:
        self.press(field)
        field.press_sequentially(text)
        self.keys += len(text)

    def paste_in(self, field: Any, text: str) -> None:
        self.press(field)
        field.fill(text)
        self.pastes += 1

    def look(self, name: str) -> None:
        settle(self.page)
        shoot(self.page, name, whole=False)
        self.looks += 1

    @property
    def own_seconds(self) -> float:
        return PRESS * self.clicks + KEY * self.keys + PASTE * self.pastes + LOOK * self.looks + READ


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    with at_home(tmp_path / "home", TODAY), served(tmp_path) as address:
        yield address


@contextmanager
def newcomer(browser: Any, address: str, **how: Any) -> Iterator[SlowPerson]:
    with opened_page(browser, address, **{"viewport": {"width": 1280, "height": 900}, **how}) as page:
        yield SlowPerson(page)


def bring_connections(person: SlowPerson, folder: Path) -> None:
    export = folder / "Connections.csv"
    export.write_text(CONNECTIONS, encoding="utf-8")
    person.page.locator("input[type=file]").set_input_files(export)
    person.clicks += 3  # the file is found in the computer's own window
    person.page.get_by_text("Connections.csv", exact=True).wait_for()
    person.press(person.page.get_by_role("button", name="Bring them in"))
    person.page.get_by_text("Read 5: 5 added").wait_for()


def tell_of_both(person: SlowPerson) -> None:
    page = person.page
    person.type_in(page.get_by_label("Your name"), "Robin Achterberg")
    person.paste_in(page.get_by_label("About you"), MINE)
    person.type_in(page.get_by_role("combobox", name="Who"), "Ines")
    person.press(page.get_by_role("option", name="Ines Duarte"))
    person.paste_in(page.get_by_label("About them"), THEIRS)
    person.look("first-3-pasted")
    person.press(page.get_by_role("button", name="Write my first draft"))


def test_a_linkedin_export_and_a_bio_lead_to_a_useful_draft_in_three_minutes(
    browser: Any, empty: str, tmp_path: Path
) -> None:
    with newcomer(browser, empty) as person:
        page = person.page
        page.get_by_role("heading", name="Today", exact=True).wait_for()
        person.look("first-1-empty")
        bring_connections(person, tmp_path)
        person.look("first-2-imported")
        tell_of_both(person)
        page.get_by_text("Their bio says “I”").wait_for()
        person.look("first-4-retold")
        assert (
            "Ines is preparing a show about tide mills and is looking for"
            in page.get_by_label("About them").input_value()
        )
        person.press(page.get_by_role("button", name="Write my first draft"))
        body = page.get_by_role("textbox", name="Body")
        body.wait_for()
        person.look("first-5-draft")
        machine, own = time.monotonic() - person.began, person.own_seconds
        written = body.input_value()
        print(f"machine {machine:.1f} s, person {own:.0f} s: {person.clicks} clicks, {person.keys} keys")
        assert (
            "acoustics of a stone hall" in written and "I can help museums with the acoustics of old halls" in written
        )
        assert written.startswith(("Hi Ines", "Dear Ines", "Hello Ines"))
        shown = texts(page)
        assert "Ready" in shown.splitlines() and "I help museums with the acoustics of old halls" in shown
        page.set_viewport_size({"width": 1280, "height": 2400})
        person.look("first-6-whole")
        assert machine + own < THREE_MINUTES
