"""Questions to the whole fictional book: who could advise, who would care, what event would bring people on."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import Channel, DraftKind, DraftState, Outcome
from assistant.errors import GivefirstError
from evals.world import TODAY


def test_who_could_advise_is_found_by_their_own_evidence(assistant: Assistant) -> None:
    (first, *_) = assistant.ask("Who can advise me on battery safety for instruments at sea?")
    assert first.contact == "Hye-jin Park"
    assert first.evidence[0].quote == "advice on battery safety for instruments at sea #public"
    assert first.evidence[0].note_id is not None
    assert first.draft.startswith("givefirst draft ask 'Hye-jin Park' --about ")


def test_who_needs_a_thing_is_no_advisor_on_it(assistant: Assistant) -> None:
    """Tomáš, Amara and nobody else speak of grant applications: both look for somebody to review theirs."""
    assert assistant.ask("Who can review a grant application?") == ()


@pytest.mark.parametrize(
    "question",
    ["How do I fly a helicopter?", "Which visa do I need to move to Canada?", "Who could coach our rugby team?"],
)
def test_nobody_is_an_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question) == ()


@pytest.mark.parametrize("question", ["Who is in treatment for lymphoma?", "Whose main funder has pulled out?"])
def test_a_confidence_alone_names_nobody(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question) == ()


def test_who_wants_no_contact_is_never_on_the_panel(assistant: Assistant) -> None:
    panel = assistant.ask("Who farms sheep on a salt marsh and moves a sea wall?", k=50)
    assert "Sam Okoro" not in {one.contact for one in panel}


def test_a_wish_to_wait_is_kept_and_a_wish_for_the_phone_is_shown(assistant: Assistant) -> None:
    letterpress = {one.contact for one in assistant.ask("Who knows letterpress printing?", k=9)}
    assert "Declan Byrne" in letterpress and "Elif Kaya" not in letterpress, "not before June 2027, she said"
    (greta, *_) = assistant.ask("What must a town's flood plan hold?")
    assert (greta.contact, greta.channel) == ("Greta Lindqvist", Channel.CALL)
    assert greta.draft.endswith(" --channel call")


def test_warmth_and_what_was_asked_before_are_in_view(assistant: Assistant) -> None:
    (viktor, *_) = assistant.ask("Who knows about raising capital from investors?")
    assert (viktor.contact, viktor.load) == ("Viktor Hale", 1), "one of three asks was within the year"
    assert "asked Viktor 3 times" in viktor.balance
    strengths = {one.contact_id: one.strength for one in assistant.network().contacts}
    assert viktor.warmth == strengths[viktor.contact_id]


def test_of_two_with_one_name_the_command_names_one(assistant: Assistant) -> None:
    (baker, *_) = assistant.ask("How do I keep a rye sourdough alive?")
    assert "tom@weberbrood.example" in baker.draft


def test_words_alone_answer_where_there_is_no_embedder(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_EMBEDDINGS", "off")
    with Assistant.open(assistant.home, TODAY) as opened:
        (first, *_) = opened.ask("Who does the accounts of small charities?")
    assert first.contact == "Gwen Pritchard"


def test_an_empty_question_is_said_to_be_one(assistant: Assistant) -> None:
    with pytest.raises(GivefirstError, match="write your question"):
        assistant.ask("  ")


def test_the_command_prints_the_panel_or_says_that_nobody_fits(assistant: Assistant) -> None:
    place = ["--home", str(assistant.home), "--today", str(TODAY)]
    found = CliRunner().invoke(app, ["ask", "Who keeps bees?", "--json", *place])
    (row, *_) = json.loads(found.stdout)
    assert {"contact", "score", "evidence", "warmth"} <= row.keys()
    assert {"quote", "date", "note_id"} <= row["evidence"][0].keys()
    nobody = CliRunner().invoke(app, ["ask", "How do I fly a helicopter?", *place])
    assert nobody.exit_code == 0 and "Nobody in your book" in nobody.stdout


# --- news -----------------------------------------------------------------------------------------------------------

GAUGES = """Small harbours get cheap tide gauges
A programme will put low-cost tide gauges into forty small harbours. The readings will be open to everybody.
https://news.example/gauges
"""


def test_who_would_care_about_an_article_is_found_with_both_quotes(assistant: Assistant) -> None:
    (item,) = assistant.news(GAUGES).items
    assert (item.title, item.link) == ("Small harbours get cheap tide gauges", "https://news.example/gauges")
    first = item.readers[0]
    assert (first.contact, first.quote) == ("Fatima-Zahra Idrissi", "a cheap tide gauge for the bay #instruments")
    assert first.sentence in GAUGES and first.note_id is not None
    assert not {"Sam Okoro", "Rosa Gallo"} & {one.contact for one in item.readers}, "they want no contact"


def test_the_command_drafts_a_share_of_it(assistant: Assistant) -> None:
    import shlex

    (item,) = assistant.news(GAUGES).items
    who, about = shlex.split(item.readers[0].draft)[3::2]
    draft = assistant.draft(DraftKind.NEWS_SHARE, who, about)
    assert draft.outcome is Outcome.READY and "https://news.example/gauges" in draft.body


def test_who_was_sent_it_is_shown_as_such(assistant: Assistant) -> None:
    reader = assistant.news(GAUGES).items[0].readers[0]
    draft = assistant.draft(
        DraftKind.NEWS_SHARE, reader.contact, f"{GAUGES.splitlines()[0]} https://news.example/gauges"
    )
    assistant.mark(draft.id, DraftState.SENT)
    again = assistant.news(GAUGES).items[0].readers[0]
    assert (again.contact, again.seen, again.seen_on, again.draft) == (reader.contact, True, TODAY, "")


@pytest.mark.parametrize(
    "text",
    [
        "New hope in the treatment of lymphoma\nPatients who are in treatment tire less quickly, doctors say.",
        "Film funder pulls out\nThe main funder of several films has pulled out and editors are not paid.",
        "More people are thinking of leaving their law firm\nMare Livre is one of the firms.",
    ],
)
def test_news_that_touches_a_confidence_names_nobody_by_it(assistant: Assistant, text: str) -> None:
    private = {
        one.quote for who in assistant.people() for one in assistant.show(who.id).facts if one.visibility == "private"
    }
    quotes = {one.quote for item in assistant.news(f"{text}\n").items for one in item.readers}
    assert private and not private & quotes
    assert not any("lymphoma" in one or "funder" in one or "leaving" in one for one in quotes)


def test_news_of_no_use_to_anybody_names_nobody(assistant: Assistant) -> None:
    (item,) = assistant.news(
        "Star striker moves to Madrid\nThe club paid ninety million. He will wear number nine.\n"
    ).items
    assert item.readers == ()


def test_a_web_address_needs_a_setting(assistant: Assistant) -> None:
    with pytest.raises(GivefirstError, match="GIVEFIRST_FETCH=on"):
        assistant.news("https://news.example/gauges")


# --- events ---------------------------------------------------------------------------------------------------------


def test_an_event_has_those_who_teach_and_those_who_want_to_learn(assistant: Assistant) -> None:
    (plan,) = assistant.event("letterpress printing")
    people = {one.contact for one in (*plan.speakers, *plan.invitees)}
    assert plan.speakers[0].contact == "Declan Byrne"
    assert {"Hye-jin Park", "Ágnes Tóth"} <= people
    assert "Elif Kaya" not in people, "not before June 2027, she said"
    assert plan.speakers[0].draft.startswith("givefirst draft event_invite 'Declan Byrne' --about ")


def test_the_user_may_be_the_one_who_teaches(assistant: Assistant) -> None:
    (plan,) = assistant.event("Python for beginners")
    assert plan.yours == "can teach Python to beginners"
    assert "Ruth Adeyemi" in {one.contact for one in plan.invitees}


def test_without_a_topic_the_best_of_the_book_are_proposed(assistant: Assistant) -> None:
    plans = assistant.event()
    assert 1 <= len(plans) <= 5
    assert all(len(one.invitees) >= 2 and (one.speakers or one.yours) for one in plans)
    named = {part.contact for one in plans for part in (*one.speakers, *one.invitees)}
    assert not {"Sam Okoro", "Rosa Gallo", "Dana Marlow"} & named


def test_a_topic_nobody_knows_is_no_event(assistant: Assistant) -> None:
    assert assistant.event("helicopters") == ()
    place = ["--home", str(assistant.home), "--today", str(TODAY)]
    said = CliRunner().invoke(app, ["event", "helicopters", *place])
    assert said.exit_code == 0 and "No event on helicopters" in said.stdout
    found = CliRunner().invoke(app, ["event", "letterpress printing", "--json", *place])
    assert {"topic", "speakers", "invitees", "balance"} <= json.loads(found.stdout)[0].keys()
