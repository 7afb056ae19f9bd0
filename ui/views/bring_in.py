"""The page Import: files from the browser, or a file or folder on this computer; what was read, and what was not.

It must never add a person from mail whom the user did not ask for, and never hide a row that was rejected.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.app import Assistant
from assistant.domain import ImportReport, UnknownPerson
from ui.answers import list_people
from ui.bringing import REPORT, TYPES, bring_in
from ui.first_draft import show_first_draft
from ui.parts import get_assistant, say, show_table, told
from ui.ways import PEOPLE, TODAY


def main() -> None:
    assistant = get_assistant()
    st.title("Import")
    st.write("Everything stays on this machine. Importing the same file again changes nothing.")
    if list_people(assistant) and assistant.me() is None:
        show_last_report()
        with told():
            show_first_draft(assistant)
        with st.expander("Bring in more files", icon=":material/upload_file:"):
            show_form(assistant)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_form(assistant)
        if show_last_report():
            show_ways_on()
    with right:
        show_what_helps()


def show_last_report() -> bool:
    """Whether there was one to show."""
    report = st.session_state.get(REPORT)
    if report is not None:
        show_report(report)
    return report is not None


def show_form(assistant: Assistant) -> None:
    with st.form("import", clear_on_submit=True):
        files = st.file_uploader("Files to bring in", type=TYPES, accept_multiple_files=True)
        path = st.text_input("Or a file or folder on this computer", placeholder="~/Notes/people")
        st.write("From mail and calendars only who, when and which way is kept, never a text.")
        add_people = st.checkbox("Add the people I write with who are not in my book yet")
        sent = st.form_submit_button("Import", type="primary")
    if sent and (files or path.strip()):
        with told():
            st.session_state[REPORT] = bring_in(assistant, files, path.strip(), add_people)
            st.rerun()


# --- what came of it ----------------------------------------------------------------------------------------------


def show_report(report: ImportReport) -> None:
    st.header("What was read")
    counts = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(report.rejected),
    }
    named = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    say(f"Read {report.read}: {named or 'nothing new'}.")
    if report.mails or report.events:
        say(f"From {report.mails} mails and {report.events} events: {report.interactions} times in touch.")
    if report.left_out:
        show_table({"left out because": why, "how many": str(number)} for why, number in report.left_out.items())
    if report.rejected:
        show_table({"where": bad.where, "why it was rejected": bad.reason} for bad in report.rejected)
    show_unknown(report.unknown_people)


def show_ways_on() -> None:
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
    with st.expander("Notes kept as files"):
        st.write("Markdown, one file a person. A note about yourself starts like this:")
        say("---\nme: true\nname: Your Name\nemail: you@example.org\n---\n- [offer] can review plans")


main()
