"""The entry of the screens: opens the book and offers the pages.

Started by `givefirst ui`. It must never take home or day from the browser (they come from GIVEFIRST_HOME and
GIVEFIRST_TODAY) and never show a page when the book cannot be opened.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.answers import show_what_is_awaited
from ui.keys import show_keys
from ui.parts import EXAMPLE, get_assistant, told

ICON = str(Path(__file__).parent / "icon.png")

# One list: Streamlit's sections stand between list and links, where a screen reader loses count.
PAGES = (
    st.Page("views/today.py", title="Today", icon=":material/wb_sunny:", default=True),
    st.Page("views/people.py", title="People", icon=":material/groups:", url_path="people"),
    st.Page("views/person.py", title="Person", icon=":material/person:", url_path="person"),
    st.Page("views/briefing.py", title="Briefing", icon=":material/assignment_ind:", url_path="briefing"),
    st.Page("views/introductions.py", title="Introductions", icon=":material/handshake:", url_path="introductions"),
    st.Page("views/network.py", title="Network", icon=":material/local_florist:", url_path="network"),
    st.Page("views/ask.py", title="Ask", icon=":material/forum:", url_path="ask"),
    st.Page("views/draft.py", title="Draft", icon=":material/edit_note:", url_path="draft"),
    st.Page("views/bring_in.py", title="Import", icon=":material/upload_file:", url_path="import"),
    st.Page("views/settings.py", title="Settings", icon=":material/tune:", url_path="settings"),
)


def main() -> None:
    # An icon of our own: the browser would fetch a page's Material icon from elsewhere for its tab.
    st.set_page_config(page_title="Givefirst", page_icon=ICON, layout="wide")
    st.logo(ICON, size="large")
    page = st.navigation(PAGES, expanded=True)
    with told():
        assistant = get_assistant()
        show_keys(assistant, PAGES)
        show_example_banner()
        page.run()
    show_what_is_awaited()


def show_example_banner() -> None:
    """Says that this is not the user's own book, and the way back to it."""
    if st.session_state.get(EXAMPLE):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.write("This is the example world. All of it is invented, and nothing you do here touches your own book.")
            if st.button("Back to my own book", icon=":material/logout:"):
                del st.session_state[EXAMPLE]
                st.query_params.clear()
                st.rerun()


main()
