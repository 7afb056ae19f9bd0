"""The page Draft: choose a person, see the plan, have a draft written, mend it under the checks, take it away.

It must never show text as ready that `Assistant.eml` refuses, never offer to send, and never render a name, a note or
a draft as Markdown.
"""

from __future__ import annotations

from typing import NamedTuple, TypedDict

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.app import Assistant
from assistant.domain import Channel, Contact, Draft, DraftKind, DraftState, Evidence, Outcome, Plan, make_id
from assistant.errors import GivefirstError
from assistant.render.drafts import render_used
from ui.answers import find_candidates, list_people
from ui.first import lead_in
from ui.first_draft import show_first_draft
from ui.model_panel import show_preview
from ui.parts import (
    ASKS,
    CHANNELS,
    KINDS,
    OUTCOMES,
    WITH_OTHER,
    choose_person,
    escape,
    get_assistant,
    marks_of,
    say,
    say_plan,
    show_findings,
    source_of,
    told,
)
from ui.ways import put_in_address, take_from_address

_STATES = {
    DraftState.SENT: "You sent this.",
    DraftState.REPLIED: "You sent this, and they answered.",
    DraftState.DROPPED: "You dropped this.",
}
_NEXT = {
    DraftState.DRAFT: (("I sent it", DraftState.SENT), ("Drop it", DraftState.DROPPED)),
    DraftState.SENT: (("They answered", DraftState.REPLIED),),
}


def main() -> None:
    assistant = get_assistant()
    st.title("Draft")
    people = list_people(assistant)
    if not people:
        lead_in("Choose a person and a kind of message; every sentence will show what it rests on.")
        return
    if assistant.me() is None:
        show_first_draft(assistant)
        return
    take_kept(assistant)
    request = ask_request(people)
    if request is None:
        return
    with told():
        place = place_of(request.kind, request.contact.id, request.channel)
        with st.expander("The plan, and what it rests on", expanded=place not in st.session_state):
            plan, use = show_plan(assistant, request)
        if assistant.has_model and plan.outcome is Outcome.READY:
            contact_id, about = request.contact.id, plan.about
            show_preview(lambda: assistant.preview(request.kind, contact_id, about, use, streamed=True, **request.more))
        kind = "secondary" if place in st.session_state else "primary"
        asked = st.button("Write draft", type=kind, disabled=plan.outcome is not Outcome.READY)
        panel = st.empty()  # in every run, or what stands below would be built anew and an open popover close
        wanted = st.session_state.pop("draft_write_now", False) and plan.outcome is Outcome.READY
        if wanted or asked:
            st.session_state[place] = write(assistant, request, plan, use, panel)
            st.rerun()  # the plan makes way for what was written
        if place in st.session_state:
            show_draft(assistant, st.session_state[place], plan)


def place_of(kind: DraftKind, contact_id: str, channel: Channel) -> str:
    """Where the session keeps the draft that belongs to these choices."""
    return f"draft-{kind}-{contact_id}-{channel}"


def take_kept(assistant: Assistant) -> None:
    """A kept draft that the address names is laid on the page with the choices it was written for, once."""
    wanted = st.query_params.get("draft")
    if not wanted or wanted == st.session_state.get("draft_shown"):
        return
    st.session_state["draft_shown"] = wanted
    found = next((one for one in assistant.drafts() if one.id == wanted), None)
    if found is None:
        st.info("That draft is not in this book.")
        return
    choices = {"kind": found.kind, "who": found.to, "with": found.plan.other, "channel": found.plan.channel}
    for name, value in (*choices.items(), ("about", found.plan.about)):
        if value is not None:
            st.session_state[f"draft_{name}"] = value
    st.session_state[place_of(found.kind, found.to, found.plan.channel)] = found


# --- what is wanted -----------------------------------------------------------------------------------------------


class Request(NamedTuple):
    """What the user chose: the kind, the person, their own words, and what else the kind takes."""

    kind: DraftKind
    contact: Contact
    about: str
    other: str | None
    channel: Channel
    insist: bool

    @property
    def more(self) -> More:
        """The arguments that every use case of drafting takes by name."""
        return {"other": self.other, "channel": self.channel, "insist": self.insist}


class More(TypedDict):
    other: str | None
    channel: Channel
    insist: bool


