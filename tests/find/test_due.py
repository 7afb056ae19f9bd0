"""Who is due in the fictional world, against what its notes say when read by hand; and in what order, and why."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from assistant.app import Assistant
from assistant.domain import Contact, FavourKind, Record
from assistant.find.digest import load_digest
from assistant.find.due import DueContact, load_due
from assistant.find.reminders import KEPT_UP_DAYS
from assistant.find.touches import all_touches
from assistant.intervals import NEVER, CadenceRules, make_interval, read_interval
from assistant.settings import Settings
from assistant.store import records
from assistant.store.snoozes import save_snooze
from evals.world import TODAY

RULES = CadenceRules(make_interval(91), {})
# Last time in touch by the notes, and the days of the cadence: each row's due day is their sum.
DUE = {
    "Maren Holm": (dt.date(2026, 10, 5), 30, True),  # 16 days late, and 15 would be in time
    "Priya Nair": (dt.date(2026, 6, 25), 91, True),
    "Ruth Adeyemi": (dt.date(2026, 8, 19), 91, False),
    "Oleksandr Koval": (dt.date(2026, 10, 21), 30, False),  # today
    "Lena Fischer": (dt.date(2026, 4, 18), 91, True),
    "Inês Duarte": (dt.date(2026, 7, 14), 91, False),
    "Tom Weber": (dt.date(2026, 5, 12), 91, True),
    "Viktor Hale": (dt.date(2026, 5, 20), 91, True),
    "Nadia Haddad": (dt.date(2026, 8, 6), 91, False),
}


@pytest.fixture(scope="module")
def opened(world_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home = shutil.copytree(world_home, tmp_path_factory.mktemp("due") / "home")
    with Assistant.open(settings=Settings(home=home, embeddings="off"), today=TODAY) as assistant:
        yield assistant


@pytest.fixture
def world(opened: Assistant) -> Iterator[Any]:
    """A writer's connection on the world, whose changes are taken back."""
    with opened._store.engine.execution_options(immediate=True).connect() as connection:
        yield connection
        connection.rollback()


def due(connection: Any, today: dt.date = TODAY, within: int = 0, rules: CadenceRules = RULES) -> dict[str, DueContact]:
    return {one.contact: one for one in load_due(connection, today, rules, within)}


def test_the_due_of_the_world_are_those_its_notes_tell(world: Any) -> None:
    found = due(world)
    assert {name: (one.last, one.every_days, one.overdue) for name, one in found.items()} == DUE
    for one in found.values():
        assert one.last and one.due == one.last + dt.timedelta(days=one.every_days)
        assert one.late_days == (TODAY - one.due).days >= 0
    assert list(found)[:4] == ["Maren Holm", "Priya Nair", "Ruth Adeyemi", "Oleksandr Koval"]


def test_the_days_to_come_are_those_of_the_cadences(world: Any) -> None:
    found = due(world, within=30)
    chosen = {
        name: one.due for name, one in found.items() if name in ("Siobhán O'Connor", "Ana Ferreira", "Greta Lindqvist")
    }
    assert chosen == {
        "Siobhán O'Connor": dt.date(2026, 12, 1),  # 1 November and 30 days
        "Ana Ferreira": dt.date(2026, 12, 8),  # 8 September and 91
        "Greta Lindqvist": dt.date(2026, 12, 17),  # 17 September and 91
    }
    assert "Harriet Boyd" not in found, "29 October and 91 days is in January"
    assert found["Ana Ferreira"].late_days == -18


def test_the_order_is_reckoned_from_its_parts(world: Any) -> None:
    """Priya: 57 days of 91 late, a cadence of her own, no need that can be met, nothing owed, and a tie of 0.057."""
    from assistant.find.network import load_network

    strengths = {one.contact: one.strength for one in load_network(world, TODAY).contacts}
    found = due(world)
    late = 1 + 57 / 91
    assert found["Priya Nair"].urgency == pytest.approx(late * (2 + strengths["Priya Nair"]), abs=0.003)
    maren = (1 + 16 / 30) * (2 + strengths["Maren Holm"] + 0.5 + 0.5)  # her data, and two favours received
    assert found["Maren Holm"].urgency == pytest.approx(maren, abs=0.003)
    urgencies = [one.urgency for one in found.values()]
    assert urgencies == sorted(urgencies, reverse=True)


