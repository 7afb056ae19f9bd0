"""The page Today: what waits for the user, each with the way to do it.

It must never decide what waits: `find_today` does. It never scolds, and an empty list says what would fill it.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.app import Assistant
from assistant.find.due import DueContact
from assistant.find.today import TodayRow, find_today
from ui.capture import show_capture_box
from ui.first import lead_in
from ui.parts import find_balance, find_due, get_assistant, list_people, say, told
from ui.ways import link_draft, link_person

_MOST = 6  # a list one can do something about today
_MOST_LINES = 3


def main() -> None:
    assistant = get_assistant()
    st.title("Today")
    people = list_people(assistant)
    if not people:
        lead_in("Who is due, what waits, whom you could do something for: it stands here once there is somebody.")
        return
    say(f"{assistant.today:%A}, {assistant.today.day} {assistant.today:%B %Y}")
    show_capture_box(assistant, people)
    due = find_due(assistant)[:_MOST]
    named = [one.contact_id for one in due]
    found = find_today(people, assistant.drafts(), find_balance(assistant), assistant.today, named)
    with told():
        show_due(assistant, due)
    left, right = st.columns(2, gap="large")
    with left:
        show_rows("Good places to give", found.owed, "Nobody did more for you than you for them, as far as noted.")
        show_rows("Birthdays", found.birthdays, "None in the next two weeks.")
    with right:
        show_rows(
            "Drafts that wait for you", found.waiting, "None. A draft you wrote and did not send would stand here."
        )
        show_rows("Sent, and no answer yet", found.unanswered, "None. Mark a draft as sent, and it is watched here.")


def show_due(assistant: Assistant, due: tuple[DueContact, ...]) -> None:
    """Who is due, why, what to bring; and a way to put them off, which brings up the next."""
    st.header("Time to be in touch")
    if not due:
        say("Nobody is due today. Whoever has a cadence, or was once in touch, stands here when it is time.")
    for place in range(0, len(due), 2):
        for column, one in zip(st.columns(2), due[place : place + 2], strict=False):
            with column, st.container(border=True, gap="xsmall", height="stretch"):
                show_due_person(assistant, one)


def show_due_person(assistant: Assistant, one: DueContact) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        link_person(one.contact_id, one.contact)
        if st.button("In a week", key=f"snooze-{one.contact_id}", icon=":material/snooze:", type="tertiary"):
            assistant.snooze(one.contact_id, assistant.today + dt.timedelta(days=7))
            st.rerun()
    say(one.why)
    for line in one.bring[:_MOST_LINES]:
        say(f"• {line}")


def show_rows(label: str, rows: tuple[TodayRow, ...], nothing: str) -> None:
    st.header(label)
    if not rows:
        say(nothing)
    for one in rows[:8]:
        with st.container(border=True, gap="xsmall"):
            link_person(one.contact_id, one.contact)
            if one.draft_id:
                link_draft(one.draft_id, one.said)
            else:
                say(one.said)
    if len(rows) > 8:
        say(f"… and {len(rows) - 8} more")


main()
