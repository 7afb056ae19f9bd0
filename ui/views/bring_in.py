"""The page Import: files from the browser, or a file or folder on this computer; what was read, and what was not.

It must never add a person from mail whom the user did not ask for, and never hide a row that was rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.app import Assistant, Progress
from assistant.domain import ImportReport, UnknownPerson
from assistant.errors import GivefirstError
from ui.parts import Upload, get_assistant, import_uploads, say, show_table, told
from ui.ways import PEOPLE, TODAY

_TYPES = ["md", "vcf", "csv", "mbox", "eml", "ics"]
_REPORT = "import_report"


def main() -> None:
    assistant = get_assistant()
    st.title("Import")
    st.write("Everything stays on this machine. Importing the same file again changes nothing.")
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_form(assistant)
        if _REPORT in st.session_state:
            show_report(st.session_state[_REPORT])
    with right:
        show_what_helps()


def show_form(assistant: Assistant) -> None:
    with st.form("import", clear_on_submit=True):
        files = st.file_uploader("Files to bring in", type=_TYPES, accept_multiple_files=True)
        path = st.text_input("Or a file or folder on this computer", placeholder="~/Notes/people")
        st.write("From mail and calendars only who, when and which way is kept, never a text.")
        add_people = st.checkbox("Add the people I write with who are not in my book yet")
        sent = st.form_submit_button("Import", type="primary")
    if sent and (files or path.strip()):
        with told():
            st.session_state[_REPORT] = bring_in(assistant, files, path.strip(), add_people)
            st.rerun()


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


# --- what came of it ----------------------------------------------------------------------------------------------


def show_report(report: ImportReport) -> None:
    st.header("What was read")
    say(
        f"Read {report.read}: {report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{len(report.rejected)} rejected"
    )
    if report.mails or report.events:
        say(f"From {report.mails} mails and {report.events} events: {report.interactions} times in touch.")
    if report.left_out:
        show_table({"left out because": why, "how many": str(number)} for why, number in report.left_out.items())
    if report.rejected:
        show_table({"where": bad.where, "why it was rejected": bad.reason} for bad in report.rejected)
    show_unknown(report.unknown_people)
    with st.container(horizontal=True):
        st.page_link(PEOPLE, label="See your people", icon=":material/groups:")
        st.page_link(TODAY, label="See today", icon=":material/wb_sunny:")


def show_unknown(people: Sequence[UnknownPerson]) -> None:
    if people:
        st.header("Not in your book yet")
        show_table(
            {
                "address": one.email,
                "name": one.name,
                "from you": str(one.sent),
                "from them": str(one.received),
                "met": str(one.met),
                "last": str(one.last),
            }
            for one in people
        )


def show_what_helps() -> None:
    st.header("What helps most")
    st.write("**LinkedIn**: Settings, Data privacy, Get a copy of your data, Connections. Bring in Connections.csv.")
    st.write("**Phone and mail**: export your contacts as vCard (.vcf), your calendar as .ics, your mail as .mbox.")
    st.write("**Notes**: Markdown, one file a person. A note about yourself starts like this:")
    st.code("---\nme: true\nname: Your Name\nemail: you@example.org\n---\n- [offer] can review plans", language=None)


main()
