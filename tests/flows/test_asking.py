"""Questions to the whole fictional book: who could advise, who would care, what event would bring people on."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import Channel
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
