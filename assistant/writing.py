"""From a request to a checked draft: the evidence gathered, the plan, a writer, all checks, the outcome.

A model's text is used only where nothing blocks it; the plain writer is the floor. It must never let a writer see what
the recipient may not be told, and never call a draft `ready` that a check blocks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Literal

from sqlalchemy import Connection

from assistant.check import check_echo, check_message, is_blocked, place_in_text, read_message
from assistant.check.style import band_of
from assistant.domain import (
    UNCHECKED_LANGUAGE,
    Channel,
    Contact,
    Draft,
    DraftKind,
    DraftRequest,
    Finding,
    Material,
    Message,
    Outcome,
    Plan,
)
from assistant.draft import write_plain
from assistant.draft.manner import example_texts
from assistant.draft.model import Written, first_turns, write_with_model
from assistant.draft.reply import reply_schema
from assistant.errors import GivefirstError, ModelError
from assistant.find.book import find_user, load_material, load_withheld_of_named
from assistant.languages import ENGLISH, base_of, find_language, name_of
from assistant.llm import ChatModel, MeteredModel, OnText
from assistant.model_record import RecordedModel, cost_of
from assistant.settings import Settings
from assistant.store.database import Store
from assistant.suppressing import barred_if_forgotten
from assistant.voice import load_voice

Writer = Literal["auto", "plain", "model"]
_ENGLISH_ONLY = "the plain writer writes English only"
_MEND_IT = "Mend what the findings name, or say it in your own words with --about."
_READ_IT = "No check can read this language: read every sentence against its evidence before you copy it."


# --- what a message may rest on ---------------------------------------------------------------------------------


def gather(
    connection: Connection,
    today: dt.date,
    kind: DraftKind,
    to: Contact,
    about: str = "",
    third: Contact | None = None,
    channel: Channel = Channel.EMAIL,
    insist: bool = False,
    language: str = "",
) -> Material:
    """Everything a message to `to` may be made from and must be checked against, with the user's manner of writing."""
    to, third = barred_if_forgotten(connection, to), third and barred_if_forgotten(connection, third)
    request = DraftRequest(
        kind=kind,
        to=to.id,
        other=third.id if third else None,
        about=about,
        channel=channel,
        insist=insist,
        language=language or to.language or find_language(about),
    )
    material = load_material(connection, request, find_user(connection), to, today, third)
    return material.model_copy(update={"voice": load_voice(connection)})


# --- checking ---------------------------------------------------------------------------------------------------


def check_in_book(store: Store, message: Message, material: Material) -> tuple[Finding, ...]:
    """All checks, with what is known of anybody the text names held against it too."""
    with store.read() as connection:
        others = load_withheld_of_named(connection, f"{message.subject}\n{message.body}", material)
    wider = material.model_copy(update={"withheld": (*material.withheld, *others)}) if others else material
    return check_message(message, wider)


