"""The model writer over real HTTP: servers of every habit, all channels, other languages, and what it used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.domain import CALL_HEADINGS, UNCHECKED_LANGUAGE, Channel, Draft, DraftKind, Outcome
from assistant.errors import ModelBusy, ModelUnreachable
from assistant.llm import ScriptedModel
from assistant.settings import read_settings
from assistant.text import count_words
from evals.model_server import Answer, Asked, ModelServer, answer_json, answer_text
from evals.world import TODAY

NEED = "When we had coffee in Porto in March, you were looking for a Portuguese-speaking notary."
OFFER = "I know a notary in Lisbon and would be glad to put you in touch."
ASK = "Shall I? A no is fine, and there is no hurry."
LIE = "It was lovely to see you at the Helsinki summit."


def line(text: str, *ids: str) -> dict[str, object]:
    return {"text": text, "evidence": list(ids), "paragraph": 1}


MAIL = {
    "subject": line("A Portuguese-speaking notary", "e1"),
    "sentences": [line(NEED, "e1"), line(OFFER, "e2"), line(ASK)],
}
SHORT = {"sentences": [line(NEED, "e1"), line(OFFER, "e2"), line("Shall I?")]}
CALL = {
    "opener": [line("I am calling about the notary you were looking for.", "e1")],
    "points": [line(NEED, "e1"), line(OFFER, "e2")],
    "answers": [line("I want nothing in return.")],
    "ask": [line("Shall I put you in touch?"), line("A no is fine.")],
    "voicemail": [line("You were looking for a Portuguese-speaking notary, and I know one in Lisbon.", "e1", "e2")],
}


def draft_with(home: Path, *script: object, **request: object) -> Draft:
    said = [one if isinstance(one, Exception | str) else json.dumps(one) for one in script]
    with Assistant.open(home, TODAY, model=ScriptedModel(said)) as assistant:  # type: ignore[arg-type]
        return assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira", **request)  # type: ignore[arg-type]


# --- servers ----------------------------------------------------------------------------------------------------


def refuses_forms(asked: Asked) -> bool:
    return "response_format" in asked.body


def knows_json_mode_only(asked: Asked) -> bool:
    said = asked.body.get("response_format")
    return isinstance(said, dict) and said["type"] == "json_schema"


SAID = json.dumps(MAIL)
SERVERS: dict[str, tuple[Callable[[Asked], bool], str]] = {
    "json_schema": (lambda asked: "response_format" not in asked.body, SAID),
    "json mode": (knows_json_mode_only, SAID),
    "neither": (refuses_forms, SAID),
    "a fence": (refuses_forms, f"```json\n{SAID}\n```"),
    "prose around": (lambda _asked: False, f"Here you are:\n\n{SAID}\n\nShall I change anything?"),
    "thinking aloud": (refuses_forms, f"<think>\nShe met her in Helsinki? {{no}}\n</think>\n\n{SAID}"),
    "another order": (lambda _asked: False, json.dumps(dict(reversed(MAIL.items())))),
    "commas too many": (refuses_forms, SAID.replace("]}", "],}")),
    "evidence as text": (refuses_forms, SAID.replace('["e1"]', '"e1"').replace('["e2"]', '"e2"')),
}


@pytest.mark.parametrize(("refuses", "text"), SERVERS.values(), ids=SERVERS)
def test_a_server_of_any_habit_writes_the_draft(home: Path, refuses: Callable[[Asked], bool], text: str) -> None:
    def answer(asked: Asked) -> Answer:
        return answer_json({"error": {"message": "unknown field"}}, 400) if refuses(asked) else answer_text(text)

    with ModelServer(answer) as server:
        settings = read_settings(home, model="local", model_url=server.url)
        with Assistant.open(settings=settings, today=TODAY) as assistant:
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert (draft.outcome, draft.model) == (Outcome.READY, "local"), draft.reasons
    assert [bool(one.evidence) for one in draft.sentences] == [False, True, True, False, False]


def test_plain_sentences_without_evidence_are_asked_for_again(home: Path) -> None:
    bare = {"subject": "A notary", "sentences": [NEED, OFFER, ASK]}
    draft = draft_with(home, bare, MAIL)
    assert (draft.model, draft.outcome) == ("scripted", Outcome.READY)


def test_the_prompts_own_example_is_no_draft(home: Path) -> None:
    echo = '{"subject": {"text": "…", "evidence": ["e1"]}, "sentences": [{"text": "…", "evidence": ["e1"]}]}'
    assert draft_with(home, echo, echo, echo).model == "plain"


# --- repairs ----------------------------------------------------------------------------------------------------


def test_a_repair_is_shown_with_what_it_mends(home: Path) -> None:
    heard: list[str] = []
    lie = {**MAIL, "sentences": [line(LIE, "e1"), *MAIL["sentences"]]}
    draft = draft_with(home, lie, MAIL, on_text=heard.append)
    assert draft.model == "scripted" and draft.outcome is Outcome.READY
    assert any(one.startswith("Subject: A Portuguese-speaking notary\n\nIt was lovely") for one in heard)
    mending = [one for one in heard if one.startswith("mending:")]
    assert "Helsinki" in mending[0] and mending[-1].endswith(ASK)


def test_a_usable_draft_is_kept_where_its_repair_gets_worse_or_fails(home: Path) -> None:
    stale = {**MAIL, "sentences": [*MAIL["sentences"], line("I hope this finds you well.")]}
    worse = {**MAIL, "sentences": [line(LIE, "e1")]}
    for second in (worse, ModelBusy("model.example is asked too often")):
        draft = draft_with(home, stale, second, worse)
        assert (draft.model, draft.outcome) == ("scripted", Outcome.READY) and "finds you well" in draft.body


def test_what_the_listener_raises_keeps_nothing(home: Path) -> None:
    def stop(_text: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draft_with(home, MAIL, on_text=stop)
    with Assistant.open(home, TODAY) as assistant:
        assert not assistant.drafts()


# --- channels ---------------------------------------------------------------------------------------------------


def test_a_model_writes_a_short_message(home: Path) -> None:
    draft = draft_with(home, SHORT, channel=Channel.MESSAGE)
    assert (draft.outcome, draft.model, draft.subject) == (Outcome.READY, "scripted", ""), draft.reasons
    assert len(draft.body) <= 300 and draft.body.startswith("Hi Ana,") and draft.body.endswith("Dana")


def test_a_message_over_300_characters_is_mended_or_not_used(home: Path) -> None:
    long = {"sentences": [line(NEED, "e1"), line(NEED, "e1"), line(OFFER, "e2"), line(OFFER, "e2"), line("Shall I?")]}
    assert draft_with(home, long, SHORT, channel=Channel.MESSAGE).model == "scripted"
    draft = draft_with(home, long, long, long, channel=Channel.MESSAGE)
    assert draft.model == "plain" and "a short message takes 300" in draft.reasons[0]


def test_a_model_scripts_a_call_under_our_headings(home: Path) -> None:
    draft = draft_with(home, CALL, channel=Channel.CALL)
    assert (draft.outcome, draft.model) == (Outcome.READY, "scripted"), draft.reasons
    assert [one.text for one in draft.sentences if one.text in CALL_HEADINGS] == list(CALL_HEADINGS)
    assert "Hello Ana, it's Dana." in draft.body and "Hello Ana, this is Dana Marlow." in draft.body
    assert count_words(draft.body.split("seconds:")[1]) <= 50


@pytest.mark.parametrize("section", ["opener", "points", "voicemail"])
def test_a_lie_in_any_section_of_a_call_is_not_used(home: Path, section: str) -> None:
    lie = {**CALL, section: [*CALL[section], line(LIE, "e1")]}
    draft = draft_with(home, lie, lie, lie, channel=Channel.CALL)
    assert draft.model == "plain" and "Helsinki" not in draft.body


def test_a_voicemail_over_twenty_seconds_is_mended(home: Path) -> None:
    long = {**CALL, "voicemail": CALL["voicemail"] * 5}
    assert draft_with(home, long, CALL, channel=Channel.CALL).model == "scripted"


# --- languages --------------------------------------------------------------------------------------------------

PORTUGUESE = {
    "subject": line("A notária em Lisboa", "e2"),
    "sentences": [
        line("Quando tomámos café no Porto em março de 2026, você procurava uma notária que falasse português.", "e1"),
        line("Eu conheço uma em Lisboa e posso perguntar se ela aceita novos clientes.", "e2"),
        line("Quer que eu pergunte? Se não for preciso, não há problema nenhum."),
    ],
}


def test_a_draft_in_another_language_is_never_ready_by_itself(home: Path) -> None:
    draft = draft_with(home, PORTUGUESE, language="pt")
    assert (draft.outcome, draft.model, draft.language) == (Outcome.NEEDS_INPUT, "scripted", "pt"), draft.reasons
    finding = next(one for one in draft.findings if one.rule == UNCHECKED_LANGUAGE)
    assert f"{finding.message}; {finding.fix}" == (
        "not checked: written in Portuguese; read every sentence against its evidence"
    )
    assert draft.body.startswith("Olá Ana,") and draft.body.endswith("Um abraço,\nDana")
    assert [bool(one.evidence) for one in draft.sentences] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("no Porto", "em Helsinki"),
        ("2026", "2019"),
        ("clientes.", "clientes por 900 euros."),
        ("Eu", "Veja rival.example. Eu"),
    ],
)
def test_names_numbers_dates_and_links_are_checked_in_any_language(home: Path, before: str, after: str) -> None:
    false = json.dumps(PORTUGUESE, ensure_ascii=False).replace(before, after)
    draft = draft_with(home, false, false, false, language="pt")
    assert draft.model == "plain" and "the plain writer writes English only" in draft.reasons[-1]


def test_a_language_nobody_asked_for_is_not_used(home: Path) -> None:
    draft = draft_with(home, PORTUGUESE, PORTUGUESE, PORTUGUESE)
    assert draft.model == "plain" and not any("English only" in one for one in draft.reasons)


def test_english_is_asked_once_more_for_the_language_and_then_taken_if_it_is_true(home: Path) -> None:
    draft = draft_with(home, MAIL, MAIL, MAIL, language="pt-BR")
    assert (draft.outcome, draft.model, draft.language) == (Outcome.READY, "scripted", "en")


def test_the_language_of_the_contact_and_of_ones_own_words_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "rui.md").write_text(
        "---\nname: Rui Mota\nemail: rui@barco.example\nlanguage: pt\n---\n## 2026-03-02 Call\n- [need] a sail\n",
        encoding="utf-8",
    )
    (tmp_path / "me.md").write_text(
        "---\nname: Dana Marlow\nme: true\n---\n- [offer] can sew a sail\n", encoding="utf-8"
    )
    model = ScriptedModel(lambda _messages: "no")
    with Assistant.open(tmp_path / "home", TODAY, model=model) as assistant:
        assistant.import_([tmp_path])
        draft = assistant.draft(DraftKind.GIVE_FIRST, "Rui Mota")
        assert "Write in Portuguese." in model.prompts[-1][0].text
        assert draft.outcome is Outcome.READY and "not in Portuguese" in draft.reasons[-1]
        assert assistant.draft(DraftKind.GIVE_FIRST, "Rui Mota", language="en").reasons[-1].startswith("the model")
        own = "je peux vous prêter une voile pour le mois de mai si vous en avez besoin"
        assistant.draft(DraftKind.GIVE_FIRST, "Rui Mota", own, language="")
        assert "Write in Portuguese." in model.prompts[-1][0].text, "what the contact's note says comes first"


def test_ones_own_words_in_another_language_are_answered_in_it(home: Path) -> None:
    own = "je peux vous prêter une voile pour le mois de mai si vous en avez besoin"
    model = ScriptedModel(lambda _messages: "no")
    with Assistant.open(home, TODAY, model=model) as assistant:
        assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira", own)
    assert "Write in French." in model.prompts[-1][0].text


def test_any_text_in_another_language_is_said_to_be_unchecked(home: Path) -> None:
    body = "\n\n".join(("Olá Ana,", " ".join(str(one["text"]) for one in PORTUGUESE["sentences"]), "Dana"))
    with Assistant.open(home, TODAY) as assistant:
        found = assistant.check(body, DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert UNCHECKED_LANGUAGE in [one.rule for one in found]


# --- what was used ----------------------------------------------------------------------------------------------


def test_tokens_seconds_and_cost_are_kept_with_the_draft(home: Path) -> None:
    with ModelServer(lambda asked: answer_text(SAID)) as server:
        settings = read_settings(home, model="local", model_url=server.url, model_price_in=2, model_price_out=10)
        with Assistant.open(settings=settings, today=TODAY) as assistant:
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
            kept = assistant.drafts()[0]
    assert kept == draft and (draft.input_tokens, draft.output_tokens) == (11, 7) and draft.seconds > 0
    assert draft.cost == pytest.approx((2 * 11 + 10 * 7) / 1e6)


def test_a_model_whose_text_was_not_used_still_says_what_it_used(home: Path) -> None:
    with ModelServer(lambda asked: answer_text("no draft")) as server:
        settings = read_settings(home, model="local", model_url=server.url)
        with Assistant.open(settings=settings, today=TODAY) as assistant:
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    assert (draft.model, draft.input_tokens, draft.cost) == ("plain", 33, None)
    assert "it used 54 tokens" in draft.reasons[0]


def test_a_model_that_breaks_after_its_first_reply_says_what_it_used(home: Path) -> None:
    draft = draft_with(home, "no draft", ModelUnreachable("model.example cannot be reached"))
    assert draft.model == "plain" and "cannot be reached (it used 0 tokens" in draft.reasons[0]


def test_a_draft_kept_before_tokens_were_counted_still_loads() -> None:
    plan = {"kind": "cold", "to": "c-1"}
    old = {"id": "d-1", "kind": "cold", "to": "c-1", "subject": "", "body": "", "sentences": [], "findings": []}
    draft = Draft.model_validate_json(json.dumps({**old, "outcome": "ready", "plan": plan}))
    assert draft.input_tokens == 0 and draft.cost is None
