"""Whether an offer meets a need: in other words too, and never in another town."""

from __future__ import annotations

import pytest

from assistant.find.wants import is_elsewhere, offer_meets


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("somewhere in Glasgow to rehearse with her band", "our rehearsal room in Govan"),
        ("a room in Leeds to try out a piece", "our rehearsal room in Leeds"),
        ("a bed in Glasgow for four nights", "a box room for visiting artists"),
        ("a friendly eye on a lottery application", "can read a draft funding application"),
        ("transport for thirty typewriters", "can lend our van at weekends"),
        ("an English proofreader for a grant application", "can proofread English"),
        ("practice at interviewing drivers", "can teach interviewing"),
        ("a quiet room to record talks on weekday evenings", "our boardroom in the evenings"),
        ("a solicitor who knows leases", "know a lawyer in Leeds"),
        ("a ther\u200bmal camera for one morning", "can lend a thermal camera"),
        ("a place to store a set", "a dry loading bay from January"),
    ],
)
def test_an_offer_in_other_words_meets_the_need(need: str, offer: str) -> None:
    assert offer_meets(need, offer) > 0


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("an office for eight people", "our boardroom in the evenings"),
        ("a desk two days a month", "can host a workshop in our rooms"),
        ("second-hand flight cases", "can lend our van at weekends"),
        ("an English reader for a monologue", "can read a draft funding application"),
        ("a driver for the spring tour", "can lend our van at weekends"),
        ("a Portuguese-speaking notary", "know a baker in Lisbon"),
    ],
)
def test_a_wrong_match_is_none(need: str, offer: str) -> None:
    assert offer_meets(need, offer) == 0


def test_a_room_in_one_town_is_none_in_another() -> None:
    assert is_elsewhere("a bed in London", "a box room for visiting artists", "Glasgow, UK")
    assert not is_elsewhere("a bed in Glasgow in March", "a box room for visiting artists", "Glasgow, UK")
    assert not is_elsewhere("a notary in London", "know a notary in Leeds", "Leeds")
