"""When the user and a person were in touch, and whether anybody answered."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Contact, Note
from assistant.find.touches import find_touches, is_unanswered

KIM = Contact(id="c-1", name="Kim Osei", how_met="a fair in Leeds")


@pytest.mark.parametrize(
    "text",
    [
        "Wrote to him about the tour. No answer.",
        "Wrote again, shorter. Still nothing.",
        "Sent her the plan, never heard back.",
        "Mailed them twice and they haven't answered.",
        "Followed up. Radio silence.",
        "Rang and left a message, no reply.",
    ],
)
def test_silence_is_read_out_of_prose(text: str) -> None:
    assert is_unanswered(text)


@pytest.mark.parametrize(
    "text",
    ["Wrote to him. He answered the same day.", "No answer yet from the council.", "We talked for an hour."],
)
def test_an_answer_or_somebody_elses_silence_is_none(text: str) -> None:
    assert not is_unanswered(text)


def test_a_message_that_nobody_answered_goes_one_way() -> None:
    notes = [
        Note(id=f"n-{day}", contact_id="c-1", source="", key="", title="Email", text=text, date=dt.date(2026, 9, day))
        for day, text in ((1, "Wrote to him. No answer."), (9, "Long mail from him about the mill."))
    ]
    assert [one.direction for one in find_touches(KIM, notes)] == ["out", "both"]