def test_each_row_says_why_in_one_sentence_with_its_dates(world: Any) -> None:
    found = due(world)
    assert found["Maren Holm"].why == (
        "You want to be in touch with Maren every month; the last time was 5 October 2026, 46 days ago."
    )
    assert found["Nadia Haddad"].why == (
        "You and Nadia keep in touch, and every quarter is a good measure; "
        "the last time was 6 August 2026, 106 days ago."
    )


def test_what_to_bring_rests_on_the_book(opened: Assistant, world: Any) -> None:
    found = due(world)
    assert found["Maren Holm"].bring == (
        "Your offer “can share ten years of tide-gauge data” meets a need: "
        "“ten years of tide-gauge data for a model” (noted 23 April 2026).",
        "Maren did something for you once, and nothing has gone back yet. A good moment to give.",
    )
    profile = opened.show("Maren Holm")
    known = {one.id for one in (*profile.facts, *profile.favours, *opened.show("Dana Marlow").facts)}
    assert set(found["Maren Holm"].evidence) <= known and len(found["Maren Holm"].evidence) == 3


def test_a_need_that_is_met_or_over_is_not_brought_again(world: Any) -> None:
    """Lena found her accountant, and Priya her co-author: both once had an open need."""
    found = due(world)
    assert not any("accountant" in line for line in found["Lena Fischer"].bring)
    assert not any("co-author" in line for line in found["Priya Nair"].bring)


def test_the_user_and_who_is_not_to_be_contacted_are_never_due(world: Any) -> None:
    everybody = due(world, within=3660)
    assert not {"Dana Marlow", "Rosa Gallo", "Sam Okoro"} & set(everybody)


def test_who_has_no_cadence_and_was_hardly_in_touch_is_never_due(world: Any) -> None:
    everybody = due(world, within=3660)
    assert not {"Dev Patel", "Zoë Brânză", "Bea Lindqvist", "Paolo Ricci", "Ágnes Tóth"} & set(everybody)
    assert set(due(world, rules=CadenceRules(NEVER, {}))) == {
        "Maren Holm", "Priya Nair", "Ruth Adeyemi", "Oleksandr Koval",
    }  # fmt: skip


def expected(connection: Any, today: dt.date, interval: Callable[[Contact], int]) -> set[str]:
    """The rule once more, from every single time in touch."""
    days: dict[str, set[dt.date]] = {}
    ways: dict[str, set[str]] = {}
    for touch in all_touches(connection, today):
        days.setdefault(touch.contact_id, set()).add(touch.day)
        if (today - touch.day).days < KEPT_UP_DAYS:
            ways.setdefault(touch.contact_id, set()).update(
                {"in", "out"} if touch.direction == "both" else {touch.direction}
            )
    names = set()
    for one in records.load_contacts(connection):
        own = interval(one)
        recent = {day for day in days.get(one.id, ()) if (today - day).days < KEPT_UP_DAYS}
        kept_up = len(recent) >= 2 and ways.get(one.id, set()) == {"in", "out"}
        every = own or (91 if kept_up else 0)
        last = max(days.get(one.id, set()), default=None)
        if every and not one.do_not_contact and not one.me and (last is None or (today - last).days >= every):
            names.add(one.id)
    return names


def test_the_whole_book_is_due_on_the_days_it_should_be_for_two_years(world: Any) -> None:
    for step in range(0, 730, 12):
        today = dt.date(2025, 6, 1) + dt.timedelta(days=step)
        rows = load_due(world, today, RULES)
        wanted = expected(world, today, lambda one: (read_interval(one.cadence) or NEVER).ideal)
        assert {one.contact_id for one in rows} == wanted and len(rows) == len(wanted), today


