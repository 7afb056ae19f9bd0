"""Whether to write, in what form, and what becomes of a draft: the use cases over the fictional world."""

from __future__ import annotations

import email
import email.policy

import pytest

from assistant.app import Assistant
from assistant.domain import Channel, DraftKind, DraftState, Outcome
from assistant.errors import GivefirstError
from assistant.text import count_words

# --- what became of a draft -------------------------------------------------------------------------------------


def test_a_draft_that_was_sent_is_a_time_in_touch_and_two_without_an_answer_are_enough(assistant: Assistant) -> None:
    first = assistant.draft(DraftKind.GIVE_FIRST, "Maren Holm")
    second = assistant.draft(DraftKind.CHECK_IN, "Maren Holm")
    assert assistant.mark(first.id, DraftState.SENT).state is DraftState.SENT
    assert [one.direction for one in assistant.show("Maren Holm").interactions] == ["out"]
    assistant.mark(second.id, DraftState.SENT)
    third = assistant.draft(DraftKind.GIVE_FIRST, "Maren Holm")
    assert third.outcome is Outcome.REFUSED and "without an answer" in third.reasons[0]
    assert assistant.draft(DraftKind.GIVE_FIRST, "Maren Holm", insist=True).outcome is Outcome.READY
    assistant.mark(second.id, DraftState.REPLIED)
    assert assistant.draft(DraftKind.GIVE_FIRST, "Maren Holm").outcome is Outcome.READY
    assistant.mark(second.id, DraftState.DROPPED)
    assert len(assistant.show("Maren Holm").interactions) == 1
    assert {one.id for one in assistant.drafts()} >= {first.id, second.id, third.id}


def test_an_edited_text_is_kept_with_its_draft(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    body = draft.body.replace("Shall I?", "Would you like that?")
    assistant.mailto(draft.id, draft.subject, body)
    kept = next(one for one in assistant.drafts() if one.id == draft.id)
    assert kept.edited == (draft.subject, body) and kept.body == draft.body


def test_an_introduction_goes_to_both(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.INTRO, "Ágnes Tóth", other="Declan Byrne")
    mail = email.message_from_bytes(assistant.eml(draft.id), policy=email.policy.default)
    assert [one.addr_spec for one in mail["To"].addresses] == [
        "agnes.toth@folyamuzeum.example",
        "declan.byrne@harbourpress.example",
    ]


def test_no_mailbox_set_is_one_line(assistant: Assistant) -> None:
    draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    with pytest.raises(GivefirstError, match="set GIVEFIRST_IMAP_HOST"):
        assistant.imap(draft.id)


# --- whether to write at all ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "who", "other", "reason"),
    [
        (DraftKind.ASK, "Viktor Hale", None, "have given nothing yet"),
        (DraftKind.CHECK_IN, "Elif Kaya", None, "until June 2027"),
        (DraftKind.CHECK_IN, "Greta Lindqvist", None, "by phone only"),
        (DraftKind.INTRO_ASK, "Kwame Mensah", "Gwen Pritchard", "wants to be asked before"),
        (DraftKind.INTRO_ASK, "Inês Duarte", "Bruno Costa", "know each other already"),
        (DraftKind.INTRO, "Maren Holm", "Oleksandr Koval", "know each other already"),
        (DraftKind.INTRO_ASK, "Ruth Adeyemi", "Sam Okoro", "do-not-contact"),
        (DraftKind.EVENT_INVITE, "Rosa Gallo", None, "do-not-contact"),
    ],
)
def test_what_stands_against_a_message_is_said_with_a_better_way(
    assistant: Assistant, kind: DraftKind, who: str, other: str | None, reason: str
) -> None:
    draft = assistant.draft(kind, who, "a print day in December", other=other)
    assert draft.outcome is Outcome.REFUSED and not draft.body
    assert reason in draft.reasons[0] and ";" in draft.reasons[0]


def test_asking_again_proposes_three_gives_and_goes_on_if_the_user_insists(assistant: Assistant) -> None:
    plan = assistant.plan(DraftKind.ASK, "Viktor Hale", "could you read our tender?")
    assert len(plan.gives) == 3 and all("you could give: I " in reason for reason in plan.reasons[1:])
    assert assistant.draft(DraftKind.ASK, "Viktor Hale", "could you read our tender?", insist=True).body


@pytest.mark.parametrize(
    ("kind", "who"), [(DraftKind.CHECK_IN, "Kwame Mensah"), (DraftKind.RECONNECT, "Joris van Dijk")]
)
def test_no_message_presumes_a_contact_that_never_was(assistant: Assistant, kind: DraftKind, who: str) -> None:
    draft = assistant.draft(kind, who)
    assert draft.outcome is Outcome.NEEDS_INPUT and "When were you last in touch" in draft.questions[0]


@pytest.mark.parametrize("share", [3, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("channel", [Channel.CALL, Channel.MESSAGE])
def test_every_channel_keeps_its_form_and_passes_the_guards(assistant: Assistant, channel: Channel, share: int) -> None:
    """Every person in turn with one of three kinds; `slow` has each with all of them."""
    kinds = (DraftKind.GIVE_FIRST, DraftKind.CHECK_IN, DraftKind.COLD)
    ready = dict.fromkeys(kinds, 0)
    for number, contact in enumerate(assistant.people()):
        for kind in kinds[number % share :: share]:
            draft = assistant.draft(kind, contact.id, channel=channel)
            if not draft.body:
                continue
            ready[kind] += 1
            assert draft.outcome is Outcome.READY, (contact.name, draft.findings)
            if channel is Channel.MESSAGE:
                assert len(draft.body) <= 300 and draft.body.count("?") == 1
            else:
                assert "Opener:" in draft.body and count_words(draft.body.split("seconds:")[1]) <= 50
    assert sum(ready.values()) >= 15 // share and all(ready.values())
