"""Links between the pages: to a person, to a draft that is kept, to a draft of a kind for a person.

A link carries ids in the address, so that back, forward and a bookmark work. It must never carry a name or a text: an
address stays in the browser's history.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from assistant.domain import Channel, DraftKind
from ui.parts import escape

TODAY = "views/today.py"
PEOPLE = "views/people.py"
PERSON = "views/person.py"
BRIEFING = "views/briefing.py"
INTRODUCTIONS = "views/introductions.py"
DRAFT = "views/draft.py"
IMPORT = "views/bring_in.py"


def link_person(contact_id: str, name: str) -> None:
    st.page_link(PERSON, label=f"**{escape(name)}**", query_params={"who": contact_id})


def link_briefing(ids: Sequence[str], said: str) -> None:
    st.page_link(
        BRIEFING, label=f"**{escape(said)}**", icon=":material/assignment_ind:", query_params={"who": list(ids)}
    )


def link_draft(draft_id: str, said: str) -> None:
    st.page_link(DRAFT, label=escape(said), icon=":material/edit_note:", query_params={"draft": draft_id})


def link_new_draft(contact_id: str, kind: DraftKind, said: str, other: str = "") -> None:
    """`other` is the id of whom an introduction is with."""
    query = {"kind": kind.value, "who": contact_id, **({"with": other} if other else {})}
    st.page_link(DRAFT, label=f"**{escape(said)}**", icon=":material/edit:", query_params=query)


def go_to_draft(contact_id: str, kind: DraftKind, about: str, channel: Channel = Channel.EMAIL) -> None:
    """The page Draft with the user's own words laid on it; they go by the session, not by the address."""
    st.session_state["draft_about"] = about
    st.session_state["draft_channel"] = channel
    st.switch_page(DRAFT, query_params={"kind": kind.value, "who": contact_id})


def go_to_first_draft(contact_id: str, kind: DraftKind, channel: Channel) -> None:
    """The page Draft with everything chosen and the draft written on arrival."""
    st.session_state["draft_channel"] = channel
    st.session_state["draft_write_now"] = True
    st.switch_page(DRAFT, query_params={"kind": kind.value, "who": contact_id})


def go_to_packet(contact_id: str, other_id: str) -> None:
    """The page Introductions with the two opened."""
    st.switch_page(INTRODUCTIONS, query_params={"who": contact_id, "with": other_id})


def take_from_address(name: str, key: str, options: Collection[str] | None = None) -> None:
    """Lets the address choose: a fresh value of `name` becomes that of the widget `key`, before the widget is drawn.

    Without `options` any value is taken, and whoever draws the widget must see that it is one.
    """
    given = st.query_params.get(name)
    if options is not None:
        given = next((one for one in options if one == given), None)
    if given and given != st.session_state.get(f"{key}_from_address"):
        st.session_state[key] = given
    st.session_state[f"{key}_from_address"] = given


def take_all_from_address(name: str, key: str, options: Collection[str]) -> None:
    """The same for a widget that takes several values, which stand in the address one by one."""
    given = [one for one in st.query_params.get_all(name) if one in options]
    if given and given != st.session_state.get(f"{key}_from_address"):
        st.session_state[key] = given
    st.session_state[f"{key}_from_address"] = given


def put_in_address(name: str, key: str) -> None:
    """Lets the widget choose: its value becomes the address's, so that back returns to the one before."""
    value = st.session_state[key]
    st.session_state[f"{key}_from_address"] = value
    st.query_params[name] = value
