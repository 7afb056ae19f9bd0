"""From a list of names to the first draft: the user's own bio and one of somebody they know, pasted side by side.

Shown while the book does not know its user. It must never keep a bio in other words than the user saw in the box.
"""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from assistant.app import Assistant
from assistant.domain import Channel, Contact, DraftKind
from assistant.errors import GivefirstError
from assistant.next_move import find_move
from assistant.sources.compose import compose_note_file
from assistant.sources.retelling import propose_retold, says_i
from ui.answers import list_people
from ui.first import save_files
from ui.parts import escape, name_person, told
from ui.ways import go_to_first_draft

_THEIRS = "first_theirs"
_RETOLD = "first_retold"
_HEIGHT = 220


class Pasted(NamedTuple):
    """What the form holds when its button is pressed."""

    my_name: str
    mine: str
    contact: Contact | None
    theirs: str


def show_first_draft(assistant: Assistant) -> None:
    """The form, and the way to the written draft."""
    st.header("Your first draft, in two pastes")
    st.write("Drafts rest on what you can offer and what somebody else is after. A bio of each is enough to begin.")
    if retold := st.session_state.pop(_RETOLD, None):
        st.session_state[_THEIRS], name = retold
        st.info(
            f"Their bio says “I”, which in your notes means you. Below it tells of {escape(name)}: "
            "look it over, then press the button again."
        )
    pasted = ask_pasted(list_people(assistant))
    if pasted:
        with told():
            keep_and_go(assistant, pasted)


def ask_pasted(people: tuple[Contact, ...]) -> Pasted | None:
    """What was pasted, once the button is pressed."""
    by_id = {one.id: one for one in people}
    with st.form("first_draft"):
        left, right = st.columns(2, gap="large")
        with left:
            st.subheader("1. You")
            my_name = st.text_input("Your name")
            mine = st.text_area(
                "About you",
                height=_HEIGHT,
                placeholder="Paste your bio: what you do, what you can help with, what you love",
            )
        with right:
            st.subheader("2. Somebody you know")
            who = st.selectbox(
                "Who",
                list(by_id),
                None,
                lambda one: name_person(by_id[one]),
                placeholder="Type a few letters of a name",
            )
            theirs = st.text_area(
                "About them", key=_THEIRS, height=_HEIGHT, placeholder="Paste their bio, or write what they are after"
            )
        sent = st.form_submit_button("Write my first draft", type="primary", icon=":material/edit_note:")
    return Pasted(my_name, mine, by_id.get(who or ""), theirs) if sent else None


def keep_and_go(assistant: Assistant, pasted: Pasted) -> None:
    """Keeps both bios and opens the draft that fits best, already written."""
    contact = pasted.contact
    missing = {
        "your name": pasted.my_name,
        "something about you": pasted.mine,
        "whom to write to": contact,
        "something about them": pasted.theirs,
    }
    if contact is None or not all(missing.values()):
        raise GivefirstError(f"still needed: {', '.join(name for name, given in missing.items() if not given)}")
    if says_i(pasted.theirs):
        st.session_state[_RETOLD] = propose_retold(pasted.theirs, contact.first_name), contact.first_name
        st.rerun()
    save_files(assistant, [compose_note_file(pasted.my_name, "", pasted.mine, assistant.today, me=True)])
    assistant.note(contact.id, pasted.theirs, "Bio")
    profile = assistant.show(contact.id)
    (balance,) = assistant.balance(contact.id)
    kind = find_move(assistant, profile, balance).kind or DraftKind.GIVE_FIRST
    channel = Channel.EMAIL if profile.contact.emails else Channel.MESSAGE
    go_to_first_draft(contact.id, kind, channel)
