from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.domain import DraftKind, Outcome
from assistant.launch import world_day
from assistant.next_move import Move, find_move


@pytest.fixture(scope="module")
def world(world_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIVEFIRST_EMBEDDINGS", "off")
        home = shutil.copytree(world_home, tmp_path_factory.mktemp("move") / "home")
        with Assistant.open(home, world_day()) as assistant:
            yield assistant


def move_with(assistant: Assistant, who: str) -> Move:
    return find_move(assistant, assistant.show(who), assistant.balance(who)[0])


@pytest.mark.parametrize(
    ("who", "kind", "said", "why"),
    [
        ("Ana Ferreira", DraftKind.GIVE_FIRST, "notary", "Ana did something for you once"),
        ("Ágnes Tóth", DraftKind.COLD, "workshop", "You have not been in touch yet."),
        ("Bea Lindqvist", DraftKind.RECONNECT, "", "a long silence"),
    ],
)
def test_the_move_follows_how_things_stand(world: Assistant, who: str, kind: DraftKind, said: str, why: str) -> None:
    move = move_with(world, who)
    assert (move.kind, said in move.said, why in move.why) == (kind, True, True), move


def test_no_move_is_proposed_that_the_plan_would_refuse(world: Assistant) -> None:
    moves = {one.id: find_move(world, world.show(one.id), world.balance(one.id)[0]) for one in world.people()[::3]}
    assert sum(move.kind is not None for move in moves.values()) > 8
    for contact_id, move in moves.items():
        if move.kind is not None:
            assert world.plan(move.kind, contact_id).outcome is not Outcome.REFUSED


def test_somebody_marked_do_not_contact_has_no_move(tmp_path: Path) -> None:
    for name, text in {
        "me": "---\nme: true\nname: Dana Marlow\n---\n- [offer] can review plans\n",
        "mo": "---\nname: Mo Dale\ndo_not_contact: true\n---\n## 2026-05-05 Lunch\n- [need] a review of plans\n",
    }.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with Assistant.open(tmp_path / "home", dt.date(2026, 11, 20)) as assistant:
        assistant.import_([tmp_path / "me.md", tmp_path / "mo.md"])
        move = move_with(assistant, "Mo Dale")
    assert move.kind is None and "do-not-contact" in move.said
