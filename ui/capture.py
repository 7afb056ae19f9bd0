"""The box that takes one hurried line: it is read, the proposal is shown, and kept after a click.

It must never keep anything before the click, nor settle by itself what the proposal asks.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import Contact, Visibility
from assistant.find.capture import Capture, Captured
from assistant.find.hurried import Item
from ui.parts import name_person, one_line, say, told

_EXAMPLE = "coffee with Ana: needs a notary, I promised the data, keep her move to myself"
_KINDS = {
    "need": "They need",
    "offer": "They offer",
    "interest": "They care about",
    "gave": "You gave",
    "received": "You received",
    "asked": "You asked",
    "promised": "You promised",
    "they_promised": "They promised",
    "personal": "Life",
}
_NEW = "somebody new"


def show_capture_box(assistant: Assistant, people: tuple[Contact, ...], who: str = "", place: str = "capture") -> None:
    """The field, and below it what was read of the line. `who` settles whom it is about; `place` tells boxes apart."""
    place = f"{place}-{who}"
    with st.form(place, clear_on_submit=True, border=False):
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        text = left.text_input("Jot one line", placeholder=_EXAMPLE)
        if right.form_submit_button("Read it", width="stretch") and text.strip():
            st.session_state[f"{place}-line"] = text
    if kept := st.session_state.pop(f"{place}-kept", ""):
        say(kept)
    if line := st.session_state.get(f"{place}-line"):
        with st.container(border=True), told():
            say(f"“{line}”")
            show_proposal(assistant, place, settle(assistant, people, assistant.capture(line, who)))


def settle(assistant: Assistant, people: tuple[Contact, ...], asked: Capture) -> Capture:
    """The proposal with its question answered by a choice, where there is one to make."""
    if not asked.question:
        return asked
    say(asked.question)
    if len(asked.people) > 1:
        return asked
    names = {one.id: name_person(one) for one in people}
    if asked.people:
        names = {one.contact_id: one_line(one.contact) for one in asked.people[0].candidates}
    fresh = assistant.capture(asked.text, is_new=True)
    if not fresh.question:
        names[_NEW] = _NEW
    answer = st.selectbox("It is", list(names), None, names.__getitem__, placeholder="Choose")
    if answer is None:
        return asked
    return fresh if answer == _NEW else assistant.capture(asked.text, answer)


def show_proposal(assistant: Assistant, place: str, read: Capture) -> None:
    """What would be kept of whom, and the click that keeps it."""
    for one in () if read.question else read.people:
        show_captured(one)
    with st.container(horizontal=True):
        if st.button("Save this", type="primary", key=f"{place}-keep", disabled=bool(read.question)):
            assistant.keep_capture(read)
            st.session_state[f"{place}-kept"] = f"Kept of {' and '.join(name_of(one) for one in read.people)}."
            del st.session_state[f"{place}-line"]
            st.rerun()
        if st.button("Drop it", key=f"{place}-drop"):
            del st.session_state[f"{place}-line"]
            st.rerun()


def name_of(one: Captured) -> str:
    return one.candidates[0].contact if one.candidates else one.name


def show_captured(one: Captured) -> None:
    new = "" if one.candidates else "new in your book"
    head = ", ".join(part for part in (name_of(one), new, one.title, one.date.isoformat()) if part)
    say("\n".join((head, *(f"• {describe(item)}" for item in one.items))))


def describe(item: Item) -> str:
    """One thing that was read, private ones marked, with the words it stands on."""
    kind = str(item.kind)
    mark = "PRIVATE · " if item.visibility is Visibility.PRIVATE else ""
    over = "No longer: " if item.negated else ""
    return f"{mark}{over}{_KINDS.get(kind, kind.capitalize())}: {item.text} (“{item.quote}”)"
