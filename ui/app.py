"""The entry of the screens: opens the book and offers the pages People and Draft.

Started by `givefirst ui`. It must never take home or day from the browser (they come from GIVEFIRST_HOME and
GIVEFIRST_TODAY) and never show a page when the book cannot be opened.
"""

from __future__ import annotations

import streamlit as st

from ui.parts import get_assistant, told


def main() -> None:
    st.set_page_config(page_title="Givefirst", layout="wide")
    page = st.navigation(
        [
            st.Page("views/people.py", title="People", url_path="people", default=True),
            st.Page("views/draft.py", title="Draft", url_path="draft"),
        ]
    )
    with told():
        get_assistant()
        page.run()


main()
