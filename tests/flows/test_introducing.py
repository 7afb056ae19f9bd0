"""Who should meet whom in the fictional world, and the way there by consent of both."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import DraftKind, DraftState, FavourKind, Outcome, PacketState
from assistant.errors import GivefirstError
from assistant.find.introductions import Introduction
from assistant.settings import read_settings
from evals import introductions as measured
from evals.world import TODAY

GWEN, KWAME = "Gwen Pritchard", "Kwame Mensah"


def of(found: tuple[Introduction, ...], one: str, other: str) -> Introduction:
    return next(pair for pair in found if {pair.a, pair.b} == {one, other})


def test_a_need_and_the_work_that_meets_it_come_with_both_quotes(assistant: Assistant) -> None:
    pair = of(assistant.introduce(), GWEN, KWAME)
    assert (pair.a, pair.one_sided) == (GWEN, True)
    assert "accountant for small charities" in pair.why_b
    assert {one.quote for one in pair.evidence_b} == {
        "an accountant for small charities, for the UK branch #public",
        "accounts for small charities",
    }
    assert "no gain of their own" in pair.why_a
    assert pair.state == "ask Gwen Pritchard first"


def test_the_labelled_pairs_come_first_and_no_trap_among_fifteen(assistant: Assistant) -> None:
    figures = measured.measure(assistant)
    assert figures["good"] >= 40
    assert figures["labelled_traps"] >= 40
    assert figures["ndcg10"] >= 0.85
    assert figures["traps"] == []


def test_by_words_alone_there_are_introductions_too(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "home").model_copy(update={"embeddings": "off"})
    with Assistant.open(today=TODAY, settings=settings) as assistant:
        assistant.import_([Path(measured.FOLDER) / "notes"])
        found = assistant.introduce()
        assert of(found, GWEN, KWAME).score > 0
        assert of(found, "Ana Ferreira", "Inês Duarte").one_sided


def test_one_person_is_shown_their_own_pairs_only(assistant: Assistant) -> None:
    found = assistant.introduce("Maren Holm", 5)
    assert found
    assert all("Maren Holm" in (one.a, one.b) for one in found)
    assert "Oleksandr Koval" not in {name for one in found for name in (one.a, one.b)}
    assert assistant.introduce("Sam Okoro") == ()


def test_a_need_the_user_has_met_since_brings_nobody_together(assistant: Assistant) -> None:
    assistant.favour("Kwame Mensah", FavourKind.GAVE, "found him an accountant for small charities")
    assert all({one.a, one.b} != {GWEN, KWAME} for one in assistant.introduce())


def test_marking_do_not_contact_takes_effect_at_once(assistant: Assistant, tmp_path: Path) -> None:
    assert of(assistant.introduce(), GWEN, KWAME)
    note = tmp_path / "gwen.md"
    note.write_text(f"---\nname: {GWEN}\nemail: gwen@pritchardbooks.example\ndo_not_contact: true\n---\n", "utf-8")
    assistant.import_([note])
    assert all(GWEN not in (one.a, one.b) for one in assistant.introduce())


# --- by consent of both -------------------------------------------------------------------------------------------


def test_whoever_wants_to_be_asked_first_is_asked_first(assistant: Assistant) -> None:
    seen = assistant.packet(KWAME, GWEN)
    assert (seen.a, seen.b, seen.state) == (GWEN, KWAME, PacketState.SUGGESTED)
    assert seen.next is not None
    assert (seen.next.kind, seen.next.to) == ("intro_ask", "gwen@pritchardbooks.example")


def test_no_introduction_is_written_before_both_said_yes(assistant: Assistant) -> None:
    assistant.packet(GWEN, KWAME, PacketState.ASKED_A)
    waiting = assistant.draft(DraftKind.INTRO, GWEN, "both look after charities", other=KWAME, insist=True)
    assert waiting.outcome is not Outcome.READY
    assistant.packet(GWEN, KWAME, PacketState.YES_A)
    assert assistant.draft(DraftKind.INTRO_ASK, KWAME, other=GWEN, about="her accounts").outcome is Outcome.READY
    assistant.packet(GWEN, KWAME, PacketState.ASKED_B)
    assert assistant.draft(DraftKind.INTRO, GWEN, other=KWAME, about="accounts").outcome is Outcome.NEEDS_INPUT
    assistant.packet(GWEN, KWAME, PacketState.BOTH_YES)
    written = assistant.draft(DraftKind.INTRO, GWEN, other=KWAME, about="both look after charities")
    assert written.outcome is Outcome.READY
    assert not any("not recorded" in reason for reason in written.reasons)


def test_without_a_packet_an_introduction_says_that_no_yes_is_recorded(assistant: Assistant) -> None:
    plan = assistant.plan(DraftKind.INTRO, "Maren Holm", "both look after small harbours", other="Joris van Dijk")
    assert plan.outcome is Outcome.READY
    assert any("not recorded" in reason for reason in plan.reasons)


def test_steps_come_in_order_and_a_no_ends_it(assistant: Assistant) -> None:
    with pytest.raises(GivefirstError, match="possible now: asked_a, declined"):
        assistant.packet(GWEN, KWAME, PacketState.BOTH_YES)
    assistant.packet(GWEN, KWAME, PacketState.ASKED_A)
    closed = assistant.packet(GWEN, KWAME, PacketState.DECLINED)
    assert (closed.next, closed.agreed) == (None, ())
    assert all({one.a, one.b} != {GWEN, KWAME} for one in assistant.introduce(k=15))
    assert assistant.draft(DraftKind.INTRO, GWEN, "both said yes", other=KWAME).outcome is Outcome.REFUSED


def test_a_yes_from_before_a_no_counts_no_longer(assistant: Assistant) -> None:
    for step in (PacketState.ASKED_A, PacketState.YES_A, PacketState.DECLINED, PacketState.SUGGESTED):
        seen = assistant.packet(GWEN, KWAME, step)
    assert seen.agreed == ()


def test_a_written_introduction_is_held_back_once_one_declines(assistant: Assistant) -> None:
    people = (GWEN, KWAME)
    draft = assistant.draft(DraftKind.INTRO, people[0], "both said yes, both look after charities", other=people[1])
    assert draft.outcome is Outcome.READY
    assistant.packet(*people, PacketState.DECLINED)
    with pytest.raises(GivefirstError, match="would rather not"):
        assistant.text(draft.id)


def test_a_side_that_is_open_to_introductions_need_not_be_asked(assistant: Assistant) -> None:
    seen = assistant.packet("Maren Holm", "Joris van Dijk", open_to=["Maren Holm", "Joris van Dijk"])
    assert seen.next is not None
    assert seen.next.kind == "intro"
    assert assistant.packet("Joris van Dijk", "Maren Holm", PacketState.INTRODUCED).state is PacketState.INTRODUCED


def test_what_one_cleared_is_told_to_the_other_and_nothing_else(assistant: Assistant) -> None:
    seen = assistant.packet(GWEN, KWAME)
    offer = next(one for one in seen.clearable if one.text == "accounts for small charities")
    for step in (PacketState.ASKED_A, PacketState.YES_A):
        assistant.packet(GWEN, KWAME, step)
    before = assistant.candidates(DraftKind.INTRO_ASK, KWAME, other=GWEN)
    assistant.packet(GWEN, KWAME, clear=[offer.id])
    after = assistant.candidates(DraftKind.INTRO_ASK, KWAME, other=GWEN)
    assert {one.id for one in after} - {one.id for one in before} == {offer.id}
    with pytest.raises(GivefirstError, match="cannot be cleared"):
        assistant.packet(GWEN, KWAME, clear=["f-nothing"])


def test_a_packet_says_what_stands_against_it(assistant: Assistant) -> None:
    assert "Bruno" in assistant.packet("Inês Duarte", "Bruno Costa").caution
    with pytest.raises(GivefirstError, match="do-not-contact"):
        assistant.packet("Sam Okoro", GWEN)


def test_a_private_fact_cannot_be_cleared(assistant: Assistant) -> None:
    secret = next(one for one in assistant.show("Ana Ferreira").facts if one.visibility == "private")
    with pytest.raises(GivefirstError, match="cannot be cleared"):
        assistant.packet("Ana Ferreira", "Inês Duarte", clear=[secret.id])
    assert secret.id not in {one.id for one in assistant.packet("Ana Ferreira", "Inês Duarte").clearable}


def test_an_introduction_is_given_once_however_it_was_recorded(assistant: Assistant) -> None:
    people = ("Maren Holm", "Joris van Dijk")
    assistant.packet(*people, open_to=people)
    draft = assistant.draft(DraftKind.INTRO, people[0], "both look after small harbours", other=people[1])
    before = assistant.balance("Joris van Dijk")[0].gave
    assistant.packet(*people, PacketState.INTRODUCED)
    assert assistant.balance("Joris van Dijk")[0].gave == before + 1
    assistant.mark(draft.id, DraftState.SENT)
    assert assistant.balance("Joris van Dijk")[0].gave == before + 1


def test_a_sent_draft_moves_the_packet_along(assistant: Assistant) -> None:
    assistant.packet(GWEN, KWAME, open_to=[KWAME])
    draft = assistant.draft(DraftKind.INTRO_ASK, GWEN, other=KWAME)
    assistant.mark(draft.id, DraftState.SENT)
    seen = assistant.packet(GWEN, KWAME)
    assert seen.state is PacketState.ASKED_A
    assert seen.next is not None
    assert (seen.next.due - TODAY).days == 7
    assert [one.a for one in assistant.packets()] == [GWEN]


def test_forgetting_is_left_no_trace_of_a_pair(assistant: Assistant) -> None:
    assistant.packet(GWEN, KWAME, PacketState.ASKED_A)
    contact = assistant.show(KWAME).contact
    with assistant._store.write() as connection:
        connection.exec_driver_sql("DELETE FROM contacts WHERE id = ?", (contact.id,))
    with assistant._store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM packets").scalar() == 0


# --- on the command line ------------------------------------------------------------------------------------------


def run(home: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--home", str(home), "--today", str(TODAY)])
    assert done.exit_code == 0, done.output
    return done.output


def test_introduce_prints_the_contract(home: Path) -> None:
    found = json.loads(run(home, "introduce", "-k", "3", "--json"))
    assert len(found) == 3
    assert {"a", "b", "why_a", "why_b", "evidence_a", "evidence_b", "score", "state"} <= set(found[0])


def test_introduce_reads_as_plain_text(home: Path) -> None:
    shown = run(home, "introduce", "--for", GWEN)
    assert "Gwen Pritchard and Kwame Mensah" in shown
    assert "accounts for small charities" in shown
    assert "Nobody for Dev Patel" in run(home, "introduce", "--for", "Dev Patel")


def test_packet_says_what_comes_next(home: Path) -> None:
    assert "givefirst draft intro_ask gwen@pritchardbooks.example" in run(home, "packet", KWAME, GWEN)
    assert "asked a" in run(home, "packet", KWAME, GWEN, "--mark", "asked_a")
    done = CliRunner().invoke(app, ["packet", KWAME, GWEN, "--mark", "nonsense", "--home", str(home)])
    assert done.exit_code == 2


# --- nothing leaks ------------------------------------------------------------------------------------------------

THINGS = "kiln notary drill choir orchard harbour cello loom archive turbine".split()


def random_person(number: int, chance: random.Random) -> str:
    """Open needs and offers, and confidences whose words stand nowhere else."""
    secret = f"zq{number}secret{chance.choice(THINGS)}"
    lines = [
        f"- [need] a {chance.choice(THINGS)} maker",
        f"- [offer] can lend a {chance.choice(THINGS)}",
        f"- [interest] {chance.choice(THINGS)} history",
        f"- [private] needs a {chance.choice(THINGS)} for {secret}",
        f"- [need] a {chance.choice(THINGS)} because of {secret}, keep to myself",
        f"\nShe told me in confidence that the {chance.choice(THINGS)} of {secret} is lost.",
    ]
    chance.shuffle(lines)
    body = "\n".join(lines)
    return f"---\nname: P{number} N{number}\nemail: p{number}@x.example\n---\n## 2026-10-0{number % 9 + 1} Coffee\n{body}\n"


@pytest.mark.parametrize("seed", range(6))
def test_no_reason_for_an_introduction_ever_holds_a_confidence(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "me.md").write_text("---\nme: true\nname: Me Myself\n---\n", encoding="utf-8")
    for number in range(25):
        (folder / f"{number}.md").write_text(random_person(number, chance), encoding="utf-8")
    settings = read_settings(tmp_path / "home").model_copy(update={"embeddings": "off"})
    with Assistant.open(today=TODAY, settings=settings) as assistant:
        assistant.import_([folder])
        found = assistant.introduce(k=60)
        assert found
        assert all("secret" not in one.model_dump_json() for one in found)
        for one in found[:5]:
            assert "secret" not in assistant.packet(one.a_id, one.b_id).model_dump_json()