def ask_request(people: tuple[Contact, ...]) -> Request | None:
    """The fields at the top of the page; None until a person is chosen."""
    take_from_address("kind", "draft_kind", KINDS)
    take_from_address("who", "draft_who")
    take_from_address("with", "draft_with")
    first, second, third = st.columns([2, 2, 1])
    with first:
        contact = choose_person(people, "draft_who", on_change=put_in_address, args=("who", "draft_who"))
    with second:
        kind = st.selectbox(
            "Kind",
            list(KINDS),
            format_func=KINDS.__getitem__,
            key="draft_kind",
            persist_state="session",
            on_change=put_in_address,
            args=("kind", "draft_kind"),
        )
    with third:
        channel = st.selectbox("As", list(CHANNELS), format_func=CHANNELS.__getitem__, key="draft_channel")
    other = (
        choose_person(people, "draft_with", "With whom", put_in_address, ("with", "draft_with"))
        if kind in WITH_OTHER
        else None
    )
    about = st.text_area(
        "In your own words (counts as evidence)", key="draft_about", height=80, persist_state="session"
    )
    insist = bool(st.session_state.get("draft_insist"))
    if contact is None or kind is None or channel is None:
        return None
    return Request(kind, contact, about.strip(), other.id if other else None, channel, insist)


# --- the plan -----------------------------------------------------------------------------------------------------


def show_plan(assistant: Assistant, request: Request) -> tuple[Plan, set[str] | None]:
    """The boxes to tick, the plan for what is ticked, and the ids it keeps to (none where nothing was changed)."""
    left, right = st.columns([3, 2], gap="large")
    kind, contact, about = request.kind, request.contact, request.about
    plan = assistant.plan(kind, contact.id, about, **request.more)
    base = {one.id for one in plan.evidence}
    candidates = find_candidates(assistant, kind, contact.id, about, request.other)
    with left:
        st.header("What it will rest on")
        ticked = show_boxes(candidates, base, f"{kind}-{contact.id}", contact)
    use = None if ticked == base else ticked
    if use is not None:
        plan = assistant.plan(kind, contact.id, about, use, **request.more)
    with right:
        show_choice(plan)
        if plan.outcome is Outcome.REFUSED or request.insist:
            st.checkbox("Go on although the plan advises against it", key="draft_insist")
    return plan, use


def show_choice(plan: Plan) -> None:
    """What the plan gives, asks and leaves out; or why there is none."""
    st.header("Plan")
    say(OUTCOMES[plan.outcome])
    for line in (*plan.questions, *plan.reasons):
        say_plan(line)
    if plan.give:
        need = f"\nIt meets: “{plan.give.need.quote}”" if plan.give.need else ""
        say(f"You give: {plan.give.offer.text} (your time: {plan.give.cost}){need}")
    if plan.ask:
        say(f"You ask: {ASKS.get(plan.ask, plan.ask)}")
    if plan.gives and plan.outcome is Outcome.REFUSED:
        say("You could give first\n" + "\n".join(give.offer.text for give in plan.gives))
    if plan.left_out:
        say("Left out\n" + "\n".join(f"“{one.text}”: {one.reason}" for one in plan.left_out))


def show_boxes(candidates: tuple[Evidence, ...], base: set[str], place: str, contact: Contact) -> set[str]:
    """A box for each piece of evidence; gives the ticked ids. What the plan chose comes first, ticked."""
    chosen = [one for one in candidates if one.id in base]
    others = [one for one in candidates if one.id not in base]
    ticked = {one.id for one in chosen if show_box(one, True, place, contact)}
    with st.expander(f"More you may tell them ({len(others)})"):
        return ticked | {one.id for one in others if show_box(one, False, place, contact)}


def show_box(one: Evidence, on: bool, place: str, contact: Contact) -> bool:
    """One box; its key holds the default too, so that a changed plan brings its own ticks."""
    marks = marks_of(one)
    who = "them" if one.about == contact.id else "you"
    told = (f"{who}: {one.kind}" if one.kind else who, source_of(one), marks)
    label = escape(f"“{one.quote}” ({'; '.join(part for part in told if part)})")
    key = make_id("use", place, one.id, on)
    fixed = bool(marks) or one.source == "own"
    return st.checkbox(label, on, key, disabled=fixed, wrap=True, persist_state="session")


# --- the writing --------------------------------------------------------------------------------------------------


