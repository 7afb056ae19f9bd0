"""The page Briefing: what to know before you meet people, each on a page of their own; and the debrief afterwards.

Shows private lines, marked, for it is the user's own book. It must never render a line or a quote as Markdown, nor
decide what stands in a briefing: `Assistant.brief` does.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import Contact
from assistant.errors import GivefirstError
from assistant.find.briefing import Briefing
from assistant.find.meetings import Meeting
from assistant.noting import Debrief
from assistant.render.briefing import mark_line, number_quotes, render_debriefed, render_html, render_markdown
from assistant.render.pdf import can_make_pdf, render_pdf
from ui.answers import find_briefings, list_people
from ui.first import lead_in
from ui.parts import escape, get_assistant, name_person, narrow, say, told
from ui.ways import link_briefing, link_person, put_in_address, take_all_from_address

_MOST = 6
_AHEAD_DAYS = 60
_MANY = {
    "promised": "What you promised",
    "needs": "What they need",
    "gave": "What you gave them",
    "received": "What they did for you",
    "asked": "What you asked of them",
    "private": "For your eyes only",
}


def main() -> None:
    assistant = get_assistant()
    st.title("Briefing")
    people = list_people(assistant)
    if not people:
        lead_in("What to know before you meet somebody, from your own notes, every line with what it rests on.")
        return
    with told():
        show_meetings(assistant.meetings(_AHEAD_DAYS)[:_MOST])
        guests = choose_guests(people)
        if guests:
            show_pages(assistant, find_briefings(assistant, guests))


# --- whom you meet ------------------------------------------------------------------------------------------------


def show_meetings(found: tuple[Meeting, ...]) -> None:
    st.header("Your next meetings")
    if not found:
        say("None is kept. Import your calendar (.ics), or choose people below.")
    for place in range(0, len(found), 2):
        for column, one in zip(st.columns(2), found[place : place + 2], strict=False):
            with column, st.container(border=True, gap="xsmall", height="stretch"):
                at = f", {one.at:%H:%M} UTC" if one.at else ""
                say(f"{one.when:%A}, {one.when.day} {one.when:%B}{at}")
                link_briefing([guest.contact_id for guest in one.guests], one.title or "Untitled")
                say(", ".join(guest.contact for guest in one.guests))


def choose_guests(people: tuple[Contact, ...]) -> list[str]:
    """The ids of whom the user is going to meet, from the address or chosen here."""
    by_id = {one.id: one for one in people}
    take_all_from_address("who", "brief_who", by_id)
    return st.multiselect(
        "Whom are you going to meet?",
        narrow(people, "brief_who", st.session_state.get("brief_who", [])),
        format_func=lambda one: name_person(by_id[one]),
        key="brief_who",
        placeholder="Choose one or several",
        persist_state="session",
        on_change=put_in_address,
        args=("who", "brief_who"),
    )


# --- the pages ----------------------------------------------------------------------------------------------------


def show_pages(assistant: Assistant, pages: tuple[Briefing, ...]) -> None:
    if assistant.has_model:
        pages = offer_shorter(assistant, pages)
    with st.container(horizontal=True):
        if can_make_pdf():
            show_pdf(pages)
        st.download_button(
            "A page to print",
            render_html(pages),
            "briefing.html",
            "text/html",
            on_click="ignore",
            icon=":material/print:",
        )
        st.download_button("Text (Markdown)", render_markdown(pages), "briefing.md", "text/markdown", on_click="ignore")
    for one in pages:
        show_page(one)
        show_debrief(assistant, one)


def offer_shorter(assistant: Assistant, pages: tuple[Briefing, ...]) -> tuple[Briefing, ...]:
    """The pages, or after a click what the model made of their long lines, for as long as the pages stay the same."""
    says = "The model sees the long lines, no private one, and may only leave out their ends."
    with told():
        if st.button("Shorten long lines", icon=":material/short_text:", help=escape(says)):
            with st.spinner("Asking the model"):
                st.session_state["brief_shorter"] = (pages, assistant.shorten(pages))
        before, done = st.session_state.get("brief_shorter", (None, None))
        if done is not None and before == pages:
            say(done.fault or f"{done.shortened} lines are shorter; {done.turned_away} proposals were turned away.")
            return tuple(done.pages)
    return pages


def show_pdf(pages: tuple[Briefing, ...]) -> None:
    try:
        data = render_pdf(pages)
    except GivefirstError as error:
        say(f"No PDF: {error}")
        return
    icon = ":material/picture_as_pdf:"
    st.download_button("PDF", data, "briefing.pdf", "application/pdf", on_click="ignore", icon=icon)


def show_page(page: Briefing) -> None:
    """The sections of one guest side by side, and what they rest on."""
    st.divider()
    st.header(escape(page.contact), anchor=False)
    link_person(page.contact_id, "All you know")
    numbers = number_quotes(page)
    half = (len(page.sections) + 1) // 2
    for column, sections in zip(st.columns(2, gap="large"), (page.sections[:half], page.sections[half:]), strict=True):
        for section in sections:
            with column, st.container(gap="xsmall"):
                st.subheader(escape(section.title), anchor=False)
                for line in section.lines:
                    say(f"• {mark_line(line, numbers)}")
    count = len(numbers)
    with st.expander(f"What this rests on ({count})"):
        for quote, number in numbers.items():
            say(f"[{number}] “{quote}”")


# --- afterwards ---------------------------------------------------------------------------------------------------


def show_debrief(assistant: Assistant, page: Briefing) -> None:
    """Two minutes after the meeting; what is kept shows in the next briefing."""
    place = f"debrief-{page.contact_id}"
    with st.expander(escape(f"After the meeting with {page.contact}"), icon=":material/edit:"):
        with st.form(place, clear_on_submit=True, border=False):
            happened = st.text_area("What happened")
            left, right = st.columns(2)
            many = {
                name: (left, right)[at % 2].text_area(label, height=80, placeholder="One a line")
                for at, (name, label) in enumerate(_MANY.items())
            }
            day = st.date_input("When you met", value=assistant.today, max_value=assistant.today)
            sent = st.form_submit_button("Keep the debrief", type="primary")
        if sent:
            with told():
                debrief = Debrief(happened=happened, **{name: tuple(text.splitlines()) for name, text in many.items()})
                st.session_state[f"{place}-kept"] = render_debriefed(assistant.debrief(page.contact_id, debrief, day))
                st.rerun()
    if kept := st.session_state.pop(f"{place}-kept", ""):
        say(kept)


main()
