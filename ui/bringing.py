"""Bringing files in: the import with its progress on the page, for the page Import and for an empty book.

It must never hide a row that was rejected: the report is kept for the page Import to show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.app import Assistant, Progress
from assistant.domain import ImportReport
from assistant.errors import GivefirstError
from ui.parts import Upload, import_uploads, told
from ui.ways import IMPORT

TYPES = ["md", "vcf", "csv", "mbox", "eml", "ics"]
REPORT = "import_report"


def show_quick_upload(assistant: Assistant) -> None:
    """A place to drop files, and nothing to choose; what came of it stands on the page Import."""
    with st.form("quick_import", clear_on_submit=True, border=False):
        files = st.file_uploader("Your files", type=TYPES, accept_multiple_files=True, label_visibility="collapsed")
        sent = st.form_submit_button("Bring them in", icon=":material/upload_file:")
    if sent and files:
        with told():
            st.session_state[REPORT] = bring_in(assistant, files, "", False)
            st.switch_page(IMPORT)


def bring_in(assistant: Assistant, files: Sequence[Upload], path: str, add_people: bool) -> ImportReport:
    """Imports what was given, counting on the page. A click on anything stops it; what was read by then is kept."""
    if files and path:
        raise GivefirstError("files and a path were given; import one, then the other")
    with st.status("Reading", expanded=True) as status:
        st.button("Stop here", help="What was read so far is kept; import again to go on.")
        tick = show_progress(st.empty().text)
        if files:
            report = import_uploads(assistant, files, tick, add_people=add_people)
        else:
            report = assistant.import_([path], tick, add_people=add_people)
        status.update(label="Done", state="complete")
    return report


def show_progress(tell: Callable[[str], object]) -> Progress:
    def tick(done: int, total: int | None) -> None:
        tell(f"{done} of {total}" if total else f"{done} read")

    return tick
