"""The page Person: one person in one sight. Now, the next good move, common ground, balance, time, facts with quotes.

Shows private things, for it is the user's own book. It must never render a name or a note as Markdown, and never
change a record by anything but `note`, `log`, `favour`, `forget` and the box for one line.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import CommonGround, Contact, Fact, FavourKind, Visibility
from assistant.find.balance import ContactBalance
from assistant.find.timeline import Moment, build_timeline
from assistant.next_move import Move, find_move
from assistant.render.forgetting import render_forgetting, render_forgotten
from assistant.text import fold
from ui.capture import show_capture_box
from ui.first import lead_in
from ui.parts import (
    KINDS,
    choose_person,
    escape,
    find_ground,
    get_assistant,
    list_people,
    marks_of,
    one_line,
    say,
    show_table,
    source_of,
    told,
)
from ui.ways import PEOPLE, link_briefing, link_new_draft, put_in_address, take_from_address

_SHOWN = 12
_CHANNELS = {"meeting": "We met", "call": "A call", "email": "A mail", "message": "A short message"}
_WAYS = {"out": "from me", "in": "from them", "both": "both ways"}
_FAVOURS = {
    FavourKind.GAVE: "I gave",
    FavourKind.RECEIVED: "I received",
    FavourKind.ASKED: "I asked for",
}


def main() -> None:
    assistant = get_assistant()
    people = list_people(assistant)
    if not people:
        st.title("Person")
        lead_in("One person in one sight: what you know, what you share, what could come next.")
        return
    take_from_address("who", "person_who")
    with told():
        contact = choose_person(people, "person_who", on_change=put_in_address, args=("who", "person_who"))
        if contact:
            show_person(assistant, contact)


def show_person(assistant: Assistant, contact: Contact) -> None:
    profile = assistant.show(contact.id)
    (balance,) = assistant.balance(contact.id)
    st.title(escape(contact.name), anchor=False)
    show_capture_box(assistant, (contact,), contact.id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_now(contact)
        link_briefing([contact.id], "Brief me")
        with told():
            show_move(contact, find_move(assistant, profile, balance))
        st.header("Common ground")
        with told():
            show_ground(find_ground(assistant, contact.id))
    with right:
        show_capture(assistant, contact)
        show_balance(balance)
        show_timeline(build_timeline(profile))
    show_facts(profile.facts)
    if st.button("Forget …", key=f"forget-{contact.id}", icon=":material/delete:", type="tertiary"):
        show_forget(assistant, contact)


# --- as things are ------------------------------------------------------------------------------------------------


def show_now(one: Contact) -> None:
    fields = {
        "Work": ", ".join(part for part in (one.title, one.org) if part),
        "Place": one.location,
        "Email": ", ".join(one.emails),
        "Phone": ", ".join(one.phones),
        "Links": ", ".join(one.links),
        "Tags": ", ".join(one.tags),
        "How you met": one.how_met,
        "Birthday": one.birthday,
        "Contact": "do not contact" if one.do_not_contact else "",
    }
    say("\n".join(f"{name}: {value}" for name, value in fields.items() if value) or "Only a name so far.")


def show_move(contact: Contact, move: Move) -> None:
    with st.container(border=True):
        st.header("Next good move")
        say(move.why)
        say(move.said)
        if move.kind:
            link_new_draft(contact.id, move.kind, f"Draft it — {KINDS[move.kind]}")


def show_ground(found: tuple[CommonGround, ...]) -> None:
    if not found:
        say("None found. A line about them, or about you in your own note, may change that.")
    for one in found[:_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            say(f"{one.kind.replace('_', ' ')}: {one.text}")
            say(f"You: “{one.mine.quote}” ({source_of(one.mine)})")
            say(f"They: “{one.theirs.quote}” ({source_of(one.theirs)})")


def show_facts(facts: tuple[Fact, ...]) -> None:
    st.header("Facts")
    if not facts:
        say("None yet. Facts are read out of your notes.")
        return
    show_table(
        {
            "kind": one.kind.value,
            "who may know": one.visibility.value,
            "date": str(one.date or ""),
            "text": one.text,
            "quote": one.quote,
            "marks": marks_of(one),
        }
        for one in facts
    )
    count = sum(one.visibility is Visibility.PRIVATE for one in facts)
    if count:
        say(f"{count} of these: private, and never in a draft.")


def show_balance(balance: ContactBalance) -> None:
    st.header("Balance")
    say(f"You gave {balance.gave}, received {balance.received}, asked {balance.asked}.")
    say(balance.said)


def show_timeline(moments: tuple[Moment, ...]) -> None:
    st.header("Timeline")
    if not moments:
        say("Nothing is noted yet.")
    lately, earlier = moments[:_SHOWN], moments[_SHOWN:]
    for one in lately:
        show_moment(one)
    if earlier:
        with st.expander(f"Earlier ({len(earlier)})"):
            for one in earlier:
                show_moment(one)


def show_moment(one: Moment) -> None:
    with st.container(border=True, gap="xsmall"):
        say(f"{one.day or 'undated'} {one.title}".strip())
        if one.text:
            say(one.text)


# --- what is new --------------------------------------------------------------------------------------------------


def show_capture(assistant: Assistant, contact: Contact) -> None:
    with st.expander("Add a note", expanded=True, icon=":material/edit:"):
        show_note_form(assistant, contact)
    with st.expander("We were in touch", icon=":material/forum:"):
        show_touch_form(assistant, contact)
    with st.expander("A favour", icon=":material/redeem:"):
        show_favour_form(assistant, contact)


def show_note_form(assistant: Assistant, contact: Contact) -> None:
    with st.form(f"note-{contact.id}", clear_on_submit=True, border=False):
        text = st.text_area("What you want to remember")
        title = st.text_input("Occasion", placeholder="Coffee in Porto")
        date = st.date_input("Date", value=assistant.today)
        sent = st.form_submit_button("Save note")
    if sent:
        with told():
            assistant.note(contact.id, text, title, date)
            st.rerun()


def show_touch_form(assistant: Assistant, contact: Contact) -> None:
    with st.form(f"touch-{contact.id}", clear_on_submit=True, border=False):
        channel = st.selectbox("How", list(_CHANNELS), format_func=_CHANNELS.__getitem__)
        way = st.selectbox("From whom", ["both", "out", "in"], format_func=_WAYS.__getitem__)
        text = st.text_area("What was said (becomes a note)")
        date = st.date_input("Day", value=assistant.today)
        sent = st.form_submit_button("Keep it")
    if sent:
        with told():
            assistant.log(contact.id, text, channel or "meeting", way, date)
            st.rerun()


def show_favour_form(assistant: Assistant, contact: Contact) -> None:
    with st.form(f"favour-{contact.id}", clear_on_submit=True, border=False):
        kind = st.selectbox("Which way", list(_FAVOURS), format_func=_FAVOURS.__getitem__)
        text = st.text_input("What it was", placeholder="the tide-gauge data")
        date = st.date_input("On", value=assistant.today)
        sent = st.form_submit_button("Keep the favour")
    if sent:
        with told():
            assistant.favour(contact.id, kind or FavourKind.GAVE, text, date)
            st.rerun()


# --- forgetting ---------------------------------------------------------------------------------------------------


@st.dialog("Forget this person")
def show_forget(assistant: Assistant, contact: Contact) -> None:
    with told():
        found = assistant.preview_forget(contact.id)
        say(render_forgetting(found))
        say("This cannot be undone. They stay out of every import until you let them back.")
        typed = st.text_input("To forget them, type the name", placeholder=one_line(contact.name))
        if st.button("Forget for good", type="primary", disabled=fold(typed.strip()) != fold(one_line(contact.name))):
            gone = assistant.forget(contact.id)
            st.session_state.pop("person_who", None)
            st.session_state["forgotten"] = render_forgotten(gone)
            st.switch_page(PEOPLE)


main()
