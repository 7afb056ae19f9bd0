from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Contact, Draft, DraftKind, DraftState, Favour, FavourKind, Outcome, Plan
from assistant.find.balance import weigh_balance
from assistant.find.today import find_birthdays, find_today

TODAY = dt.date(2026, 11, 20)
ANA = Contact(id="c-ana", name="Ana Ferreira")
BOB = Contact(id="c-bob", name="Bob Stone")


def draft(to: str, state: DraftState = DraftState.DRAFT, name: str = "d-1", subject: str = "Ice prices") -> Draft:
    return Draft(
        id=name,
        kind=DraftKind.GIVE_FIRST,
        to=to,
        subject=subject,
        body="Hi",
        sentences=(),
        findings=(),
        outcome=Outcome.READY,
        plan=Plan(kind=DraftKind.GIVE_FIRST, to=to),
        state=state,
    )


def test_only_the_newest_draft_to_a_person_counts() -> None:
    drafts = [draft("c-ana", DraftState.SENT, "d-2"), draft("c-ana", DraftState.DRAFT, "d-1"), draft("c-bob")]
    found = find_today([ANA, BOB], drafts, (), TODAY)
    assert [one.draft_id for one in found.unanswered] == ["d-2"]
    assert [one.contact for one in found.waiting] == ["Bob Stone"]


def test_an_answered_or_dropped_draft_waits_for_nothing() -> None:
    drafts = [draft("c-ana", DraftState.REPLIED), draft("c-bob", DraftState.DROPPED)]
    found = find_today([ANA, BOB], drafts, (), TODAY)
    assert found.waiting == found.unanswered == ()


def test_a_draft_without_a_subject_is_named_by_its_kind() -> None:
    assert find_today([ANA], [draft("c-ana", subject="")], (), TODAY).waiting[0].said == "a give first"


def test_nobody_marked_do_not_contact_is_brought_up() -> None:
    gone = Contact(id="c-ana", name="Ana Ferreira", do_not_contact=True, birthday="1980-11-21")
    favour = Favour(id="g-1", contact_id="c-ana", kind=FavourKind.RECEIVED, text="advice")
    found = find_today([gone], [draft("c-ana")], [weigh_balance(gone, [favour])], TODAY)
    assert (found.waiting, found.owed, found.birthdays) == ((), (), ())


def test_only_those_the_user_owes_are_listed_as_owed() -> None:
    favour = Favour(id="g-1", contact_id="c-ana", kind=FavourKind.RECEIVED, text="advice")
    asked = Favour(id="g-2", contact_id="c-bob", kind=FavourKind.ASKED, text="advice")
    rows = [weigh_balance(ANA, [favour]), weigh_balance(BOB, [asked])]
    assert [one.contact for one in find_today([ANA, BOB], (), rows, TODAY).owed] == ["Ana Ferreira"]


def test_whoever_is_due_is_not_told_twice() -> None:
    favour = Favour(id="g-1", contact_id="c-ana", kind=FavourKind.RECEIVED, text="advice")
    assert find_today([ANA], (), [weigh_balance(ANA, [favour])], TODAY, due=["c-ana"]).owed == ()


@pytest.mark.parametrize(
    ("birthday", "today", "said"),
    [
        ("1980-11-20", TODAY, "Birthday today."),
        ("--11-21", TODAY, "Birthday tomorrow."),
        ("9 April 1983", dt.date(2027, 4, 1), "Birthday on 9 April."),
        ("--12-04", TODAY, "Birthday on 4 December."),
        ("1980-12-05", TODAY, None),
        ("1980-11-19", TODAY, None),
        ("1980-01-02", dt.date(2026, 12, 30), "Birthday on 2 January."),
        ("1980-02-29", dt.date(2027, 2, 27), "Birthday tomorrow."),
        ("1980-02-29", dt.date(2028, 2, 28), "Birthday tomorrow."),
        ("1980-13-40", TODAY, None),
        ("in spring", TODAY, None),
        ("", TODAY, None),
    ],
)
def test_birthdays_of_the_next_two_weeks(birthday: str, today: dt.date, said: str | None) -> None:
    found = find_birthdays([Contact(id="c-ana", name="Ana Ferreira", birthday=birthday)], today)
    assert [one.said for one in found] == ([said] if said else [])
