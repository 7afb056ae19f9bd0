"""The morning in the fictional world: what is suggested, sent away, acted on; and the news that is remembered."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import DraftKind, DraftState, FavourKind, Outcome, PacketState
from assistant.errors import GivefirstError
from assistant.find.suggestions import Suggestion
from evals.world import TODAY

GAUGES = """Small harbours get cheap tide gauges
A programme will put low-cost tide gauges into forty small harbours. The readings will be open to everybody.
https://news.example/gauges
"""
RUN = CliRunner()


def of_kind(assistant: Assistant, kind: str, k: int = 30) -> dict[tuple[str, ...], Suggestion]:
    return {tuple(person.name for person in one.people): one for one in assistant.suggestions(k) if one.kind == kind}


def later(home: Path, days: int) -> Assistant:
    return Assistant.open(home, TODAY + dt.timedelta(days=days))


def test_a_day_has_a_few_of_several_kinds_each_person_once(assistant: Assistant) -> None:
    assistant.news(GAUGES)
    found = assistant.suggestions()
    assert len(found) == 5 and {one.kind for one in found} == {"due", "give", "introduction", "news"}
    named = [person.id for one in found for person in one.people]
    assert len(named) == len(set(named))
    assert assistant.suggestions() == found and assistant.suggestions(3) == found[:3]


def test_every_quote_stands_in_the_note_it_names_and_no_private_one_is_there(assistant: Assistant) -> None:
    assistant.news(GAUGES)
    profiles = [assistant.show(one.id) for one in assistant.people()] + [assistant.show("Dana Marlow")]
    notes = {note.id: note.text for one in profiles for note in one.notes}
    private = {fact.quote for one in profiles for fact in one.facts if fact.visibility == "private"}
    suggested = assistant.suggestions(30)
    assert len(suggested) > 10 and private
    for one in suggested:
        for cited in one.evidence:
            assert cited.note_id is None or cited.quote in notes[cited.note_id]
        assert not any(secret in one.model_dump_json() for secret in private)
    names = {person.name for one in suggested for person in one.people}
    assert not names & {"Sam Okoro", "Rosa Gallo", "Dana Marlow"}, "they want no contact; she is the user"


def test_every_message_that_is_suggested_can_be_written(assistant: Assistant) -> None:
    assistant.news(GAUGES)
    for one in assistant.suggestions(30):
        if one.action.kind == "packet":
            assert assistant.packet(one.action.to, one.action.other).next
        else:
            kind, action = DraftKind(one.action.kind), one.action
            plan = assistant.plan(kind, action.to, action.about, channel=action.channel)
            allowed = {Outcome.READY, Outcome.NEEDS_INPUT} if one.kind == "due" else {Outcome.READY}
            assert plan.outcome in allowed, (one.why, plan.reasons, plan.questions)


def test_a_suggestion_sent_away_for_a_while_comes_back(assistant: Assistant, home: Path) -> None:
    first = assistant.suggestions()[0]
    away = assistant.dismiss(first.key, 30)
    assert (away.until, assistant.dismissed()) == (TODAY + dt.timedelta(days=30), (away,))
    names = {person.name for one in assistant.suggestions(30) for person in one.people}
    assert not names & {one.name for one in first.people}, "not in another guise on the same day"
    with later(home, 29) as opened:
        assert first.key not in {one.key for one in opened.suggestions(30)}
    with later(home, 30) as opened:
        assert opened.dismissed() == () and first.key in {one.key for one in opened.suggestions(30)}


def test_a_suggestion_sent_away_for_good_stays_away_until_it_is_brought_back(assistant: Assistant, home: Path) -> None:
    first = assistant.suggestions()[0]
    assert assistant.dismiss(first.key, None).until is None
    with later(home, 300) as opened:
        assert opened.dismissed()[0].key == first.key
        assert opened.bring_back(first.key).key == first.key
        assert opened.dismissed() == ()
    assert assistant.suggestions()[0].key == first.key
    with pytest.raises(GivefirstError, match="--dismissed"):
        assistant.bring_back(first.key)
    with pytest.raises(GivefirstError, match="no suggestion has the key"):
        assistant.dismiss("u-nothing", 30)


def test_another_ground_is_another_suggestion(assistant: Assistant) -> None:
    gives = of_kind(assistant, "give")
    assistant.dismiss(gives["Tomáš Novák",].key, None)
    assistant.note("Tomáš Novák", "- [need] a projector")
    with later(assistant.home, 1) as opened:
        assert "needs a projector" in of_kind(opened, "give", 5)["Tomáš Novák",].why


@pytest.mark.parametrize("how", ["sent", "favour"])
def test_a_give_that_was_made_is_not_suggested_again(assistant: Assistant, how: str) -> None:
    one = of_kind(assistant, "give")["Tomáš Novák",]
    if how == "sent":
        assistant.mark(assistant.draft(DraftKind.GIVE_FIRST, one.action.to).id, DraftState.SENT)
    else:
        assistant.favour("Tomáš Novák", FavourKind.GAVE, "a review of his grant application")
    with later(assistant.home, 1) as opened:
        assert one.key not in {other.key for other in opened.suggestions(30)}


def test_whoever_was_written_to_is_not_due(assistant: Assistant) -> None:
    (key,) = (one.key for names, one in of_kind(assistant, "due").items() if names == ("Priya Nair",))
    assistant.log("Priya Nair", "Talked about monsoon records", "call")
    assert key not in {one.key for one in assistant.suggestions(30)}


def test_an_introduction_that_has_begun_is_not_suggested_again(assistant: Assistant) -> None:
    one = of_kind(assistant, "introduction")["Gwen Pritchard", "Kwame Mensah"]
    assistant.packet(one.action.to, one.action.other, PacketState.ASKED_A)
    assert one.key not in {other.key for other in assistant.suggestions(30)}


def test_whoever_is_put_off_is_not_brought_up(assistant: Assistant) -> None:
    assistant.snooze("Tomáš Novák", TODAY + dt.timedelta(days=7))
    assert "Tomáš Novák" not in {person.name for one in assistant.suggestions(30) for person in one.people}


# --- news ---------------------------------------------------------------------------------------------------------


def test_news_is_remembered_suggested_and_gone_once_shared(assistant: Assistant) -> None:
    assistant.news(GAUGES)
    one = of_kind(assistant, "news", 5)["Fatima-Zahra Idrissi",]
    assert "Small harbours get cheap tide gauges" in one.why and one.evidence[0].note_id
    draft = assistant.draft(DraftKind.NEWS_SHARE, one.action.to, one.action.about)
    assert draft.outcome is Outcome.READY and "https://news.example/gauges" in draft.body
    assistant.mark(draft.id, DraftState.SENT)
    with later(assistant.home, 1) as opened:
        assert one.key not in {other.key for other in opened.suggestions(30)}


def test_news_is_forgotten_after_a_month(assistant: Assistant) -> None:
    assistant.news(GAUGES)
    with later(assistant.home, 29) as opened:
        assert of_kind(opened, "news")
    with later(assistant.home, 30) as opened:
        assert of_kind(opened, "news") == {}


def test_news_that_only_a_confidence_speaks_for_is_remembered_for_nobody(assistant: Assistant) -> None:
    assistant.news("New hope in the treatment of lymphoma\nPatients in treatment tire less quickly, doctors say.")
    assert not any("lymphoma" in one.model_dump_json() for one in assistant.suggestions(30))


def test_a_reason_that_became_private_brings_no_news(assistant: Assistant) -> None:
    name = "Nadia Haddad"
    assistant.note(name, "- [interest] heron colonies in salt marshes", date=dt.date(2026, 7, 1))
    assistant.news("Heron colonies return to the salt marshes\nHeron colonies in salt marshes grow again.\n")
    assert "heron" in " ".join(next(one for one in assistant.due() if one.contact == name).bring).casefold()
    with assistant._store.write() as connection:
        connection.exec_driver_sql(
            'UPDATE facts SET data = replace(data, \'"visibility":"personal"\', \'"visibility":"private"\')'
            " WHERE data LIKE '%heron colonies%'"
        )
    assert "Heron colonies" not in " ".join(next(one for one in assistant.due() if one.contact == name).bring)


def test_who_is_due_is_brought_news_that_fits(assistant: Assistant) -> None:
    name = "Nadia Haddad"
    assistant.note(name, "- [interest] heron colonies in salt marshes", date=dt.date(2026, 7, 1))
    text = "Heron colonies return to the salt marshes\nHeron colonies in salt marshes grow again.\n"
    assistant.news(text)
    (line,) = (line for one in assistant.due() if one.contact == name for line in one.bring if line.startswith("Share"))
    assert line == (
        "Share “Heron colonies return to the salt marshes”, which you read: it speaks to "
        "“heron colonies in salt marshes” (noted 1 July 2026)."
    )


# --- the command --------------------------------------------------------------------------------------------------


def run(home: Path, *arguments: str) -> str:
    result = RUN.invoke(app, ["today", *arguments, "--home", str(home), "--today", str(TODAY)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_says_what_why_and_how_to_go_on(home: Path) -> None:
    said = run(home)
    assert said.startswith("Friday, 20 November 2026. 5 things worth doing.")
    assert "1. Give Tomáš Novák something." in said and "givefirst draft give_first 'Tomáš Novák'" in said
    assert said == run(home)


def test_the_command_gives_json_and_sends_away_by_number(home: Path) -> None:
    first, second, *_ = json.loads(run(home, "--json"))
    assert first.keys() == {"key", "kind", "people", "why", "evidence", "action"}
    assert {"quote", "date", "note_id"} <= first["evidence"][0].keys()
    left = json.loads(run(home, "--not-this", "1", "--not-now", second["key"], "--days", "9", "--json"))
    assert not {first["key"], second["key"]} & {one["key"] for one in left}
    away = {one["key"]: one["until"] for one in json.loads(run(home, "--dismissed", "--json"))}
    assert away == {first["key"]: None, second["key"]: "2026-11-29"}
    assert f"--bring-back {first['key']}" in run(home, "--dismissed")
    assert first["key"] in {one["key"] for one in json.loads(run(home, "--bring-back", first["key"], "--json"))}


def test_a_number_that_is_not_listed_is_said_to_be_none(home: Path) -> None:
    result = RUN.invoke(app, ["today", "--not-now", "9", "--home", str(home), "--today", str(TODAY)])
    assert result.exit_code == 2 and "9 is no number of the list" in result.stderr