def write(assistant: Assistant, request: Request, plan: Plan, use: set[str] | None, panel: DeltaGenerator) -> Draft:
    """A draft. While a model writes it, its words are shown for what they are: nobody's yet, and unchecked.

    Any click ends the script at its next word to the page, and with it the request; so the button needs no code.
    """
    with panel.container(border=True):
        if assistant.has_model:
            st.warning("Not approved. The model is still writing, and nothing here has been checked.")
            st.button("Stop writing", key="stop_writing")
        shown = st.empty()

        def show(text: str) -> None:
            with shown:
                say(text or "…")

        with st.spinner("Writing"):
            more = request.more
            draft = assistant.draft(request.kind, request.contact.id, plan.about, use, on_text=show, **more)
    panel.empty()
    return draft


# --- the draft ----------------------------------------------------------------------------------------------------


def show_draft(assistant: Assistant, draft: Draft, plan: Plan) -> None:
    st.divider()
    st.header("Your draft")
    if draft.plan != plan:
        st.info("The plan has changed since this was written. Write the draft again to use it.")
    for line in (*draft.questions, *draft.reasons):
        say_plan(line)
    subject, body = show_editor(draft)
    edited = (subject, body) != (draft.subject, draft.body)
    own = draft.plan.about
    found = draft.findings
    if edited:
        named = {"other": draft.plan.other, "channel": draft.plan.channel}
        found = assistant.check(body, draft.kind, draft.to, own=own, subject=subject, **named)
    show_taking(assistant, draft, subject, body)
    show_state(assistant, draft)
    st.header("Checks")
    if not found:
        st.write("Nothing found.")
    show_findings(found)
    show_sources(draft)


def show_editor(draft: Draft) -> tuple[str, str]:
    """Subject and body as the user has them now, kept under the draft's id."""
    subject = st.text_input("Subject", draft.subject, key=f"subject-{draft.id}", persist_state="session")
    body = st.text_area("Body", draft.body, key=f"body-{draft.id}", height=320, persist_state="session")
    return subject, body


def show_taking(assistant: Assistant, draft: Draft, subject: str, body: str) -> None:
    """The outcome in words, and the text to take away where nothing stands against it.

    It lies in a popover because a click on an open button would fetch the text as it was before the last keystrokes:
    opening the popover commits them first.
    """
    try:
        written = draft.plan.channel is Channel.EMAIL
        text = assistant.text(draft.id, subject, body)
        data = assistant.eml(draft.id, subject, body) if written else b""
        link = assistant.mailto(draft.id, subject, body) if written else ""
    except GivefirstError as error:
        refused = draft.outcome is Outcome.REFUSED
        say(OUTCOMES[Outcome.REFUSED if refused else Outcome.NEEDS_INPUT])
        st.error(escape(str(error)))
        return
    say(OUTCOMES[Outcome.READY])
    with st.popover("Take it away", type="primary", width="stretch"):
        if written:
            st.download_button("Download .eml", data, f"{draft.id}.eml", "message/rfc822", on_click="ignore")
            st.link_button("Open in your mail program", link)
        st.code(text, language=None, wrap_lines=True)


def show_state(assistant: Assistant, draft: Draft) -> None:
    """What became of it, as the user says: sent, answered, or dropped."""
    state = st.session_state.get(f"state-{draft.id}", draft.state)
    if state is not DraftState.DRAFT:
        say(_STATES[state])
    with st.container(horizontal=True):
        for label, next_state in _NEXT.get(state, ()):
            if st.button(label):
                st.session_state[f"state-{draft.id}"] = assistant.mark(draft.id, next_state).state
                st.rerun()


def show_sources(draft: Draft) -> None:
    """Each sentence as it was written, with the quotes it rests on beside it."""
    st.header("What each sentence rests on")
    writer = "the plain writer" if draft.model == "plain" else "the language model"
    say(" · ".join((f"As first written, by {writer}", *render_used(draft))))
    quotes = {one.id: f"“{one.quote}” ({source_of(one)})" for one in draft.evidence}
    for sentence in draft.sentences:
        with st.container(border=True):
            left, right = st.columns(2)
            with left:
                say(sentence.text)
            with right:
                say("\n".join(quotes[one] for one in sentence.evidence if one in quotes) or "states no fact")


main()
