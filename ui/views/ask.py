"""The page Ask: who could advise, who would care about an article, who could spend an evening together.

Private evidence is shown marked, for it is the user's own book. It must never render a name, a quote or an article as
Markdown, and never hand an article's text to a draft as the user's own words.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import DraftKind
from assistant.find.advisors import Advisor
from assistant.find.events import EventPart, EventPlan
from assistant.find.news import NewsItem
from assistant.held_event import EventGuest, HeldEvent
from assistant.render.asking import PARTS, say_kept, warmth_of
from ui.answers import list_people
from ui.first import lead_in
from ui.parts import cite, escape, get_assistant, name_person, say, told
from ui.ways import go_to_draft, link_new_draft, link_person

_MOST = 6
_NEXT = {"taught": "draft the thanks", "came": "draft the follow-up", "missed": "draft a short word"}


def main() -> None:
    assistant = get_assistant()
    st.title("Ask your network")
    if not list_people(assistant):
        lead_in("Whom to ask, whom to tell, whom to bring together: answered from your own notes.")
        return
    left, right = st.columns(2, gap="large")
    with left, told():
        ask_for_advice(assistant)
    with right, told():
        ask_for_readers(assistant)
    with told():
        ask_for_events(assistant)


def ask_for_advice(assistant: Assistant) -> None:
    st.header("Who could advise?")
    with st.form("ask"):
        question = st.text_input("Your question", key="ask_question", placeholder="Who knows about sea-level sensors?")
        st.form_submit_button("Ask", type="primary")
    if question.strip():
        panel = assistant.ask(question)
        if not panel:
            say("Nobody in your book is known to know about this. Ask in other words, or note what people tell you.")
        for one in panel:
            show_advisor(one, question)


def show_advisor(one: Advisor, question: str) -> None:
    with st.container(border=True, gap="xsmall"):
        link_person(one.contact_id, one.contact)
        say(one.why)
        for quoted in one.evidence:
            say(f"{cite(quoted.quote, quoted.date)}{' — private' if quoted.private else ''}")
        say(f"Your tie is {warmth_of(one.warmth).partition(' ')[0]}. {one.balance}")
        if st.button("Draft the question", key=f"ask-{one.contact_id}", icon=":material/edit:"):
            go_to_draft(one.contact_id, DraftKind.ASK, question)


def ask_for_readers(assistant: Assistant) -> None:
    st.header("Who would care about this?")
    with st.form("news"):
        text = st.text_area("Paste an article", key="news_text", height=140)
        st.form_submit_button("Find readers")
    if text.strip():
        found = assistant.news(text)
        for item in found.items:
            show_readers(item)
        if not any(item.readers for item in found.items):
            say("Nobody in your book is known to care about it.")


def show_readers(item: NewsItem) -> None:
    for one in item.readers[:_MOST]:
        with st.container(border=True, gap="xsmall"):
            link_person(one.contact_id, one.contact)
            say(one.why)
            if one.seen:
                say("You sent it to them already.")
            else:
                link_new_draft(one.contact_id, DraftKind.NEWS_SHARE, "Draft it, with a word of your own")


def ask_for_events(assistant: Assistant) -> None:
    st.header("An evening together")
    with st.form("event"):
        topic = st.text_input("A topic, or nothing for the best ones of your book", key="event_topic")
        asked = st.form_submit_button("Find who fits")
    if asked:  # looked up once: the forms below run the page again
        found = assistant.event(topic.strip())[:_MOST]
        st.session_state["event_found"] = (assistant.home, topic.strip(), found)
    home, topic, plans = st.session_state.get("event_found", (None, "", ()))
    if home != assistant.home:
        return
    if not plans:
        say("Nothing shows in your notes: nobody's needs, offers or interests come together there.")
    for one in plans:
        with st.container(border=True):
            show_event(one)
            show_aftermath(assistant, one.topic, (*one.speakers, *one.invitees))
    if topic and not plans:
        show_aftermath(assistant, topic, ())


def show_event(one: EventPlan) -> None:
    st.subheader(escape(f"On {one.topic}"), anchor=False)
    say(one.balance)
    if one.yours:
        say(f"You could teach it: “{one.yours}”.")
    for column, title, parts in zip(
        st.columns(2), ("Could teach", "Want to learn"), (one.speakers, one.invitees), strict=True
    ):
        with column:
            show_parts(one.topic, title, parts)


def show_parts(topic: str, title: str, parts: tuple[EventPart, ...]) -> None:
    say(title if parts else f"{title}: nobody yet")
    for one in parts:
        with st.container(gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                link_person(one.contact_id, one.contact)
                if st.button("Invite", key=f"invite-{topic}-{one.contact_id}", icon=":material/edit:", type="tertiary"):
                    go_to_draft(one.contact_id, DraftKind.EVENT_INVITE, one.about, one.channel)
            say(one.why)


# --- after the evening --------------------------------------------------------------------------------------------


def show_aftermath(assistant: Assistant, topic: str, expected: tuple[EventPart, ...]) -> None:
    """Once it took place: who was there, to be kept, and the next message for each."""
    place = f"held-{topic}"
    with st.expander("It took place", icon=":material/event_available:"), told():
        show_held_form(assistant, topic, [one.contact_id for one in expected], place)
    event: HeldEvent | None = st.session_state.get(place)
    if event:
        say(say_kept(event))
        for guest in event.guests:
            show_guest(guest, place)


def show_held_form(assistant: Assistant, topic: str, expected: list[str], place: str) -> None:
    people = {one.id: name_person(one) for one in list_people(assistant)}
    options = [*(one for one in expected if one in people), *(one for one in people if one not in expected)]
    with st.form(f"{place}-form", border=False):
        held = st.date_input("When it was", value=assistant.today, max_value=assistant.today)
        taught, came, missed = (
            st.multiselect(label, options, format_func=people.__getitem__, key=f"{place}-{name}", placeholder="Nobody")
            for label, name in (("Who taught", "taught"), ("Who came", "came"), ("Who could not come", "missed"))
        )
        sent = st.form_submit_button("Keep who was there", type="primary")
    if sent:
        st.session_state[place] = assistant.hold_event(topic, held, came=came, taught=taught, missed=missed)


def show_guest(one: EventGuest, place: str) -> None:
    label = f"{PARTS[one.part]}: {_NEXT[one.part]}"
    with st.container(horizontal=True, vertical_alignment="center"):
        link_person(one.contact_id, one.contact)
        if one.kind is None:
            say(one.why)
        elif st.button(label, key=f"{place}-{one.contact_id}", icon=":material/edit:"):
            go_to_draft(one.contact_id, one.kind, one.about, one.channel)


main()
