"""The page Introductions: who should meet whom and why, and the introductions on their way by consent of both.

It must never say that a step may be taken which the product would refuse, and never render a name or a quote as
Markdown.
"""

from __future__ import annotations

import streamlit as st

from assistant.app import Assistant
from assistant.domain import Contact, PacketState
from assistant.find.introductions import Introduction
from assistant.packet_texts import PacketText
from assistant.packets import PacketView
from ui.answers import find_introductions, list_people
from ui.first import lead_in
from ui.parts import KINDS, cite, escape, get_assistant, in_words, name_person, narrow, say, told
from ui.ways import go_to_draft, link_new_draft, link_person

_STATES = {
    PacketState.SUGGESTED: "Nobody is asked yet",
    PacketState.ASKED_A: "{a} is asked",
    PacketState.YES_A: "{a} said yes",
    PacketState.ASKED_B: "{a} said yes, {b} is asked",
    PacketState.BOTH_YES: "Both said yes",
    PacketState.INTRODUCED: "You introduced them",
    PacketState.OUTCOME: "You know what came of it",
    PacketState.DECLINED: "One said no, and that is fine",
}
_MARKS = {
    PacketState.SUGGESTED: "Take it up again",
    PacketState.ASKED_A: "I asked {a}",
    PacketState.YES_A: "{a} said yes",
    PacketState.ASKED_B: "I asked {b}",
    PacketState.BOTH_YES: "{b} said yes",
    PacketState.INTRODUCED: "I introduced them",
    PacketState.DECLINED: "One said no",
}
_OPENED = "introduction_opened"


def main() -> None:
    assistant = get_assistant()
    st.title("Introductions")
    people = list_people(assistant)
    if not people:
        lead_in("Who should meet whom, what each would gain, and how far each introduction has come.")
        return
    with told():
        on_their_way = assistant.packets()
        begun = {frozenset((one.a_id, one.b_id)) for one in on_their_way}
        show_asked_for(assistant, begun)
        show_packets(assistant, on_their_way)
        show_suggestions(assistant, people, begun)


def show_asked_for(assistant: Assistant, begun: set[frozenset[str]]) -> None:
    """The two whom the address names, where their introduction has not begun."""
    pair = (st.query_params.get("who", ""), st.query_params.get("with", ""))
    if all(pair) and frozenset(pair) not in begun:
        with st.container(border=True, gap="small"):
            view = assistant.packet(*pair)
            show_pair(view)
            show_packet(assistant, view)


# --- on their way -------------------------------------------------------------------------------------------------


def show_packets(assistant: Assistant, found: tuple[PacketView, ...]) -> None:
    st.header("On their way")
    if not found:
        say("None. Choose a suggestion below, and both are asked before anybody is introduced.")
    for one in found:
        with st.container(border=True, gap="small"):
            show_pair(one)
            show_packet(assistant, one)


def show_packet(assistant: Assistant, one: PacketView) -> None:
    """Where it stands, the next step with its draft, and the steps that may be marked."""
    since = f", since {in_words(one.steps[-1].day)}" if one.steps else ""
    say(f"{_STATES[one.state].format(a=one.a, b=one.b)}{since}.")
    if one.caution:
        say(f"Mind: {one.caution}.")
    if one.outcome:
        say(f"What came of it: {one.outcome}")
    if one.next:
        say(f"Next, {in_words(one.next.due)}: {one.next.text}")
    for text in one.texts:
        show_text(text)
    show_marks(assistant, one)
    if one.clearable:
        show_clearable(assistant, one)


def show_text(text: PacketText) -> None:
    """The way to the draft of one message; the words it rests on go with it."""
    if not text.about:
        link_new_draft(text.to_id, text.kind, f"Draft it — {KINDS[text.kind]}", text.other_id)
    elif st.button(
        escape(f"{text.text[:1].upper()}{text.text[1:]}"),
        key=f"text-{text.to_id}-{text.about}",
        icon=":material/edit:",
        type="tertiary",
    ):
        go_to_draft(text.to_id, text.kind, text.about)


