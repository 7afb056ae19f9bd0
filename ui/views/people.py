"""The page People: find somebody, see everything you noted about them, add a note, bring in files.

Shows private things, for it is the user's own book. It must never render a name or a note as Markdown, and never
change a record by anything but `note` and `import_`.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import CommonGround, Contact, Fact, ImportReport, Note, Profile, SearchHit, Visibility
from ui.parts import (
    choose_person,
    get_assistant,
    import_uploads,
    marks_of,
    say,
    show_table,
    source_of,
    told,
)


def main() -> None:
    assistant = get_assistant()
    st.header("People")
    everybody = assistant.people()
    if not everybody:
        show_beginning(assistant)
        return
    query = st.text_input("Search names and notes", key="people_query", persist_state="session")
    hits = assistant.search(query) if query.strip() else ()
    show_hits(hits)
    contact = choose_person(find_listed(assistant, query, everybody, hits), "people_who")
    if contact is None:
        st.info("Nobody fits. Try other words.")
    else:
        show_person(assistant, contact)
    with st.expander("Bring in more files"):
        show_import(assistant)


def show_beginning(assistant: Assistant) -> None:
    st.subheader("Your book is empty")
    st.write("Begin with files you have: Markdown notes (one file a person), vCards, LinkedIn's Connections.csv.")
    st.write("For drafts, add a note about yourself too. It starts like this:")
    st.code("---\nme: true\nname: Your Name\nemail: you@example.org\n---\n- [offer] can review plans", language=None)
    show_import(assistant)


def show_import(assistant: Assistant) -> None:
    with st.form("import", clear_on_submit=True):
        files = st.file_uploader("Files to bring in", type=["md", "vcf", "csv"], accept_multiple_files=True)
        sent = st.form_submit_button("Import")
    if sent and files:
        with told(), st.spinner("Reading"):
            st.session_state["import_report"] = import_uploads(assistant, files)
            st.rerun()
    if "import_report" in st.session_state:
        show_report(st.session_state["import_report"])


def show_report(report: ImportReport) -> None:
    say(
        f"Read {report.read}: {report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{len(report.rejected)} rejected"
    )
    if report.rejected:
        show_table({"where": bad.where, "why it was rejected": bad.reason} for bad in report.rejected)


def find_listed(
    assistant: Assistant, query: str, everybody: tuple[Contact, ...], hits: tuple[SearchHit, ...]
) -> list[Contact]:
    """Who fits by name first, then whose notes do."""
    named = assistant.people(query)
    noted = {hit.contact_id for hit in hits}
    return [*named, *(one for one in everybody if one.id in noted and one not in named)]


def show_hits(hits: tuple[SearchHit, ...]) -> None:
    if hits:
        st.subheader("In your notes")
        show_table(
            {
                "person": hit.contact,
                "text": hit.text,
                "date": str(hit.date or ""),
                "who may know": "private" if hit.private else "",
            }
            for hit in hits
        )


def show_person(assistant: Assistant, contact: Contact) -> None:
    with told():
        profile = assistant.show(contact.id)
        left, right = st.columns(2)
        with left:
            show_record(profile)
            show_facts(profile.facts)
            show_notes(profile.notes)
        with right:
            show_note_form(assistant, contact)
            st.subheader("Common ground")
            show_ground(assistant.ground(contact.id))


def show_record(profile: Profile) -> None:
    one = profile.contact
    st.subheader("Record")
    fields = {
        "Name": one.name,
        "Work": ", ".join(part for part in (one.title, one.org) if part),
        "Place": one.location,
        "Email": ", ".join(one.emails),
        "Phone": ", ".join(one.phones),
        "Links": ", ".join(one.links),
        "Tags": ", ".join(one.tags),
        "How you met": one.how_met,
        "Contact": "do not contact" if one.do_not_contact else "",
    }
    say("\n".join(f"{name}: {value}" for name, value in fields.items() if value))


def show_facts(facts: tuple[Fact, ...]) -> None:
    st.subheader("Facts")
    if not facts:
        st.write("None yet. Facts are read out of your notes.")
        return
    show_table(
        {
            "kind": one.kind.value,
            "text": one.text,
            "quote": one.quote,
            "date": str(one.date or ""),
            "who may know": one.visibility.value,
            "marks": marks_of(one),
        }
        for one in facts
    )
    count = sum(one.visibility is Visibility.PRIVATE for one in facts)
    if count:
        st.write(f"{count} of these are private: they never enter a draft.")


def show_notes(notes: tuple[Note, ...]) -> None:
    st.subheader("Notes")
    for one in notes:
        with st.container(border=True):
            say(f"{one.date or 'undated'} {one.title}")
            say(one.text)


def show_ground(found: tuple[CommonGround, ...]) -> None:
    if not found:
        st.write("None found. A line about them, or about you in your own note, may change that.")
    for one in found:
        with st.container(border=True):
            say(f"{one.kind.replace('_', ' ')}: {one.text}")
            say(f"You: “{one.mine.quote}” ({source_of(one.mine)})")
            say(f"They: “{one.theirs.quote}” ({source_of(one.theirs)})")


def show_note_form(assistant: Assistant, contact: Contact) -> None:
    st.subheader("Add a note")
    with st.form(f"note-{contact.id}", clear_on_submit=True):
        text = st.text_area("What you want to remember")
        title = st.text_input("Occasion", placeholder="Coffee in Porto")
        date = st.date_input("Date", value=assistant.today)
        sent = st.form_submit_button("Save note")
    if sent:
        with told():
            assistant.note(contact.id, text, title, date)
            st.rerun()


main()