def add(connection: Any, name: str, **more: Any) -> str:
    return records.save_record(connection, Record(name=name, source=f"markdown:{name}.md", where="", **more)).contact_id


def test_who_has_a_cadence_and_was_never_in_touch_is_due_at_once(world: Any) -> None:
    add(world, "Ida Lund", cadence="every 10 days")
    assert due(world)["Ida Lund"].why == (
        "You want to be in touch with Ida every 10 days; no time in touch is noted yet."
    )


def test_a_birthday_and_a_day_ahead_are_brought(world: Any) -> None:
    add(world, "Ida Lund", cadence="weekly", birthday="1990-12-01")
    assert due(world)["Ida Lund"].bring == ("Birthday on 1 December.",)
    assert due(world, TODAY + dt.timedelta(11))["Ida Lund"].bring == ("Birthday today.",)
    assert due(world, TODAY + dt.timedelta(12))["Ida Lund"].bring == ()


@pytest.mark.parametrize("days", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_a_digest_never_mentions_anybody_twice(world: Any, days: int) -> None:
    for number in range(6):
        born = TODAY + dt.timedelta(days=9 * number)
        cadence = ("", "weekly", "every 40 days")[number % 3]
        one = add(
            world, f"Ida{number} Lund", cadence=cadence, birthday=born.isoformat(), emails=(f"i{number}@lund.example",)
        )
        if number % 2:
            save_snooze(world, one, TODAY + dt.timedelta(days=8 * number))
    for step in range(0, 60, days):
        found = load_digest(world, TODAY + dt.timedelta(days=step), RULES)
        rows = [*found.overdue, *found.due, *found.birthdays, *found.promises]
        named = [one.contact_id for one in rows]
        assert len(named) == len(set(named))
        assert {one.contact_id for one in (*found.overdue, *found.due)} == {
            one.contact_id for one in load_due(world, found.day, RULES)
        }


def test_the_digest_holds_the_birthdays_of_the_week_and_the_promises_that_wait(world: Any) -> None:
    add(world, "Ida Lund", birthday="--11-26")
    add(world, "Oda Lund", birthday="--11-27")
    add(world, "Una Lund", birthday="--11-20", do_not_contact=True)
    found = load_digest(world, TODAY, RULES)
    assert [(one.contact, one.day) for one in found.birthdays] == [("Ida Lund", dt.date(2026, 11, 26))]
    assert [(one.contact, one.text) for one in found.promises] == [("Harriet Boyd", "That's twice now, I owe her.")]


def test_the_text_of_the_book_is_read_once_and_times_in_touch_never_one_by_one(world: Any) -> None:
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(" ".join(statement.split()))

    event.listen(world, "before_cursor_execute", listen)
    due(world)
    event.remove(world, "before_cursor_execute", listen)
    assert sum("FROM notes" in one and "WHERE" not in one for one in said) == 1
    assert not any("FROM passages" in one and "WHERE" not in one for one in said)
    touches = [one for one in said if "FROM interactions" in one and "interactions.id" not in one.split("FROM")[0]]
    assert len(touches) == 3 and all("GROUP BY" in one or "note_id IS NOT NULL" in one for one in touches)
    assert len(said) < 20, "as many questions for ten people as for a thousand"


def test_what_is_owed_is_what_balance_says(opened: Assistant, world: Any) -> None:
    owed = {one.contact for one in opened.balance() if one.standing == "you_owe"}
    told = {name for name, one in due(world).items() if any("nothing has gone back" in line for line in one.bring)}
    assert told == owed & set(DUE)
    assert due(world)["Viktor Hale"].bring == (
        "You asked Viktor 3 times and have not noted giving anything yet. A small offer would fit.",
    )
    assert FavourKind.GAVE not in {entry.kind for one in opened.balance("Maren Holm") for entry in one.entries}
