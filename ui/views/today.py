"""The page Today: a few things worth doing, each with its reason and a click to begin; then what waits.

It must never decide what is worth doing or what waits: `suggestions` and `find_today` do. It never scolds, and an empty
list says what would fill it.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.app import Assistant
from assistant.domain import Contact, DraftKind
from assistant.find.due import DueContact
from assistant.find.suggestions import PACKET, Suggestion
from assistant.find.today import TodayRow, find_today
from assistant.render.today import cited
from ui.answers import find_balance, find_due, find_suggestions, list_people
from ui.capture import show_capture_box
from ui.first import lead_in
from ui.parts import KINDS, escape, get_assistant, say, told
from ui.ways import go_to_draft, go_to_packet, link_draft, link_person

_MOST = 4  # a list one can do something about today
_MOST_LINES = 3
_AWAY = "today_sent_away"
_KINDS = {
    "due": "Time to be in touch",
    "give": "You could give",
    "introduction": "You could introduce",
    "news": "News to share",
}


def main() -> None:
    assistant = get_assistant()
    st.title("Today")
    people = list_people(assistant)
    if not people:
        lead_in("Who is due, what waits, whom you could do something for: it stands here once there is somebody.")
        return
    say(f"{assistant.today:%A}, {assistant.today.day} {assistant.today:%B %Y}")
    show_capture_box(assistant, people)
    with told():
        show_day(assistant, people)


def show_day(assistant: Assistant, people: tuple[Contact, ...]) -> None:
    """What is worth doing, then what waits."""
    suggested = find_suggestions(assistant)
    show_suggestions(assistant, suggested)
    named = {person.id for one in suggested for person in one.people} | find_sent_away(assistant)
    due = find_due(assistant)
    found = find_today(
        people, assistant.drafts(), find_balance(assistant), assistant.today, [d.contact_id for d in due]
    )
    show_due(assistant, tuple(one for one in due if one.contact_id not in named)[:_MOST])
    left, right = st.columns(2, gap="large")
    with left:
        show_rows("Good places to give", found.owed, "Nobody did more for you than you for them, as far as noted.")
        show_rows("Birthdays", found.birthdays, "None in the next two weeks.")
    with right:
        show_rows(
            "Drafts that wait for you", found.waiting, "None. A draft you wrote and did not send would stand here."
        )
        show_rows("Sent, and no answer yet", found.unanswered, "None. Mark a draft as sent, and it is watched here.")


# --- worth doing --------------------------------------------------------------------------------------------------


def show_suggestions(assistant: Assistant, found: tuple[Suggestion, ...]) -> None:
    st.header("Worth doing today")
    show_undo(assistant)
    if not found:
        say("Nothing presses. What people need, offer and care about would bring something up: jot it above.")
    for place in range(0, len(found), 2):
        for column, one in zip(st.columns(2), found[place : place + 2], strict=False):
            with column, st.container(border=True, gap="xsmall", height="stretch"):
                show_suggestion(assistant, one)


def show_suggestion(assistant: Assistant, one: Suggestion) -> None:
    """What kind, whom, why, the quotes; the way to do it, and two ways to send it away."""
    say(_KINDS[one.kind])
    with st.container(horizontal=True, vertical_alignment="center"):
        for person in one.people:
            link_person(person.id, person.name)
    say(one.why)
    for each in one.evidence:
        say(cited(each))
    with st.container(horizontal=True, vertical_alignment="center"):
        begin = "Bring them together" if one.action.kind == PACKET else KINDS[DraftKind(one.action.kind)].split(":")[0]
        if st.button(escape(begin), key=f"do-{one.key}", type="primary", icon=":material/arrow_forward:"):
            begin_action(one)
        if st.button("Not now", key=f"not-now-{one.key}", type="tertiary", help="It comes back in a month"):
            send_away(assistant, one, 30)
        if st.button("Not this", key=f"not-this-{one.key}", type="tertiary", help="It does not come back"):
            send_away(assistant, one, None)


def begin_action(one: Suggestion) -> None:
    if one.action.kind == PACKET:
        go_to_packet(one.action.to, one.action.other)
    else:
        go_to_draft(one.action.to, DraftKind(one.action.kind), one.action.about, one.action.channel)


def send_away(assistant: Assistant, one: Suggestion, days: int | None) -> None:
    assistant.dismiss(one.key, days)
    names = " and ".join(person.name for person in one.people)
    when = f"until {assistant.today + dt.timedelta(days=days)}" if days else "for good"
    st.session_state[_AWAY] = (one.key, f"Sent away {when}: {names}.")
    st.rerun()


def find_sent_away(assistant: Assistant) -> set[str]:
    """Whom not to bring up again below: who is sent away as due, and whoever was just now."""
    key, _ = st.session_state.get(_AWAY, ("", ""))
    away = [one for one in assistant.dismissed() if one.kind == "due" or one.key == key]
    return {person.id for one in away for person in one.people}


def show_undo(assistant: Assistant) -> None:
    """The line after something was sent away, and the way back."""
    if _AWAY not in st.session_state:
        return
    key, said = st.session_state[_AWAY]
    with st.container(horizontal=True, vertical_alignment="center"):
        say(said)
        if st.button("Undo", key="today-undo", type="tertiary", icon=":material/undo:"):
            del st.session_state[_AWAY]
            assistant.bring_back(key)
            st.rerun()


# --- what waits ---------------------------------------------------------------------------------------------------


def show_due(assistant: Assistant, due: tuple[DueContact, ...]) -> None:
    """Who else is due, why, what to bring; and a way to put them off, which brings up the next."""
    if due:
        st.header("Also due")
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