def show_marks(assistant: Assistant, one: PacketView) -> None:
    with st.container(horizontal=True):
        for mark in one.following:
            if mark in _MARKS:
                said = _MARKS[mark].format(a=one.a, b=one.b)
                if st.button(escape(said), key=f"mark-{one.a_id}-{one.b_id}-{mark}"):
                    assistant.packet(one.a_id, one.b_id, mark)
                    leave_suggestion()
    if PacketState.OUTCOME in one.following:
        with st.form(f"outcome-{one.a_id}-{one.b_id}", clear_on_submit=True, border=False):
            text = st.text_input("What came of it?")
            if st.form_submit_button("Keep it") and text.strip():
                assistant.packet(one.a_id, one.b_id, outcome=text.strip())
                st.rerun()


def show_clearable(assistant: Assistant, one: PacketView) -> None:
    count = len(one.clearable)
    with st.expander(f"What one told you, and the other may read only if they agree ({count})"):
        for told_by in one.clearable:
            with st.container(horizontal=True, vertical_alignment="center"):
                say(f"{told_by.about}: {told_by.text}")
                if told_by.cleared:
                    say("Agreed.")
                elif st.button("They agreed", key=f"clear-{one.a_id}-{one.b_id}-{told_by.id}"):
                    assistant.packet(one.a_id, one.b_id, clear=[told_by.id])
                    leave_suggestion()


def leave_suggestion() -> None:
    """What was begun stands among those on their way, and is closed where it was suggested."""
    st.session_state.pop(_OPENED, None)
    st.rerun()


# --- who should meet ----------------------------------------------------------------------------------------------


def show_suggestions(assistant: Assistant, people: tuple[Contact, ...], begun: set[frozenset[str]]) -> None:
    st.header("Who should meet")
    by_id = {one.id: one for one in people}
    only = st.selectbox(
        "For whom?",
        narrow(people, "introduce_for", list(filter(None, [st.session_state.get("introduce_for")]))),
        index=None,
        format_func=lambda one: name_person(by_id[one]),
        key="introduce_for",
        placeholder="Anybody",
    )
    found = find_introductions(assistant, only or "")
    if not found:
        say("Nobody shows in your notes. What people need, offer and care about would: note it, and look again.")
    for one in found:
        with st.container(border=True, gap="small"):
            show_suggestion(one)
            if frozenset((one.a_id, one.b_id)) in begun:
                say("On its way, as it stands above.")
            else:
                show_beginning(assistant, one)


def show_suggestion(one: Introduction) -> None:
    """The two, and what each would gain with the quotes that say so."""
    show_pair(one)
    if one.one_sided:
        say("One-sided: your notes show a gain for one of them only.")
    for column, name, why, quotes in zip(
        st.columns(2), (one.a, one.b), (one.why_a, one.why_b), (one.evidence_a, one.evidence_b), strict=True
    ):
        with column, st.container(gap="xsmall"):
            say(f"For {name}\n{why}")
            for quote in quotes:
                say(cite(quote.quote, quote.date))


def show_beginning(assistant: Assistant, one: Introduction) -> None:
    """The way to begin; nothing is kept before its first step."""
    pair = (one.a_id, one.b_id)
    if st.session_state.get(_OPENED) == pair:
        show_packet(assistant, assistant.packet(*pair))
        return
    if one.state != PacketState.SUGGESTED:
        say(
            _STATES[PacketState.DECLINED]
            if one.state == PacketState.DECLINED
            else f"First {one.state.removesuffix(' first')}"
        )
    if st.button("Bring them together", key=f"open-{one.a_id}-{one.b_id}", icon=":material/handshake:"):
        st.session_state[_OPENED] = pair
        st.rerun()


def show_pair(one: Introduction | PacketView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        link_person(one.a_id, one.a)
        say("and")
        link_person(one.b_id, one.b)


main()
