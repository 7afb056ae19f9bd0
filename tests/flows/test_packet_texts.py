"""The texts of an introduction's steps: to both sides where both are owed one, and nothing told of the other's answer."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import Draft, DraftKind, Outcome, PacketState
from assistant.packet_texts import PacketText
from assistant.packets import PacketView

GWEN, KWAME = "Gwen Pritchard", "Kwame Mensah"
_S = PacketState


def walk(assistant: Assistant, *marks: PacketState) -> PacketView:
    """The packet of Gwen, who is asked first, and Kwame after these steps."""
    view = assistant.packet(GWEN, KWAME)
    for mark in marks:
        view = assistant.packet(GWEN, KWAME, mark)
    return view


def write(assistant: Assistant, text: PacketText) -> Draft:
    return assistant.draft(text.kind, text.to_id, text.about, other=text.other_id or None)


def test_every_step_has_its_texts_in_the_right_order(assistant: Assistant) -> None:
    steps = (_S.ASKED_A, _S.YES_A, _S.ASKED_B, _S.BOTH_YES, _S.INTRODUCED, _S.OUTCOME)
    views = [walk(assistant), *(walk(assistant, step) for step in steps)]
    names = {views[0].a_id: "Gwen", views[0].b_id: "Kwame"}
    assert [[(one.kind, names[one.to_id]) for one in view.texts] for view in views] == [
        [(DraftKind.INTRO_ASK, "Gwen")],
        [(DraftKind.FOLLOW_UP, "Gwen")],
        [(DraftKind.INTRO_ASK, "Kwame")],
        [(DraftKind.FOLLOW_UP, "Kwame")],
        [(DraftKind.INTRO, "Gwen")],
        [(DraftKind.CHECK_IN, "Gwen"), (DraftKind.CHECK_IN, "Kwame")],
        [(DraftKind.THANK_YOU, "Gwen"), (DraftKind.THANK_YOU, "Kwame")],
    ]


def test_the_texts_of_all_steps_are_ready_once_gwen_lets_her_work_be_told(assistant: Assistant) -> None:
    offer = next(one for one in walk(assistant).clearable if one.text == "accounts for small charities")
    assistant.packet(GWEN, KWAME, clear=[offer.id])
    assistant.log(KWAME, channel="email", direction="out")
    for step in (None, _S.ASKED_A, _S.YES_A, _S.ASKED_B, _S.BOTH_YES, _S.INTRODUCED, _S.OUTCOME):
        for text in walk(assistant, *([step] if step else [])).texts:
            draft = write(assistant, text)
            assert (draft.outcome, draft.questions) == (Outcome.READY, ()), text.command


def test_both_are_thanked_for_their_yes(assistant: Assistant) -> None:
    view = walk(assistant, _S.ASKED_A, _S.YES_A, _S.ASKED_B, _S.BOTH_YES, _S.INTRODUCED, _S.OUTCOME)
    gwen, kwame = (write(assistant, one) for one in view.texts)
    assert "Thank you for saying yes to meeting Kwame." in gwen.body
    assert "Thank you for saying yes to meeting Gwen." in kwame.body


@pytest.mark.parametrize(
    ("marks", "whom"),
    [
        ((_S.ASKED_A, _S.DECLINED), ["Gwen"]),
        ((_S.ASKED_A, _S.YES_A, _S.ASKED_B, _S.DECLINED), ["Kwame"]),
        ((_S.DECLINED,), []),
        ((_S.ASKED_A, _S.YES_A, _S.ASKED_B, _S.BOTH_YES, _S.DECLINED), []),
    ],
)
def test_a_no_is_thanked_for_and_the_other_side_is_told_nothing(
    assistant: Assistant, marks: tuple[PacketState, ...], whom: list[str]
) -> None:
    view = walk(assistant, *marks)
    assert [one.text for one in view.texts] == [f"thank {name} for the plain answer" for name in whom]
    for text in view.texts:
        draft = write(assistant, text)
        assert draft.outcome is Outcome.READY
        assert "plain answer" in draft.body


def test_the_packet_prints_the_command_for_each_text(assistant: Assistant) -> None:
    walk(assistant, _S.ASKED_A, _S.YES_A, _S.ASKED_B, _S.BOTH_YES, _S.INTRODUCED, _S.OUTCOME)
    home = str(Path(assistant.home))
    shown = CliRunner().invoke(app, ["packet", GWEN, KWAME, "--home", home]).stdout
    commands = [shlex.split(line) for line in shown.splitlines() if line.startswith("  givefirst draft")]
    assert [one[-1] for one in commands] == ["for saying yes to meeting Kwame", "for saying yes to meeting Gwen"]
    drafted = CliRunner().invoke(app, [*commands[1][1:], "--home", home])
    assert drafted.exit_code == 0
    assert "saying yes to meeting Gwen" in drafted.stdout
