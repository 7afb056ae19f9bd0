"""After an event over the fictional book: who was there is kept once, and everybody gets the next message."""

from __future__ import annotations

import datetime as dt
import json
import shlex

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import Channel, DraftKind, FavourKind, Outcome
from assistant.errors import GivefirstError, NotFound, UsageError
from assistant.held_event import EventGuest
from evals.world import TODAY

HELD = TODAY - dt.timedelta(days=2)
TITLE = "Came to my evening on tide gauges"


def hold(assistant: Assistant, **who: list[str]) -> dict[str, EventGuest]:
    found = assistant.hold_event("tide gauges", HELD, **who)
    return {one.contact: one for one in found.guests}


def body(assistant: Assistant, guest: EventGuest) -> str:
    """The draft of the command that is proposed, as a terminal's user would run it."""
    words = shlex.split(guest.draft)
    options = dict(zip(words[4::2], words[5::2], strict=True))
    draft = assistant.draft(
        DraftKind(words[2]), words[3], options.get("--about", ""), channel=Channel(options.get("--channel", "email"))
    )
    assert draft.outcome is Outcome.READY, (draft.findings, draft.questions)
    return draft.body


def test_who_came_and_who_taught_were_in_touch_that_day(assistant: Assistant) -> None:
    hold(assistant, taught=["Ágnes Tóth"], came=["Paolo Ricci"], missed=["Harriet Boyd"])
    paolo, agnes = assistant.show("Paolo Ricci"), assistant.show("Ágnes Tóth")
    assert [(one.when, one.channel) for one in paolo.interactions][-1] == (HELD, "meeting")
    assert [(one.title, one.text) for one in paolo.notes if one.date == HELD] == [(TITLE, "Came to the evening.")]
    assert [(one.kind, one.text) for one in agnes.favours if one.date == HELD] == [
        (FavourKind.RECEIVED, "taught at my evening on tide gauges")
    ]
    assert not [one for one in assistant.show("Harriet Boyd").interactions if one.when == HELD]


def test_the_same_again_keeps_nothing_and_still_gives_the_next_messages(assistant: Assistant) -> None:
    hold(assistant, taught=["Ágnes Tóth"], came=["Paolo Ricci"])
    before = assistant.show("Paolo Ricci"), assistant.show("Ágnes Tóth")
    again = hold(assistant, taught=["Ágnes Tóth"], came=["Paolo Ricci"])
    assert before == (assistant.show("Paolo Ricci"), assistant.show("Ágnes Tóth"))
    assert {(one.is_new, bool(one.draft)) for one in again.values()} == {(False, True)}


def test_that_a_guest_taught_too_is_added_later_without_a_second_meeting(assistant: Assistant) -> None:
    hold(assistant, came=["Ágnes Tóth"])
    assert hold(assistant, taught=["Ágnes Tóth"])["Ágnes Tóth"].is_new
    profile = assistant.show("Ágnes Tóth")
    assert len([one for one in profile.interactions if one.when == HELD]) == 1
    assert not hold(assistant, came=["Ágnes Tóth"])["Ágnes Tóth"].is_new


def test_who_taught_is_thanked_for_it(assistant: Assistant) -> None:
    guest = hold(assistant, taught=["Ágnes Tóth"])["Ágnes Tóth"]
    assert guest.kind is DraftKind.THANK_YOU
    assert "Thank you for teaching at my evening on tide gauges earlier this month." in body(assistant, guest)


def test_who_came_is_asked_about_what_they_wanted_to_learn(assistant: Assistant) -> None:
    guests = hold(assistant, came=["Bea Lindqvist", "Gwen Pritchard"])
    text = body(assistant, guests["Bea Lindqvist"])
    assert "Thank you for coming to my evening on tide gauges earlier this month." in text
    assert "You were looking for a tide gauge to photograph your case on. Did the evening bring you closer" in text
    assert "What would you have liked to hear more of?" in body(assistant, guests["Gwen Pritchard"])


