from __future__ import annotations

import datetime as dt
import re

import pytest

from assistant.domain import Contact, Draft, DraftKind, DraftState, Favour, FavourKind, Outcome, Passage, Plan, make_id
from assistant.find.balance import find_sent_favours, find_told_favours, join_ledger, weigh_balance

ANA = Contact(id="c-ana", name="Ana Ferreira")
DAY = dt.date(2026, 5, 20)


def passage(text: str) -> Passage:
    return Passage(id="p-1", note_id="n-1", contact_id=ANA.id, ordinal=0, text=text, date=DAY)


def favour(kind: str, day: dt.date | None = DAY, text: str = "a thing") -> Favour:
    return Favour(id=f"g-{kind}-{day}-{text}", contact_id=ANA.id, kind=FavourKind(kind), text=text, date=day)


def sent(kind: DraftKind, state: DraftState = DraftState.SENT, **plan: object) -> Draft:
    return Draft(
        id="d-1",
        kind=kind,
        to=ANA.id,
        subject="Ice prices in March",
        body="",
        sentences=(),
        findings=(),
        outcome=Outcome.READY,
        plan=Plan(kind=kind, to=ANA.id, **plan),  # type: ignore[arg-type]
        state=state,
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("We asked him again, this time for a reference. He did it.", ["asked"]),
        ("I have asked her for the keys. Later I lent her the drill.", ["asked", "gave"]),
        ("I also sent them the plans.", ["gave"]),
        ("She asked me for the keys.", []),
        ("He introduced me to Maren.", []),
        ("I sent a letter to the council.", []),
        ("> I asked him for his opinion.", []),
        ("- [asked] asked him for comments", []),
        ("We talked about the tide.", []),
    ],
)
def test_running_notes_tell_of_asking_and_giving(text: str, kinds: list[str]) -> None:
    assert [one.kind.value for one in find_told_favours([passage(text)])] == kinds


def test_what_a_bullet_says_already_is_not_counted_again() -> None:
    told = list(find_told_favours([passage("I asked him for a reference. We asked her twice.")]))
    assert len(join_ledger([favour("asked")], told)) == 1
    assert len(join_ledger([favour("gave")], told)) == 2
    assert len(join_ledger([favour("asked"), favour("asked", text="another")], [])) == 2
    assert len(join_ledger([favour("asked", None)], [one.model_copy(update={"date": None}) for one in told])) == 3


def test_sent_drafts_are_in_the_ledger_on_the_day_they_went() -> None:
    days = {make_id("i", "d-1", "out"): DAY}
    names = {ANA.id: "Ana Ferreira", "c-bo": "Bo Lind"}
    introduced = list(find_sent_favours([sent(DraftKind.INTRO, other="c-bo")], days, names))
    assert [(one.contact_id, one.kind.value, one.text, one.date) for one in introduced] == [
        ("c-ana", "gave", "introduced to Bo Lind", DAY),
        ("c-bo", "gave", "introduced to Ana Ferreira", DAY),
    ]
    news = list(find_sent_favours([sent(DraftKind.NEWS_SHARE)], days, names))
    assert [(one.kind.value, one.text) for one in news] == [("gave", "shared news: Ice prices in March")]
    ask = list(find_sent_favours([sent(DraftKind.ASK, ask="read our leaflet")], {}, names))
    assert [(one.kind.value, one.text, one.date) for one in ask] == [("asked", "read our leaflet", None)]
    assert (
        list(find_sent_favours([sent(DraftKind.CHECK_IN), sent(DraftKind.INTRO_ASK, other="c-bo")], days, names)) == []
    )


@pytest.mark.parametrize(
    ("kinds", "standing", "said"),
    [
        (["received", "received"], "you_owe", "Ana did something for you twice, and nothing has gone back yet. A good moment to give."),
        (["received", "received", "gave"], "you_owe", "Ana did something for you twice, and you for Ana once. A good moment to give."),
        (["asked"] * 3, "only_asked", "You asked Ana 3 times and have not noted giving anything yet. A small offer would fit."),
        (["asked", "gave"], "you_gave", "You did something for Ana once, and have noted nothing in return. That is no debt; you may well ask."),
        (["gave", "received", "asked"], "even", "You and Ana are even: once each way."),
        ([], "none", "No favours are noted with Ana."),
    ],
)  # fmt: skip
def test_a_sentence_says_how_things_stand(kinds: list[str], standing: str, said: str) -> None:
    entries = [favour(kind, text=str(number)) for number, kind in enumerate(kinds)]
    row = weigh_balance(ANA, entries)
    assert (row.standing, row.said) == (standing, said)
    assert not re.search(r"\b(?:should|must|fail|never|only ever|unfair|shame|neglect)", row.said)
