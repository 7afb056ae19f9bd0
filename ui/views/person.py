"""The page Person: one person in one sight. Now, the next good move, common ground, balance, time, facts with quotes.

Shows private things, for it is the user's own book. It must never render a name or a note as Markdown, and never
change a record by anything but `note`, `log`, `favour`, `add_details`, `forget` and the box for one line.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.app import Assistant
from assistant.domain import CommonGround, Contact, Fact, FactKind, FavourKind, GroundKind, Visibility
from assistant.find.balance import ContactBalance
from assistant.find.timeline import Moment, build_timeline
from assistant.next_move import Move, find_move
from assistant.render.forgetting import render_forgetting, render_forgotten
from assistant.text import fold
from ui.answers import find_ground, list_people
from ui.capture import show_capture_box
from ui.first import lead_in
from ui.parts import (
    KINDS,
    choose_person,
    cite,
    escape,
    get_assistant,
    in_words,
    marks_of,
    one_line,
    say,
    say_plan,
    source_of,
    told,
    unfold,
)
from ui.ways import DRAFT, PEOPLE, link_briefing, link_new_draft, put_in_address, take_from_address

_SHOWN = 12
_CHANNELS = {"meeting": "We met", "call": "A call", "email": "A mail", "message": "A short message"}
_WAYS = {"out": "from me", "in": "from them", "both": "both ways"}
_GROUND: dict[GroundKind, str] = {
    "employer": "You both worked at",
    "education": "You both learnt at",
    "place": "A place you share",
    "event": "You were both at",
    "interest": "You both care about",
    "person": "You both know",
    "need_met": "You could help with",
    "offer_met": "They could help you with",
}
_MAY_KNOW = {
    Visibility.PUBLIC: "anybody may know",
    Visibility.PERSONAL: "between the two of you",
    Visibility.PRIVATE: "private: only you may know",
}
_FACTS = {
    FactKind.NEED: "Needs",
    FactKind.OFFER: "Offers",
    FactKind.PROJECT: "Works on",
    FactKind.INTEREST: "Cares about",
    FactKind.ROLE: "Does",
    FactKind.EMPLOYER: "Works at",
    FactKind.EDUCATION: "Learnt at",
    FactKind.PLACE: "Places",
    FactKind.EVENT: "Events",
    FactKind.PERSONAL: "Life",
    FactKind.PREFERENCE: "Likes it this way",
}
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
        if assistant.me() is None:
            show_unknown_user()
        else:
            with told():
                show_move(contact, find_move(assistant, profile, balance))
            st.header("Common ground")
            with told():
                show_ground(find_ground(assistant, contact.id))
        show_facts(profile.facts)
    with right:
        show_capture(assistant, contact)
        show_balance(balance)
        show_timeline(build_timeline(profile))
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


def show_unknown_user() -> None:
    """What is missing for a next move and for common ground: the user's own side."""
    with st.container(border=True):
        st.header("Next good move")
        say("Nothing is known of you yet. Say who you are and what you offer; then this page shows what you share.")
        st.page_link(DRAFT, label="**Tell about yourself**", icon=":material/person:")


def show_move(contact: Contact, move: Move) -> None:
    with st.container(border=True):
        st.header("Next good move")
        say(move.why)
        say_plan(move.said)
        if move.kind:
            link_new_draft(contact.id, move.kind, f"Draft it — {KINDS[move.kind]}")


def show_ground(found: tuple[CommonGround, ...]) -> None:
    if not found:
        say("None found. A line about them, or about you in your own note, may change that.")
    for one in found[:_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            say(f"{_GROUND[one.kind]}: {one.text}")
            say(f"You: “{one.mine.quote}” ({source_of(one.mine)})")
            say(f"They: “{one.theirs.quote}” ({source_of(one.theirs)})")


def show_facts(facts: tuple[Fact, ...]) -> None:
    """What the notes say, kind by kind and the newest first, each with its quote and who may know it."""
    st.header("Facts")
    if not facts:
        say("None yet. Facts are read out of your notes.")
        return
    for kind, head in _FACTS.items():
        found = [one for one in facts if one.kind is kind]
        if found:
            with st.container(border=True, gap="xsmall"):
                st.subheader(escape(head), anchor=False)
                show_kind(kind, found)
    count = sum(one.visibility is Visibility.PRIVATE for one in facts)
    if count:
        say(f"{count} of these: private, and never in a draft.")


def show_kind(kind: FactKind, found: list[Fact]) -> None:
    found = sorted(
        found, key=lambda one: (bool(marks_of(one)), one.date is None, -(one.date or dt.date.min).toordinal())
    )
    for one in found[:_SHOWN]:
        show_fact(one)
    if count := len(found[_SHOWN:]):
        unfold(f"More ({count})", lambda: list(map(show_fact, found[_SHOWN:])), f"facts-{kind}")


def show_fact(one: Fact) -> None:
    quoted = " · ".join(filter(None, (cite(one.quote, one.date), marks_of(one), _MAY_KNOW[one.visibility])))
    say(quoted if fold(one.text) in fold(cite(one.quote, None)) else f"{one.text}\n{quoted}")


def show_balance(balance: ContactBalance) -> None:
    st.header("Balance")
    if balance.gave or balance.received or balance.asked:
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
        day = in_words(one.day) if one.day else "No date"
        say(f"{day} — {one.title}" if one.title else day)
        if one.text:
            say(one.text)


# --- what is new --------------------------------------------------------------------------------------------------


def show_capture(assistant: Assistant, contact: Contact) -> None:
    with st.expander("Add a note", expanded=True, icon=":material/edit:"):
        show_note_form(assistant, contact)
    one = contact.id
    unfold("We were in touch", lambda: show_touch_form(assistant, contact), f"touch-{one}", ":material/forum:")
    unfold("A favour", lambda: show_favour_form(assistant, contact), f"favour-{one}", ":material/redeem:")
    if contact.emails:
        address = ":material/contact_mail:"
        unfold("Address and organisation", lambda: show_details_form(assistant, contact), f"details-{one}", address)
    else:
        with st.expander("Address and organisation", expanded=True, icon=":material/contact_mail:"):
            show_details_form(assistant, contact)


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


def show_details_form(assistant: Assistant, contact: Contact) -> None:
    with st.form(f"details-{contact.id}", clear_on_submit=False, border=False):
        email = st.text_input("Another email address" if contact.emails else "Email address")
        org = st.text_input("Organisation", value=contact.org)
        sent = st.form_submit_button("Save")
    if sent:
        with told():
            assistant.add_details(contact.id, email, org if org.strip() != contact.org else "")
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