def test_what_the_user_can_give_to_a_guest_is_offered_to_them(assistant: Assistant) -> None:
    guest = hold(assistant, came=["Maren Holm"])["Maren Holm"]
    assert guest.about == ""
    text = body(assistant, guest)
    assert "Thank you for coming to my evening" in text and "I can share just that with you" in text


def test_who_could_not_come_gets_a_short_word_known_or_not(assistant: Assistant) -> None:
    guests = hold(assistant, missed=["Harriet Boyd", "Amara Sesay"])
    known, stranger = body(assistant, guests["Harriet Boyd"]), body(assistant, guests["Amara Sesay"])
    assert "You were missed at my evening on tide gauges. Shall I tell you what came up?" in known
    assert "missed" not in stranger and "a short note of what came up at my evening on tide gauges" in stranger


def test_who_wants_to_be_called_is_called_and_who_wants_nothing_gets_nothing(assistant: Assistant) -> None:
    guests = hold(assistant, came=["Greta Lindqvist", "Sam Okoro"])
    assert guests["Greta Lindqvist"].channel is Channel.CALL
    text = body(assistant, guests["Greta Lindqvist"])
    assert "It is about my evening on tide gauges." in text
    sam = guests["Sam Okoro"]
    assert (sam.kind, sam.draft, sam.is_new) == (None, "", True) and "no such message" in sam.why


def test_who_came_to_learn_is_not_taken_for_somebody_who_knows(assistant: Assistant) -> None:
    hold(assistant, came=["Gwen Pritchard"], taught=["Viktor Hale"])
    (plan,) = assistant.event("tide gauges")
    assert "Gwen Pritchard" not in {one.contact for one in (*plan.speakers, *plan.invitees)}
    assert "Gwen Pritchard" not in {one.contact for one in assistant.ask("Who knows about tide gauges?", 20)}


def test_those_who_were_there_together_are_taken_to_know_each_other(assistant: Assistant) -> None:
    guests = hold(assistant, taught=["Ágnes Tóth"], came=["Paolo Ricci"])
    (pair,) = assistant.acquaintances([one.contact_id for one in guests.values()])
    assert TITLE in pair.why


def test_a_name_that_is_unclear_keeps_nothing_of_anybody(assistant: Assistant) -> None:
    before = assistant.show("Paolo Ricci")
    with pytest.raises(NotFound):
        hold(assistant, came=["Paolo Ricci", "Nobody Whatever"])
    with pytest.raises(UsageError, match="cannot both have come"):
        hold(assistant, came=["Paolo Ricci"], missed=["Paolo Ricci"])
    with pytest.raises(GivefirstError, match="this is you"):
        hold(assistant, came=["Paolo Ricci", "Dana Marlow"])
    with pytest.raises(GivefirstError, match="still to come"):
        assistant.hold_event("tide gauges", TODAY + dt.timedelta(days=1), came=["Paolo Ricci"])
    assert assistant.show("Paolo Ricci") == before


def test_the_command_keeps_the_evening_and_prints_what_to_write(assistant: Assistant) -> None:
    place = ["--home", str(assistant.home), "--today", str(TODAY)]
    who = ["--came", "Paolo Ricci", "--taught", "Ágnes Tóth", "--missed", "Harriet Boyd"]
    shown = CliRunner().invoke(app, ["event", "tide gauges", "--held", str(HELD), *who, *place])
    assert shown.exit_code == 0 and "Kept: 2 meetings, each with a note." in shown.stdout
    assert "givefirst draft thank_you 'Ágnes Tóth'" in shown.stdout
    again = CliRunner().invoke(app, ["event", "tide gauges", "--held", str(HELD), *who, "--json", *place])
    rows = json.loads(again.stdout)["guests"]
    assert [(one["part"], one["is_new"]) for one in rows] == [("taught", False), ("came", False), ("missed", False)]
    alone = CliRunner().invoke(app, ["event", "tide gauges", "--came", "Paolo Ricci", *place])
    assert alone.exit_code == 2 and "--held DATE" in alone.stderr
