"""Which few things are suggested on a day: the rule of choosing on free input, and what a suggestion may rest on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Contact, DraftKind, Evidence, FactKind, Visibility
from assistant.find.due import DueContact
from assistant.find.introductions import Introduction, Quote
from assistant.find.suggestions import (
    Candidate,
    NextAction,
    Person,
    Suggestion,
    choose,
    count_shown,
    make_key,
    suggest_due,
    suggest_gives,
    suggest_introduction,
)
from assistant.store.suggestions import ShownSuggestion

TODAY = dt.date(2026, 11, 20)
KINDS = ("due", "give", "introduction", "news")
ANA = Contact(id="c-ana", name="Ana Ferreira", cadence="monthly")


def candidate(kind: str, people: tuple[str, ...], worth: float, ground: str = "") -> Candidate:
    suggestion = Suggestion.model_validate(
        {
            "key": make_key(kind, people, [ground]),  # type: ignore[arg-type]
            "kind": kind,
            "people": [Person(id=one, name=one) for one in people],
            "why": f"{kind} {ground}.",
            "evidence": [],
            "action": NextAction(kind="check_in", to=people[0]),
        }
    )
    return Candidate(suggestion, worth)


people = st.sampled_from([f"c-{number}" for number in range(8)])
candidates = st.lists(
    st.builds(
        candidate,
        st.sampled_from(KINDS),
        st.lists(people, min_size=1, max_size=2, unique=True).map(tuple),
        st.floats(0.01, 1),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=30,
    unique_by=lambda one: one.suggestion.key,
)


def pick(found: list[Candidate], memory: dict[str, ShownSuggestion], k: int, today: dt.date) -> tuple[Suggestion, ...]:
    return choose(found, memory, k, today, lambda one: one.suggestion)


def shown(found: tuple[Suggestion, ...], memory: dict[str, ShownSuggestion], today: dt.date) -> None:
    memory.update({one.key: one for one in count_shown(found, memory, today)})


@given(candidates, st.integers(1, 8))
def test_never_more_than_asked_for_nobody_twice_and_the_same_all_day(found: list[Candidate], k: int) -> None:
    memory: dict[str, ShownSuggestion] = {}
    for day in range(4):
        today = TODAY + dt.timedelta(days=day)
        first = pick(found, memory, k, today)
        named = [person.id for one in first for person in one.people]
        assert len(first) <= k and len(named) == len(set(named))
        shown(first, memory, today)
        assert pick(found, memory, k, today) == first
        assert count_shown(first, memory, today) == []


@given(candidates, st.integers(1, 8))
def test_at_most_two_of_a_kind_unless_there_is_nothing_else(found: list[Candidate], k: int) -> None:
    chosen = pick(found, {}, k, TODAY)
    for kind in KINDS:
        if sum(one.kind == kind for one in chosen) > 2:
            named = {person.id for one in chosen for person in one.people if one.kind != kind}
            first_two = [one for one in chosen if one.kind == kind][:2]
            named |= {person.id for one in first_two for person in one.people}
            free = [
                one.suggestion
                for one in found
                if one.suggestion.kind != kind
                and one.suggestion not in chosen
                and not named & {person.id for person in one.suggestion.people}
            ]
            of_kind = {one.kind for one in free}
            assert all(sum(one.kind == other for one in chosen) >= 2 for other in of_kind)


@given(candidates, st.integers(1, 60), st.booleans())
def test_what_was_sent_away_does_not_return_before_its_time(found: list[Candidate], days: int, never: bool) -> None:
    first = pick(found, {}, 5, TODAY)
    if not first:
        return
    gone = first[0]
    memory: dict[str, ShownSuggestion] = {}
    shown(first, memory, TODAY)
    until = None if never else TODAY + dt.timedelta(days=days)
    memory[gone.key] = memory[gone.key]._replace(dismissed=TODAY, until=until)
    same_day = pick(found, memory, 30, TODAY)
    assert not {person.id for one in same_day for person in one.people} & {person.id for person in gone.people}
    for day in range(1, days):
        assert gone.key not in {one.key for one in pick(found, memory, 30, TODAY + dt.timedelta(days=day))}
    alone = [one for one in found if one.suggestion.key == gone.key]
    later = pick(alone, memory, 5, TODAY + dt.timedelta(days=days))
    assert later == (() if never else (gone,))


@settings(max_examples=30, deadline=None)
@given(candidates)
def test_nothing_waits_for_ever(found: list[Candidate]) -> None:
    """Worth is at least a hundredth of the best: by the highest averages each comes up within so many rounds."""
    memory: dict[str, ShownSuggestion] = {}
    seen: set[str] = set()
    for day in range(100 * len(found) + 1):
        today = TODAY + dt.timedelta(days=day)
        chosen = pick(found, memory, 3, today)
        shown(chosen, memory, today)
        seen |= {one.key for one in chosen}
        if len(seen) == len(found):
            break
    assert seen == {one.suggestion.key for one in found}


def test_what_is_not_acted_on_makes_room() -> None:
    found = [candidate("give", ("c-1",), 0.9), candidate("give", ("c-2",), 0.5), candidate("give", ("c-3",), 0.4)]
    memory: dict[str, ShownSuggestion] = {}
    days = []
    for day in range(4):
        today = TODAY + dt.timedelta(days=day)
        chosen = pick(found, memory, 1, today)
        shown(chosen, memory, today)
        days.append(chosen[0].people[0].id)
    assert days == ["c-1", "c-2", "c-1", "c-3"]


def test_what_stands_on_the_list_stays_when_another_is_sent_away() -> None:
    found = [
        candidate("give", ("c-1",), 0.9),
        candidate("introduction", ("c-2", "c-3"), 0.7),
        candidate("give", ("c-4",), 0.85),
        candidate("give", ("c-3",), 0.8),
    ]
    memory: dict[str, ShownSuggestion] = {}
    first = pick(found, memory, 3, TODAY)
    assert [one.people[0].id for one in first] == ["c-1", "c-4", "c-2"]
    shown(first, memory, TODAY)
    memory[first[0].key] = memory[first[0].key]._replace(dismissed=TODAY)
    assert set(first[1:]) <= set(pick(found, memory, 3, TODAY))


def test_a_suggestion_that_cannot_be_made_makes_room_for_the_next() -> None:
    found = [candidate("give", ("c-1",), 0.9), candidate("give", ("c-2",), 0.5)]
    (one,) = choose(found, {}, 1, TODAY, lambda it: None if it.worth > 0.8 else it.suggestion)
    assert one.people[0].id == "c-2"


def test_the_key_is_of_kind_people_and_words_in_whichever_order() -> None:
    assert make_key("give", ["a", "b"], ["x  y", "Z"]) == make_key("give", ["b", "a"], ["z", "X y"])
    assert make_key("give", ["a"], ["x"]) != make_key("due", ["a"], ["x"])
    assert make_key("give", ["a"], ["x"]) != make_key("give", ["a"], ["y"])


# --- what it rests on ---------------------------------------------------------------------------------------------


def evidence(text: str, kind: FactKind, about: str = "c-ana", **more: object) -> Evidence:
    return Evidence.model_validate(
        {
            "id": f"f-{text}",
            "source": "fact",
            "about": about,
            "text": text,
            "quote": text,
            "kind": kind,
            "date": dt.date(2026, 9, 1),
            "note_id": "n-1",
            **more,
        }
    )


NEED = evidence("a notary in Lisbon", FactKind.NEED)
OFFER = evidence("know a notary in Lisbon", FactKind.OFFER, "c-me")


def test_a_give_names_need_and_offer_with_their_quotes() -> None:
    (one,) = suggest_gives(ANA, [NEED], [OFFER], TODAY)
    assert one.suggestion.why == (
        "Ana needs a notary in Lisbon (noted 1 September 2026), and you offered: know a notary in Lisbon."
    )
    assert [(cited.quote, cited.note_id, cited.date) for cited in one.suggestion.evidence] == [
        (NEED.quote, "n-1", NEED.date),
        (OFFER.quote, "n-1", OFFER.date),
    ]
    assert one.suggestion.action == NextAction(kind=DraftKind.GIVE_FIRST, to="c-ana")


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": Visibility.PRIVATE},
        {"superseded": True},
        {"negated": True},
        {"hearsay": True},
        {"date": dt.date(2025, 9, 1)},
        {"date": None},
    ],
)
def test_no_give_for_a_need_that_is_private_over_or_old(change: dict[str, object]) -> None:
    assert suggest_gives(ANA, [NEED.model_copy(update=change)], [OFFER], TODAY) == []


def test_a_private_offer_is_not_brought_up() -> None:
    assert suggest_gives(ANA, [NEED], [OFFER.model_copy(update={"visibility": Visibility.PRIVATE})], TODAY) == []


def due_row(**more: object) -> DueContact:
    return DueContact.model_validate(
        {
            "contact": "Ana Ferreira",
            "contact_id": "c-ana",
            "due": TODAY,
            "late_days": 0,
            "overdue": False,
            "every_days": 30,
            "longest_days": 45,
            "last": dt.date(2026, 10, 21),
            "why": "You want to be in touch with Ana every month.",
            "urgency": 2.0,
            **more,
        }
    )


def test_whoever_is_due_is_quoted_without_confidences() -> None:
    secret = NEED.model_copy(update={"id": "f-secret", "quote": "is leaving", "visibility": Visibility.PRIVATE})
    known = {one.id: one for one in (NEED, OFFER, secret)}
    row = due_row(evidence=(NEED.id, OFFER.id, secret.id))
    one = suggest_due(row, ANA, known, "c-me", TODAY)
    assert [cited.quote for cited in one.suggestion.evidence] == [NEED.quote]
    assert one.kinds[0] is DraftKind.GIVE_FIRST and "leaving" not in one.suggestion.model_dump_json()


def test_being_in_touch_again_is_new_ground_for_being_due() -> None:
    first, second = (
        suggest_due(due_row(last=last), ANA, {}, "c-me", TODAY).suggestion
        for last in (dt.date(2026, 10, 21), dt.date(2026, 10, 22))
    )
    assert first.key != second.key
    assert [one.quote for one in first.evidence] == ["cadence: monthly"]


def test_after_a_long_silence_one_reconnects() -> None:
    assert suggest_due(due_row(last=dt.date(2026, 1, 1)), ANA, {}, "c-me", TODAY).kinds[0] is DraftKind.RECONNECT
    assert DraftKind.RECONNECT not in suggest_due(due_row(last=None), ANA, {}, "c-me", TODAY).kinds


def pair(**more: object) -> Introduction:
    quote = Quote(id="f-1", about="c-b", quote="an accountant", visibility=Visibility.PERSONAL)
    return Introduction.model_validate(
        {
            "a": "A",
            "b": "B",
            "a_id": "c-a",
            "b_id": "c-b",
            "why_a": "no gain",
            "why_b": "B looks for an accountant.",
            "evidence_a": (),
            "evidence_b": (quote,),
            "score": 0.5,
            "one_sided": True,
            "state": "suggested",
            **more,
        }
    )


def test_an_introduction_is_suggested_until_it_has_begun() -> None:
    first = suggest_introduction(pair())
    assert first and first.suggestion.action == NextAction(kind="packet", to="c-a", other="c-b")
    assert suggest_introduction(pair(state="ask A first")) is not None
    assert suggest_introduction(pair(state="asked_a")) is None
    assert suggest_introduction(pair(state="declined")) is None


def test_an_introduction_never_rests_on_a_confidence() -> None:
    secret = Quote(id="f-1", about="c-b", quote="an accountant", visibility=Visibility.PRIVATE)
    assert suggest_introduction(pair(evidence_b=(secret,))) is None