def check_text(
    store: Store, material: Material, text: str, subject: str = "", use: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Findings in a text as its author sees it, with spans counted in that text; `use` keeps to these evidence ids."""
    if use is not None:
        kept = tuple(one for one in material.evidence if one.id in use or one.source == "own")
        material = material.model_copy(update={"evidence": kept})
    request = material.request
    reading = read_message(text, request.kind, subject, request.channel)
    return tuple(place_in_text(one, reading) for one in check_in_book(store, reading.message, material))


# --- writing ----------------------------------------------------------------------------------------------------


def write_draft(
    store: Store,
    settings: Settings,
    plan: Plan,
    material: Material,
    model: ChatModel | None,
    must_be_model: bool = False,
    on_text: OnText | None = None,
) -> Draft:
    """The model's text where it stands, else the plain writer's; either with what the model used.

    Raises `ModelError` only where it `must_be_model` and the model cannot be asked.
    """
    if plan.outcome is not Outcome.READY:
        return _unwritten(plan)
    if model is None:
        return _write_plain(store, plan, material, plan.reasons)
    meter = MeteredModel(model)
    try:
        written = _ask_model(store, settings, plan, material, meter, on_text)
        failure = f"the model's text was not used: {'; '.join(dict.fromkeys(written.faults))}"
    except ModelError as error:
        if must_be_model:
            raise
        written, failure = None, f"the model could not be used: {error}"
    if written is not None and written.message is not None and written.is_usable:
        draft = _draft(plan, material, written.message, written.findings, written.model, written.prompt)
    else:
        used = f"it used {meter.input_tokens + meter.output_tokens} tokens in {meter.seconds:.1f} seconds"
        draft = _write_plain(store, plan, material, (*plan.reasons, f"{failure} ({used})"))
    return draft.model_copy(
        update={
            "input_tokens": meter.input_tokens,
            "output_tokens": meter.output_tokens,
            "seconds": round(meter.seconds, 2),
            "cost": cost_of(meter.input_tokens, meter.output_tokens, settings),
        }
    )


def _ask_model(
    store: Store, settings: Settings, plan: Plan, material: Material, model: MeteredModel, on_text: OnText | None
) -> Written:
    band = band_of(plan.kind, plan.channel)

    def check(message: Message) -> tuple[Finding, ...]:
        echoed = check_echo(message, material, example_texts(material))
        return (*check_in_book(store, message, material), *echoed)

    return write_with_model(plan, material, model, check, (band.low, band.high), settings.model_seconds, on_text)


def preview_request(plan: Plan, material: Material, model: RecordedModel, streamed: bool) -> bytes:
    """The body of the request that a draft of this plan would begin with, byte for byte. Nothing is sent.

    Raises `GivefirstError` with the plan's own reasons where it is not ready.
    """
    if plan.outcome is not Outcome.READY:
        raise GivefirstError(f"nothing would be sent: {'; '.join((*plan.questions, *plan.reasons))}")
    band = band_of(plan.kind, plan.channel)
    return model.preview(first_turns(plan, material, (band.low, band.high)), reply_schema(plan.channel), streamed)


def _write_plain(store: Store, plan: Plan, material: Material, reasons: Sequence[str]) -> Draft:
    message = write_plain(plan, material)
    findings = check_in_book(store, message, material)
    if material.voice and is_blocked(findings):  # the user's manner must never cost them a draft
        message = write_plain(plan, material.model_copy(update={"voice": None}))
        findings = check_in_book(store, message, material)
    wanted = material.request.language
    english_only = () if base_of(wanted) in ("", ENGLISH) else (f"not in {name_of(wanted)}: {_ENGLISH_ONLY}",)
    draft = _draft(plan, material, message, findings, "plain", "")
    return draft.model_copy(update={"reasons": (*reasons, *english_only)})


def _draft(
    plan: Plan, material: Material, message: Message, findings: tuple[Finding, ...], model: str, prompt: str
) -> Draft:
    """`ready` only where nothing blocks; else the user is asked to mend it, or to read what no check can."""
    blocked = is_blocked(findings)
    unread = any(one.rule == UNCHECKED_LANGUAGE for one in findings)
    return Draft(
        id="",
        kind=plan.kind,
        to=plan.to,
        subject=message.subject,
        body=message.body,
        sentences=message.sentences,
        findings=findings,
        outcome=Outcome.NEEDS_INPUT if blocked else Outcome.READY,
        plan=plan,
        evidence=material.evidence,
        questions=((_READ_IT if unread else _MEND_IT),) if blocked else (),
        model=model,
        prompt=prompt,
        language=find_language(message.body, material.request.language),
    )


def _unwritten(plan: Plan) -> Draft:
    return Draft(
        id="",
        kind=plan.kind,
        to=plan.to,
        subject="",
        body="",
        sentences=(),
        findings=(),
        outcome=plan.outcome,
        plan=plan,
        questions=plan.questions,
        reasons=plan.reasons,
    )
