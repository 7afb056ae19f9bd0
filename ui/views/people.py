"""The page People: everybody in the book, found by name or by what your notes say, each a link to their page.

It must never render a name or a note as Markdown, and never change a record but by adding a new person.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import Contact, SearchHit
from assistant.errors import GivefirstError
from assistant.sources.compose import compose_note_file
from assistant.text import fold
from ui.answers import list_people
from ui.first import lead_in, save_files
from ui.parts import escape, get_assistant, say, told
from ui.ways import PERSON, link_person

_SHOWN = 40
_ROW = 2


def main() -> None:
    assistant = get_assistant()
    st.title("People")
    if said := st.session_state.pop("forgotten", ""):
        st.info(escape(said))
    everybody = list_people(assistant)
    if not everybody:
        lead_in("Everybody you know stands here, a click from what you noted about them.")
        return
    query = st.text_input(
        "Search names and notes", key="people_query", persist_state="session", placeholder="a name, a place, a need …"
    )
    with told():
        hits = assistant.search(query) if query.strip() else ()
        show_list(find_listed(assistant, query, everybody, hits))
        show_hits(hits)
    with st.expander("Add a person", icon=":material/person_add:"):
        show_new_person(assistant)


def find_listed(
    assistant: Assistant, query: str, everybody: tuple[Contact, ...], hits: tuple[SearchHit, ...]
) -> list[Contact]:
    """Who fits by name first, then whose notes do."""
    named = assistant.people(query) if query.strip() else everybody
    noted, ids = {hit.contact_id for hit in hits}, {one.id for one in named}
    return [*named, *(one for one in everybody if one.id in noted and one.id not in ids)]


def show_list(people: list[Contact]) -> None:
    if not people:
        st.info("Nobody fits. Try other words.")
        return
    most = st.session_state.get("people_shown", _SHOWN)
    count = len(people)
    st.write(f"{count} people" if count > 1 else "1 person")
    for place in range(0, min(most, count), _ROW):
        for column, one in zip(st.columns(_ROW), people[place : place + _ROW], strict=False):
            with column, st.container(border=True, gap="xsmall", height="stretch"):
                link_person(one.id, one.name)
                say(describe(one))
    if count > most and st.button("Show more"):
        st.session_state["people_shown"] = most + _SHOWN
        st.rerun()


def describe(one: Contact) -> str:
    """Role, organisation and place on one line; what else is known of somebody with none of them."""
    parts = (", ".join(part for part in (one.title, one.org) if part), one.location)
    return " · ".join(part for part in parts if part) or one.how_met or ", ".join(one.emails) or "only a name so far"


def show_hits(hits: tuple[SearchHit, ...]) -> None:
    if hits:
        st.header("In your notes")
    for hit in hits:
        with st.container(border=True, gap="xsmall"):
            link_person(hit.contact_id, hit.contact)
            say(hit.text)
            say(
                " · ".join(part for part in (str(hit.date or ""), "private" if hit.private else "") if part)
                or "undated"
            )


def show_new_person(assistant: Assistant) -> None:
    with st.form("new_person", border=False):
        name = st.text_input("Name")
        email = st.text_input("Address")
        text = st.text_area("What do you want to remember?")
        sent = st.form_submit_button("Add")
    if sent:
        with told():
            same = [one for one in assistant.people(name) if fold(one.name) == fold(" ".join(name.split()))]
            if same:
                raise GivefirstError(f"{same[0].name} is in your book already; open their page and add a note there")
            save_files(assistant, [compose_note_file(name, email, text, assistant.today)])
            found = assistant.people(" ".join(name.split()))
            st.switch_page(PERSON, query_params={"who": found[0].id} if found else None)


main()
