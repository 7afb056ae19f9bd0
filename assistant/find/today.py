"""What waits for the user today: drafts not sent, messages not answered, what they owe, birthdays near.

From values, so that any day can be asked for. It must never call for a message where the record says do not contact,
and it reminds of nobody twice in one list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from assistant.domain import Contact, Draft, DraftState, Outcome, Value
from assistant.find.balance import ContactBalance
from assistant.find.birthdays import find_birthday

BIRTHDAY_DAYS = 14


class TodayRow(Value):
    """One thing about one person; `draft_id` where it is a draft."""

    contact: str
    contact_id: str
    said: str
    draft_id: str = ""


class Today(Value):
    """Every list has its most pressing row first."""

    waiting: tuple[TodayRow, ...] = ()
    unanswered: tuple[TodayRow, ...] = ()
    owed: tuple[TodayRow, ...] = ()
    birthdays: tuple[TodayRow, ...] = ()


def find_today(
    people: Sequence[Contact],
    drafts: Sequence[Draft],
    balance: Sequence[ContactBalance],
    today: dt.date,
    due: Collection[str] = (),
) -> Today:
    """`drafts` come newest first, as `Assistant.drafts` gives them; `balance` whom the user owes most first.

    Who is `due` (by id) is told what they are owed there, and not again here.
    """
    open_to = {one.id: one for one in people if not one.do_not_contact}
    return Today(
        waiting=tuple(_of_drafts(drafts, DraftState.DRAFT, open_to)),
        unanswered=tuple(_of_drafts(drafts, DraftState.SENT, open_to)),
        owed=tuple(
            TodayRow(contact=one.contact, contact_id=one.contact_id, said=one.said)
            for one in balance
            if one.standing == "you_owe" and one.contact_id in open_to and one.contact_id not in due
        ),
        birthdays=tuple(find_birthdays(open_to.values(), today)),
    )


def _of_drafts(drafts: Iterable[Draft], state: DraftState, people: dict[str, Contact]) -> Iterator[TodayRow]:
    """The newest draft to each person, if it is in this state and there is a text."""
    seen: set[str] = set()
    for one in drafts:
        if one.to in people and one.to not in seen and one.body and one.outcome is not Outcome.REFUSED:
            seen.add(one.to)
            if one.state is state:
                said = one.edited[0] if one.edited else one.subject
                kind = one.kind.value.replace("_", " ")
                yield TodayRow(
                    contact=people[one.to].name, contact_id=one.to, said=said or f"a {kind}", draft_id=one.id
                )


def find_birthdays(people: Iterable[Contact], today: dt.date, within: int = BIRTHDAY_DAYS) -> list[TodayRow]:
    """Birthdays from today on, the next first."""
    found = []
    for one in people:
        day = find_birthday(one.birthday, today)
        if day and (day - today).days <= within:
            when = {0: "today", 1: "tomorrow"}.get((day - today).days, f"on {day.day} {day:%B}")
            found.append((day, TodayRow(contact=one.name, contact_id=one.id, said=f"Birthday {when}.")))
    return [row for _, row in sorted(found, key=lambda one: (one[0], one[1].contact))]
