"""What the pages ask of the open book, kept for as long as no record changes; in a large book as last reckoned ahead.

It must never pass an old answer off as current: a page that shows one says so, and is drawn anew when it can be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import cast

import streamlit as st

from assistant import ahead
from assistant.app import Assistant
from assistant.domain import CommonGround, Contact, Diagnosis, DraftKind, Evidence
from assistant.find.acquaintances import Acquaintance
from assistant.find.balance import ContactBalance
from assistant.find.briefing import Briefing
from assistant.find.due import DueContact
from assistant.find.introductions import Introduction
from assistant.find.network import Network
from assistant.find.suggestions import Candidate, Suggestion
from ui.parts import StillReckoned, get_assistant

_AWAITED = "awaited_of_whole_book"
_LOOK_AGAIN = 3  # seconds


def find_network(assistant: Assistant) -> Network:
    return cast(Network, _of_whole_book(assistant, "network"))


def find_balance(assistant: Assistant) -> tuple[ContactBalance, ...]:
    return cast(tuple[ContactBalance, ...], _of_whole_book(assistant, "balance"))


def find_due(assistant: Assistant) -> tuple[DueContact, ...]:
    found = cast(tuple[DueContact, ...], _of_whole_book(assistant, "due"))
    away = assistant.put_off()
    return tuple(one for one in found if one.contact_id not in away)


def find_suggestions(assistant: Assistant) -> tuple[Suggestion, ...]:
    if not assistant.is_large:
        return cast(tuple[Suggestion, ...], _known(assistant, "suggestions"))
    candidates = cast(tuple[Candidate, ...], _of_whole_book(assistant, "candidates"))
    return assistant.suggestions(given=candidates)


def list_people(assistant: Assistant) -> tuple[Contact, ...]:
    return cast(tuple[Contact, ...], _known(assistant, "people"))


def find_ground(assistant: Assistant, contact_id: str) -> tuple[CommonGround, ...]:
    return cast(tuple[CommonGround, ...], _known(assistant, "ground", contact_id))


def find_introductions(assistant: Assistant, who: str = "") -> tuple[Introduction, ...]:
    return cast(tuple[Introduction, ...], _of_whole_book(assistant, "introductions", who))


def find_acquaintances(assistant: Assistant, ids: Sequence[str]) -> tuple[Acquaintance, ...]:
    return cast(tuple[Acquaintance, ...], _known(assistant, "acquaintances", *ids))


def find_briefings(assistant: Assistant, ids: Sequence[str]) -> tuple[Briefing, ...]:
    return cast(tuple[Briefing, ...], _known(assistant, "briefings", *ids))


def find_candidates(
    assistant: Assistant, kind: DraftKind, contact_id: str, about: str, other: str | None
) -> tuple[Evidence, ...]:
    return cast(tuple[Evidence, ...], _known(assistant, "candidates", kind, contact_id, about, other))


def find_health(assistant: Assistant) -> tuple[Diagnosis, ...]:
    """Whether all is well, as it was within the last minutes: every byte of the records is read for it."""
    return _look(assistant, repr(assistant.settings), assistant.revision, assistant.today)


def look_again() -> None:
    _look.clear()


@st.cache_resource(max_entries=1, ttl=600, show_spinner="Looking whether all is well")
def _look(_assistant: Assistant, settings: str, revision: str | None, today: dt.date) -> tuple[Diagnosis, ...]:
    return tuple(_assistant.doctor())


def _of_whole_book(assistant: Assistant, what: str, about: str = "") -> object:
    """What is reckoned from every note: on the spot, or in a large book as it was last reckoned ahead."""
    if not assistant.is_large or assistant.revision is None:
        return _known(assistant, what, *([about] if what == "introductions" else []))
    answer = ahead.find_answer(assistant, what, about)
    if not answer.is_current:
        st.session_state.setdefault(_AWAITED, set()).add((what, about))
    if answer.value is None:
        raise StillReckoned
    return answer.value


def show_what_is_awaited() -> None:
    """Says that the page is being brought up to date, and draws it anew as soon as it can be."""
    awaited = st.session_state.pop(_AWAITED, None)
    if awaited:
        _watch(get_assistant(), frozenset(awaited))


@st.fragment(run_every=_LOOK_AGAIN)
def _watch(assistant: Assistant, awaited: frozenset[tuple[str, str]]) -> None:
    if all(ahead.is_current(assistant, what, about) for what, about in awaited):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(":material/hourglass_top: Your book is large. What changed last is being worked into this page.")


def _known(assistant: Assistant, what: str, *about: str | None) -> object:
    """What is reckoned from the whole book, kept for as long as no record changes; never kept where that is unknown."""
    revision = assistant.revision
    if revision is None:
        return _USE_CASES[what](assistant, *about)
    return _reckon(assistant, what, about, str(assistant.home), revision, assistant.today)


_USE_CASES: dict[str, Callable[..., object]] = {
    "network": lambda assistant: assistant.network(),
    "balance": lambda assistant: assistant.balance(),
    "due": lambda assistant: assistant.due(most=ahead.MOST_DUE),
    "suggestions": lambda assistant: assistant.suggestions(),
    "people": lambda assistant: assistant.people(),
    "ground": lambda assistant, who: assistant.ground(who),
    "introductions": lambda assistant, who: assistant.introduce(who),
    "acquaintances": lambda assistant, *ids: assistant.acquaintances(ids),
    "briefings": lambda assistant, *ids: assistant.brief(ids),
    "candidates": lambda assistant, kind, who, about, other: assistant.candidates(kind, who, about, other=other),
}


@st.cache_resource(max_entries=32, show_spinner="Looking through your book")
def _reckon(
    _assistant: Assistant, what: str, about: tuple[str | None, ...], home: str, revision: str, today: dt.date
) -> object:
    return _USE_CASES[what](_assistant, *about)
