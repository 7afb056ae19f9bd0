"""Fast keys: a letter leads to each page, and one opens the box for a hurried line wherever you are.

Streamlit's own shortcuts of buttons: no script of ours, and none of them works while one types. A letter alone may be
hit by speech or by accident, so that they can be switched off (WCAG 2.1.4). It must never keep or send anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant.app import Assistant
from ui.answers import list_people
from ui.capture import show_capture_box
from ui.parts import escape, told

JOT = "J"
# C and R are the frame's own.
LETTERS = {
    "Today": "T",
    "People": "P",
    "Person": "E",
    "Briefing": "B",
    "Introductions": "I",
    "Network": "N",
    "Ask": "A",
    "Draft": "D",
    "Import": "M",
    "Settings": "S",
}
_BOX = "jot"


def show_keys(assistant: Assistant, pages: Sequence[StreamlitPage]) -> None:
    """The box for a line and the list of keys, at the foot of the menu."""
    opens = st.session_state.pop("jotting", False)
    with st.sidebar:
        works = st.session_state.get("keys_on", True) and not opens  # what is typed over the box must lead nowhere
        st.button(
            "Jot one line",
            key="key-jot",
            icon=":material/bolt:",
            shortcut=JOT if works else None,
            width="stretch",
            on_click=st.session_state.update,
            args=({"jotting": True},),
        )
        with st.expander("Keys", icon=":material/keyboard:"):
            st.checkbox("Fast keys work", True, key="keys_on", persist_state="session")
            with st.container(gap="xxsmall"):
                for page in pages:
                    shortcut = LETTERS[page.title] if works else None
                    if st.button(escape(page.title), key=f"key-{page.title}", shortcut=shortcut, type="tertiary"):
                        st.switch_page(page)
    if kept := st.session_state.pop(f"{_BOX}--kept", ""):
        st.toast(escape(kept))
    if opens:
        jot(assistant)


@st.dialog("Jot one line", width="medium", on_dismiss="rerun")
def jot(assistant: Assistant) -> None:
    """The box, over whatever page is open; closed by Esc."""
    with told():
        show_capture_box(assistant, list_people(assistant), place=_BOX)
