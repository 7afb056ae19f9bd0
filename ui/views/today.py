"""The page Today: what waits for the user, each with the way to do it.

It must never decide what waits: `find_today` does. It never scolds, and an empty list says what would fill it.
"""

from __future__ import annotations

import streamlit as st

from assistant.find.today import TodayRow, find_today
from ui.first import lead_in
from ui.parts import get_assistant, say
from ui.ways import link_draft, link_person


def main() -> None:
    assistant = get_assistant()
    st.title("Today")
    people = assistant.people()
    if not people:
        lead_in("Who is due, what waits, whom you could do something for: it stands here once there is somebody.")
        return
    say(f"{assistant.today:%A}, {assistant.today.day} {assistant.today:%B %Y}")
    found = find_today(people, assistant.drafts(), assistant.balance(), assistant.today)
    # DUE: the rows of `Assistant.due` go here, above everything else.
    left, right = st.columns(2, gap="large")
    with left:
        show_rows("Good places to give", found.owed, "Nobody did more for you than you for them, as far as noted.")
        show_rows("Birthdays", found.birthdays, "None in the next two weeks.")
    with right:
        show_rows(
            "Drafts that wait for you", found.waiting, "None. A draft you wrote and did not send would stand here."
        )
        show_rows("Sent, and no answer yet", found.unanswered, "None. Mark a draft as sent, and it is watched here.")


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
