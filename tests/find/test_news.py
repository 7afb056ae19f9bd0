from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact, Draft, DraftKind, Evidence, FactKind, Outcome, Plan, make_id
from assistant.find.corpus import Corpus, make_corpus
from assistant.find.events import choose_plans, find_own_part, find_sides, find_topics, holds, plan_event
from assistant.find.news import find_readers, find_seen
from assistant.sources.articles import Article

ARTICLE = Article(
    title="A museum reopens its letterpress workshop",
    text="Visitors print their own cards. Courses in letterpress printing begin in May.",
    link="https://museum.example/press",
)


def corpus(*told: tuple[str, FactKind, str], industry: str = "") -> Corpus:
    pieces = tuple(
        Evidence(
            id=f"f-{number}",
            source="fact",
            about=who,
            text=quote.partition(" #")[0],
            quote=quote,
            kind=kind,
            date=dt.date(2026, 3, 1),
        )
        for number, (who, kind, quote) in enumerate(told)
    )
    people = {who: Contact(id=who, name=f"{who} Lund", industry=industry) for who, *_ in told}
    return make_corpus(pieces, people)


# --- who would care -----------------------------------------------------------------------------------------------


def test_a_reader_is_named_with_both_quotes() -> None:
    book = corpus(("Ana", FactKind.INTEREST, "letterpress printing #craft"), ("Bo", FactKind.INTEREST, "sourdough"))
    ((reader, _),) = find_readers(book, ARTICLE, None)
    assert (reader.contact, reader.quote) == ("Ana Lund", "letterpress printing #craft")
    assert reader.sentence == "Courses in letterpress printing begin in May."
    assert reader.why == (
        "Of Ana you noted “letterpress printing” (March 2026); the article says “Courses in letterpress printing "
        "begin in May”."
    )


def test_an_article_nobody_cares_about_has_no_readers() -> None:
    book = corpus(("Ana", FactKind.INTEREST, "cork boats"))
    assert find_readers(book, ARTICLE, None) == ()
    assert find_readers(corpus(), ARTICLE, None) == ()


@pytest.mark.parametrize(
    ("about", "seen"),
    [
        ("look at this https://museum.example/press", True),
        ("A museum reopens its letterpress workshop, I am glad", True),
        ("a museum in Mainz", False),
        ("", False),
    ],
)
def test_who_was_sent_it_is_known_by_link_or_headline(about: str, seen: bool) -> None:
    draft = Draft(
        id="d-1", kind=DraftKind.NEWS_SHARE, to="c-1", subject="", body="", sentences=(), findings=(),
        outcome=Outcome.READY, plan=Plan(kind=DraftKind.NEWS_SHARE, to="c-1", about=about),
    )  # fmt: skip
    day = dt.date(2026, 5, 4)
    found = find_seen([draft], ARTICLE, {make_id("i", "d-1", "out"): day})
    assert found == ({"c-1": day} if seen else {})


# --- events ---------------------------------------------------------------------------------------------------------

PRINTING = (
    ("Ana", FactKind.OFFER, "can show letterpress printing"),
    ("Bo", FactKind.INTEREST, "letterpress printing"),
    ("Cy", FactKind.NEED, "letterpress printing for labels"),
    ("Di", FactKind.INTEREST, "letterpress printing #craft"),
    ("Eo", FactKind.INTEREST, "sourdough"),
)


def everybody(book: Corpus) -> set[str]:
    return set(book.people)


def test_who_offers_teaches_and_who_needs_or_cares_learns() -> None:
    book = corpus(*PRINTING)
    plan = plan_event(book, "letterpress printing", find_sides(book, "letterpress printing", None), (), everybody(book))
    assert [one.contact for one in plan.speakers] == ["Ana Lund"]
    assert {one.contact for one in plan.invitees} == {"Bo Lund", "Cy Lund", "Di Lund"}
    assert holds(plan) and "Only one could teach it" in plan.balance
    assert plan.speakers[0].why == "Ana knows it: “can show letterpress printing” (March 2026)."


def test_who_may_not_be_invited_is_not() -> None:
    book = corpus(*PRINTING)
    plan = plan_event(book, "letterpress printing", find_sides(book, "letterpress printing", None), (), {"Bo"})
    assert [one.contact for one in (*plan.speakers, *plan.invitees)] == ["Bo Lund"]
    assert not holds(plan)


def test_what_the_user_offers_makes_them_the_teacher() -> None:
    mine = corpus(("me", FactKind.OFFER, "can teach letterpress printing"), ("me", FactKind.ROLE, "founder")).pieces
    assert find_own_part("letterpress printing", mine) == "can teach letterpress printing"
    assert find_own_part("sourdough baking", mine) == ""
    cares = corpus(("me", FactKind.INTEREST, "letterpress printing")).pieces
    assert find_own_part("letterpress printing", cares) == "", "to care for a thing is not to teach it"


def test_a_room_of_one_field_is_said_to_be_one() -> None:
    book = corpus(*PRINTING, industry="printing")
    plan = plan_event(book, "letterpress printing", find_sides(book, "letterpress printing", None), (), everybody(book))
    assert plan.circles == (("design and printing", 4),)
    assert "More than half are of design and printing" in plan.balance


def test_topics_are_what_several_peoples_facts_share() -> None:
    topics = find_topics(corpus(*PRINTING), ())
    assert topics == ("letterpress printing",)
    assert find_topics(corpus(*PRINTING[:2]), ()) == ()


def test_two_topics_for_the_same_people_are_one() -> None:
    book = corpus(*PRINTING)
    plan = plan_event(book, "letterpress printing", find_sides(book, "letterpress printing", None), (), everybody(book))
    other = plan.model_copy(update={"topic": "printing letterpress", "score": plan.score - 1})
    assert choose_plans([other, plan]) == (plan,)


WORDS = "cork buoys battery cells letterpress printing seagrass permits pilot boats sourdough".split()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ana", "Bo", "Cy", "Di"]),
            st.sampled_from([FactKind.INTEREST, FactKind.NEED, FactKind.OFFER, FactKind.ROLE]),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        ),
        max_size=12,
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
)
def test_nobody_is_named_without_a_word_of_their_own_in_it(
    told: Sequence[tuple[str, FactKind, str]], topic: str
) -> None:
    """Every part of an answer rests on a quote of the person it names, and needs never teach."""
    book = corpus(*told)
    plan = plan_event(book, topic, find_sides(book, topic, None), (), everybody(book))
    readers = [one for one, _ in find_readers(book, Article(title=topic, text=topic), None)]
    for part in (*plan.speakers, *plan.invitees, *readers):
        assert (part.contact_id, part.quote) in {(who, quote) for who, _, quote in told}
        assert set(part.quote.split()) & set(topic.split())
    teaching = {(who, quote) for who, kind, quote in told if kind in (FactKind.OFFER, FactKind.ROLE)}
    assert {(one.contact_id, one.quote) for one in plan.speakers} <= teaching
    assert not {one.contact_id for one in plan.speakers} & {one.contact_id for one in plan.invitees}
