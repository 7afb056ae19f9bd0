"""Learning a voice and writing in it: the whole way over the fictional world, and what must never come of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from releases import go_back

from assistant.app import Assistant
from assistant.domain import DraftKind, Outcome, SentMail
from assistant.errors import SourceError
from assistant.llm import ChatMessage, ScriptedModel
from assistant.sources.letter import split_letter
from assistant.sources.sent import read_sent
from assistant.store import profiles
from assistant.store.database import open_store
from assistant.text import split_sentences
from evals.world import FOLDER, TODAY

SENT = FOLDER / "sent.mbox"
CANARIES = (
    "Matosinhos",
    "customs house",
    "14 millimetres",
    "alesund",
    "page nine",
    "Companies House",
    "wetsuit",
    "leaflets",
)


def test_the_report_counts_what_was_used_and_says_why_the_rest_was_not(assistant: Assistant) -> None:
    report = assistant.voice([SENT])
    assert (report.read, report.used, report.senders) == (16, 12, ("dana@tidewise.example",))
    assert dict(report.left_out) == {
        "automatic": 1,
        "no words of your own in it": 1,
        "written by somebody else": 1,
        "about a calendar entry": 1,
    }
    assert report.figures and report.figures.sign_offs[0] == ("Cheers,", 10) and report.examples == 12
    shown = assistant.voice()
    assert (shown.used, shown.figures) == (12, report.figures)


def test_a_draft_is_greeted_signed_and_shortened_as_the_user_writes(assistant: Assistant) -> None:
    before = assistant.draft(DraftKind.COLD, "Kwame Mensah")
    assistant.voice([SENT])
    after = assistant.draft(DraftKind.COLD, "Kwame Mensah")
    assert (
        after.outcome is Outcome.READY and after.body.startswith("Hi Kwame,") and after.body.endswith("Cheers,\nDana")
    )
    assert "I am" in before.body and "I'm" in after.body and "I am" not in after.body
    assert [one.evidence for one in after.sentences] == [one.evidence for one in before.sentences]
    assert assistant.forget_voice() and not assistant.forget_voice()
    assert assistant.draft(DraftKind.COLD, "Kwame Mensah").body == before.body


def test_no_mail_is_kept(assistant: Assistant) -> None:
    assistant.voice([SENT])
    assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assistant.close()
    kept = b"".join(file.read_bytes() for file in assistant.home.rglob("*") if file.is_file())
    assert b'"sign_offs"' in kept
    assert not [word for word in ("Matosinhos", "customs house", "wetsuit", "Companies House") if word.encode() in kept]


def test_the_same_mail_twice_counts_once_and_learning_again_replaces(assistant: Assistant, tmp_path: Path) -> None:
    report = assistant.voice([SENT, SENT])
    assert (report.used, dict(report.left_out)["the same mail again"]) == (12, 12)
    letters = "\n---\n".join(f"Dear Ida,\n\nThe lamps came, number {n}.\n\nBest wishes,\nDana" for n in range(6))
    assert assistant.voice(text=letters).used == 6
    shown = assistant.voice()
    assert shown.figures and shown.figures.greetings == (("Dear {first},", 6),)


def test_nothing_usable_changes_nothing_and_says_what_to_do(assistant: Assistant, tmp_path: Path) -> None:
    assistant.voice([SENT])
    (tmp_path / "other.eml").write_text("From: tom@quay.example\nSubject: x\n\nNot hers.\n", encoding="utf-8")
    report = assistant.voice([tmp_path / "other.eml"])
    assert (
        report.used == 0 and "nothing was changed" in report.notes[0] and "add it to your own note" in report.notes[0]
    )
    assert assistant.voice().used == 12
    with pytest.raises(SourceError, match="not found"):
        assistant.voice([tmp_path / "nowhere"])


def test_without_an_address_of_the_user_the_most_frequent_sender_is_taken_and_said(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "home", TODAY) as assistant:
        assert "no voice is kept" in assistant.voice().notes[0]
        report = assistant.voice([SENT])
    assert report.senders == ("dana@tidewise.example",) and report.used == 12
    assert "dana@tidewise.example were taken for yours" in report.notes[0]


def test_a_few_mails_are_kept_and_said_to_be_too_few(assistant: Assistant) -> None:
    report = assistant.voice(text="Hey Ida,\n\nThe lamps came.\n\nD")
    assert report.used == 1 and "too few to write by" in report.notes[0]
    assert not assistant.draft(DraftKind.COLD, "Kwame Mensah").body.startswith("Hey")


# --- a model and the examples -----------------------------------------------------------------------------------

GOOD: list[tuple[str, list[str]]] = [
    ("When we had coffee in Porto in March, you were looking for a Portuguese-speaking notary.", ["e1"]),
    ("I know a notary in Lisbon and would be glad to put you in touch.", ["e2"]),
    ("Shall I?", []),
    ("If you have found someone since, no need to answer.", []),
]


def reply(*extra: tuple[str, list[str]]) -> str:
    said = [{"text": text, "evidence": ids, "paragraph": 1} for text, ids in (*GOOD[:1], *extra, *GOOD[1:])]
    return json.dumps({"subject": {"text": "The notary you were looking for", "evidence": ["e1"]}, "sentences": said})


def examples_shown(model: ScriptedModel) -> list[str]:
    lines = model.prompts[0][0].text.split("How the sender writes.")[1].split("\n\nEVIDENCE")[0].splitlines()
    return [json.loads(line) for line in lines if line.startswith('"')]


def test_a_model_is_shown_rhythm_and_no_fact(home: Path) -> None:
    model = ScriptedModel([reply()])
    with Assistant.open(home, TODAY, model=model) as assistant:
        assistant.voice([SENT])
        draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert (draft.outcome, draft.model) == (Outcome.READY, "scripted"), draft.reasons
    assert draft.body.startswith("Hi Ana,") and draft.body.endswith("Cheers,\nDana")
    prompt = "\n".join(one.text for one in model.prompts[0])
    assert len(examples_shown(model)) == 3 and all("…" in one for one in examples_shown(model))
    assert not [word for word in CANARIES if word.lower() in prompt.lower()]


def test_a_model_without_a_voice_is_asked_as_before(home: Path) -> None:
    model = ScriptedModel([reply()])
    with Assistant.open(home, TODAY, model=model) as assistant:
        assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert "How the sender writes" not in model.prompts[0][0].text


@pytest.mark.parametrize("fill", ["…", "", "notary"])
def test_a_copied_example_line_never_gets_through(home: Path, fill: str) -> None:
    """Every line of the shown examples, as it stands, with its gaps closed, and with them filled."""
    said: list[str] = []

    def copying(messages: Sequence[ChatMessage]) -> str:
        return reply((said[0], ["e1", "e2"])) if said else reply()

    model = ScriptedModel(copying)
    with Assistant.open(home, TODAY, model=model) as assistant:
        assistant.voice([SENT])
        assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
        lines = [
            line
            for one in examples_shown(model)
            for line in re.findall(r"[^.!?\n]*[.!?]", one)
            if len(line.split()) > 4
        ]
        assert len(lines) >= 4
        through = []
        for line in lines:
            said[:] = [" ".join(line.replace("…", fill).split())]
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
            assert draft.outcome is Outcome.READY, "there is the plain writer's draft"
            through += [line] if draft.model == "scripted" else []
    assert through == []


def test_a_copied_line_is_named_to_the_model_and_can_be_mended(home: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.voice([SENT])
    leak = ("I can send you the plans, let me know if that would help.", ["e2"])
    probe, model = ScriptedModel([reply()]), ScriptedModel([])
    with Assistant.open(home, TODAY, model=probe) as assistant:
        assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    example = max(re.findall(r"[\w',’ ]+", " ".join(examples_shown(probe))), key=lambda one: len(one.split())).strip()
    model = ScriptedModel([reply((f"{example}.", ["e2"]), leak), reply()])
    with Assistant.open(home, TODAY, model=model) as assistant:
        draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert (draft.outcome, draft.model, len(model.prompts)) == (Outcome.READY, "scripted", 2)
    assert "stand in an earlier mail" in model.prompts[1][-1].text


def test_no_sentence_of_an_earlier_mail_gets_through_as_a_fact(home: Path) -> None:
    """The worst case: a model that knows the mails themselves, not only what is shown of them."""
    mails = [one for one in read_sent([SENT]) if isinstance(one, SentMail) and one.sender == "dana@tidewise.example"]
    lines = [line.text for one in mails for line in split_sentences(split_letter(one.text).body)]
    waiting, tried, through = list(lines), [], []

    def worst(messages: Sequence[ChatMessage]) -> str:
        """Another line at each try: what is stopped is asked to be mended, and comes as the next."""
        tried.append(waiting.pop(0) if waiting else tried[-1])
        return reply((tried[-1], ["e1", "e2"]))

    with Assistant.open(home, TODAY, model=ScriptedModel(worst)) as assistant:
        assistant.voice([SENT])
        while waiting:
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
            through += [tried[-1]] if draft.model == "scripted" else []
    assert len(lines) >= 25 and set(tried) == set(lines)
    assert set(through) <= {"No rush!", "It isn't long, and I think you'd enjoy it."}


# --- keeping it -------------------------------------------------------------------------------------------------


def test_a_book_of_the_first_release_is_brought_up_with_its_people(home: Path) -> None:
    go_back(home, "0001")
    with Assistant.open(home, TODAY) as assistant:
        people = len(assistant.people())
        assert assistant.voice([SENT]).used == 12 and people > 30
    store = open_store(home)
    with store.read() as connection:
        assert '"examples"' in profiles.load_profile(connection, "voice")
    store.close()
