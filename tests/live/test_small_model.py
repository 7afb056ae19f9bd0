"""A real model of 135 million parameters, which invents freely, over the fictional world. Off by default: `make live`.

What it writes differs from run to run. Whether a sentence that passed is true is for a person to say: the drafts that
passed are printed, each sentence with the quotes it rests on.
"""

from __future__ import annotations

import contextlib
import os
import time

import pytest

from assistant.app import Assistant
from assistant.domain import Channel, Draft, DraftKind, Outcome
from assistant.errors import ModelError
from assistant.llm import ChatMessage, LangChainModel, ScriptedModel
from assistant.text import split_sentences
from evals.drafts import opened_world
from evals.hostile import add_sentence, good_reply
from evals.world import TODAY

pytestmark = pytest.mark.live

KINDS = (DraftKind.GIVE_FIRST, DraftKind.CHECK_IN, DraftKind.COLD, DraftKind.RECONNECT)

SECONDS = float(os.environ.get("LIVE_SECONDS", "60"))
DRAFTS = 22


def find_requests(assistant: Assistant, most: int = DRAFTS) -> list[tuple[DraftKind, str, Channel]]:
    """Drafts that can be written, of several kinds and all channels, most of them mails."""
    ways = [(kind, channel) for channel in (Channel.EMAIL, Channel.MESSAGE, Channel.CALL) for kind in KINDS]
    found = [
        (kind, contact.id, channel)
        for kind, channel in ways
        for contact in assistant.people()
        if assistant.plan(kind, contact.id, channel=channel).outcome is Outcome.READY
    ]
    return found[:: max(1, len(found) // most)][:most]


def show(draft: Draft) -> str:
    quotes = {one.id: one.quote for one in draft.evidence}
    lines = [
        f"  {one.text}\n      <- {' | '.join(quotes[id] for id in one.evidence) or '-'}" for one in draft.sentences
    ]
    return "\n".join([f"--- {draft.kind} {draft.plan.channel} {draft.to}: {draft.subject}", *lines])


def test_what_a_small_model_writes_is_never_ready_unless_the_checks_passed_it(small_model_url: str) -> None:
    drafts: list[Draft] = []
    with opened_world(embeddings="off", model="smollm2", model_url=small_model_url, model_seconds=SECONDS) as assistant:
        for kind, contact, channel in find_requests(assistant):
            drafts.append(assistant.draft(kind, contact, channel=channel))
            print(f"\n{show(drafts[-1]) if drafts[-1].model != 'plain' else drafts[-1].reasons}", flush=True)
    written = [one for one in drafts if one.model != "plain"]
    print(
        f"\n{len(drafts)} drafts, {len(written)} written by the model, {max(one.seconds for one in drafts):.1f} s at most"
    )
    print(f"tokens written: {sum(one.output_tokens for one in drafts)}")
    assert len(drafts) >= 20
    assert all(one.outcome is Outcome.READY for one in drafts), "the plain writer is the floor"
    assert sum(one.input_tokens > 100 for one in drafts) >= 10, "most of the time the model did answer"
    assert all(one.seconds <= SECONDS + 1.5 for one in drafts)


def test_its_own_words_citing_everything_pass_only_where_the_checks_find_them_borne(small_model_url: str) -> None:
    """The hardest form of an invention: free prose about the very evidence, each sentence citing all of it."""
    small = LangChainModel("smollm2", small_model_url)
    tried, passed = 0, []
    with opened_world(embeddings="off") as assistant:
        for kind, contact, channel in find_requests(assistant, 3 * DRAFTS):
            if channel is not Channel.EMAIL:
                continue
            plain = assistant.draft(kind, contact, writer="plain")
            quotes = "\n".join(f"- {one.occasion}: {one.quote}" for one in plain.plan.evidence)
            ask = f"Write a short, warm letter to a friend about these notes of mine:\n{quotes}"
            heard: list[str] = []
            with contextlib.suppress(ModelError):  # cut off or too slow: what was said by then will do
                small.complete([ChatMessage(role="user", text=ask)], None, 40, heard.append)
            for sentence in split_sentences(" ".join("".join(heard).split()))[:8]:
                tried += 1
                if is_passed(assistant, kind, contact, plain, sentence.text):
                    passed.append(sentence.text)
                    print(f"\nPASSED {kind} {contact}: {sentence.text}\n{quotes}", flush=True)
    print(f"\n{len(passed)} of {tried} sentences of its own passed the checks")
    assert tried >= 60 and len(passed) <= 0.3 * tried


def is_passed(assistant: Assistant, kind: DraftKind, contact: str, plain: Draft, sentence: str) -> bool:
    """Whether a draft that was fine stays so with the sentence in it."""
    added = add_sentence(sentence)(good_reply(plain))
    with Assistant.open(settings=assistant.settings, today=TODAY, model=ScriptedModel(lambda _turns: added)) as writer:
        return sentence in writer.draft(kind, contact).body


def test_a_small_model_streams_and_can_be_cut_off_at_the_budget(small_model_url: str) -> None:
    model = LangChainModel("smollm2", small_model_url)
    ask = [ChatMessage(role="user", text="Tell me a long story about a harbour.")]
    heard: list[str] = []
    begin = time.monotonic()
    with pytest.raises(ModelError):
        model.complete(ask, None, 1.0, heard.append)
    assert time.monotonic() - begin < 2 and len("".join(heard)) > 20


@pytest.mark.parametrize("seconds", [0.3, 3.0])
def test_a_model_too_slow_for_the_budget_leaves_the_plain_draft_in_time(small_model_url: str, seconds: float) -> None:
    with opened_world(embeddings="off", model="smollm2", model_url=small_model_url, model_seconds=seconds) as assistant:
        begin = time.monotonic()
        draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
        took = time.monotonic() - begin
    assert (draft.outcome, draft.model) == (Outcome.READY, "plain") and took < seconds + 1.5
    assert any(f"within {seconds:g} seconds" in one for one in draft.reasons) or "was not used" in draft.reasons[0]
