"""What somebody sees who has nothing in the book yet: three ways to begin, on every page.

It must never put the example world into the user's own book: it lives in a folder of its own.
"""

from __future__ import annotations

from types import SimpleNamespace

import streamlit as st

from assistant.app import Assistant
from assistant.sources.compose import compose_note_file
from ui.bringing import show_quick_upload
from ui.parts import EXAMPLE, get_assistant, import_uploads, open_example, say, told
from ui.ways import IMPORT, PERSON


def lead_in(what: str) -> None:
    """Says what the page will show, then the three ways to begin."""
    say(what)
    show_beginning(get_assistant())


def show_beginning(assistant: Assistant) -> None:
    st.header("Your book is empty. Three ways to begin")
    left, right = st.columns(2)
    with left, st.container(border=True):
        st.subheader("Look around")
        st.write("Open the example world: an invented network, in a folder of its own. Your book stays as it is.")
        if st.button("Try the example world", type="primary", icon=":material/public:"):
            with told():
                open_example()
                st.session_state[EXAMPLE] = True
                st.rerun()
    with left, st.container(border=True):
        st.subheader("Bring yours")
        st.write("LinkedIn's Connections.csv, vCards, Markdown notes, mail (mbox, eml), calendars (ics).")
        show_quick_upload(assistant)
        st.page_link(IMPORT, label="A folder, or where to get such files")
    with right, st.container(border=True):
        st.subheader("Write one note")
        st.write("One person and one thing they said is enough for a first draft.")
        show_first_note(assistant)


def show_first_note(assistant: Assistant) -> None:
    """A form for one person, and for the user where the book does not know them yet."""
    with st.form("first_note", border=False):
        name = st.text_input("Who is it about?", placeholder="Ana Ferreira")
        email = st.text_input("Their address, if you have it", placeholder="ana@marelivre.example")
        text = st.text_area("What do you want to remember?", placeholder="Coffee in Porto: she needs a notary")
        st.write("And you, so that drafts can offer something of yours:")
        my_name = st.text_input("Your name")
        offer = st.text_input("One thing you could offer", placeholder="can review grant applications")
        sent = st.form_submit_button("Save and see them")
    if sent:
        with told():
            files = [compose_note_file(name, email, text, assistant.today)]
            if my_name.strip():
                said = f"- [offer] {' '.join(offer.split())}" if offer.strip() else ""
                files.append(compose_note_file(my_name, "", said, assistant.today, me=True))
            save_files(assistant, files)
            found = assistant.people(" ".join(name.split()))
            st.switch_page(PERSON, query_params={"who": found[0].id} if found else None)


def save_files(assistant: Assistant, files: list[tuple[str, str]]) -> None:
    """Imports composed note files as if they had been uploaded."""

    def upload(name: str, text: str) -> SimpleNamespace:
        return SimpleNamespace(name=name, getvalue=lambda: text.encode("utf-8"))

    import_uploads(assistant, [upload(*one) for one in files])
