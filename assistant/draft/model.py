"""The model writer: plan to sentences that cite, checked, repaired at most twice, or given up.

The model sees the plan's cleared evidence and nothing else. It writes no greeting, no sign-off, no address and no
header: those are ours. What it returns is untrusted text until the checks have passed it, and whether it may be sent
is never its to say.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence

from assistant.domain import (
    UNCHECKED_LANGUAGE,
    Channel,
    DraftKind,
    Evidence,
    Finding,
    Material,
    Message,
    Plan,
    Sentence,
    Severity,
    Value,
)
from assistant.draft.channels import make_call, make_short, room_of_message
from assistant.draft.manner import describe_voice, find_greeting, find_sign_off, narrow_band
from assistant.draft.prompts import Prompt, label_of, load_prompt
from assistant.draft.prose import ProseReader
from assistant.draft.reply import Reply, Said, parse_reply, reply_schema
from assistant.errors import ModelError, ModelReplyInvalid, ModelTimeout
from assistant.languages import ENGLISH, LANGUAGES, base_of, find_language, name_of
from assistant.llm import ChatMessage, ChatModel, OnText
from assistant.text import find_words, fold

MOST_REPAIRS = 2
_ASKS = {
    "offer": "whether they would like what is offered",
    "exchange": "whether a short exchange by mail about the shared subject would suit them",
}
_MUST_HOLD = ("style.length",)  # warns a person; a model keeps to it, or its text is not used
_ASK_TO_MEND = (*_MUST_HOLD, "style.generic", "style.machine", "style.no_ask")

Check = Callable[[Message], tuple[Finding, ...]]


class Written(Value):
    """What a model wrote and what the checks found in it; `message` is None where no reply could be read.

    `faults` are one line an attempt that was not used. `is_usable` says that nothing stands against it but what only
    the user can judge: that it is in a language the checks cannot read.
    """

    message: Message | None
    findings: tuple[Finding, ...] = ()
    model: str = ""
    prompt: str = ""
    faults: tuple[str, ...] = ()
    language: str = ENGLISH

    @property
    def is_usable(self) -> bool:
        return self.message is not None and not any(_stands_against(one, self.language) for one in self.findings)


def write_with_model(
    plan: Plan,
    material: Material,
    model: ChatModel,
    check: Check,
    band: tuple[int, int],
    seconds: float,
    on_text: OnText | None = None,
) -> Written:
    """Asks `model` for the message of a `ready` plan, and for repairs naming the findings, within `seconds` in all.

    `on_text` is told the readable text so far, whole each time and unchecked, during a repair below the findings it
    mends; what it raises ends the writing. Raises a `ModelError` where the model cannot be asked and nothing usable
    was written before; a reply that cannot be read is a fault like any other and is asked for again.
    """
    prompts = (load_prompt(plan.kind.value), load_prompt("rules"), load_prompt(plan.channel.value))
    ids = _give_ids(plan, material)
    turns = first_turns(plan, material, band)
    deadline = time.monotonic() + seconds
    language = base_of(material.request.language) or ENGLISH
    written = Written(message=None, model=model.name, prompt=label_of(*prompts), language=language)
    best: Written | None = None
    problems: list[str] = []
    for _attempt in range(MOST_REPAIRS + 1):
        left = deadline - time.monotonic()
        try:
            if left <= 0:
                raise ModelTimeout(f"{model.name} did not finish a draft within {seconds:g} seconds; try again")
            reply = model.complete(turns, reply_schema(plan.channel), left, _hear(on_text, problems))
        except ModelError:
            if best is None:
                raise
            break
        written = _read(reply.text, written, plan, material, ids, check)
        if written.is_usable and (best is None or len(written.findings) < len(best.findings)):
            best = written
        problems = _problems(written)
        if not problems:
            break
        turns += [
            ChatMessage(role="assistant", text=reply.text[:8000]),
            ChatMessage(role="user", text=load_prompt("repair").fill(findings="\n".join(problems))),
        ]
    return best or written


def _hear(on_text: OnText | None, problems: Sequence[str]) -> OnText | None:
    """Turns pieces of JSON into the prose so far."""
    if on_text is None:
        return None
    head = "mending:\n" + "\n".join(problems) + "\n\n" if problems else ""
    reader = ProseReader()
    if head:
        on_text(head)

    def hear(piece: str) -> None:
        reader.feed(piece)
        on_text(head + reader.text)

    return hear


# --- what is asked ----------------------------------------------------------------------------------------------


def first_turns(plan: Plan, material: Material, band: tuple[int, int]) -> list[ChatMessage]:
    """What the model is shown first, for a message of `band` words."""
    asked = _ask(load_prompt(plan.kind.value), plan, material, _give_ids(plan, material), band)
    return [ChatMessage(role="system", text=asked), ChatMessage(role="user", text="Write the draft now.")]


def _give_ids(plan: Plan, material: Material) -> dict[str, Evidence]:
    """The evidence to show, under short ids that say nothing."""
    return {f"e{number}": one for number, one in enumerate(evidence_to_show(plan, material), 1)}


def _ask(prompt: Prompt, plan: Plan, material: Material, ids: Mapping[str, Evidence], band: tuple[int, int]) -> str:
    people = {
        "sender": material.me.name,
        "recipient": material.to.name,
        "other": material.other.name if material.other else "",
    }
    low, high = narrow_band((band[0], band[1] - 10), material)
    rules = load_prompt("rules").fill(
        sender=people["sender"],
        recipient=people["recipient"],
        today=f"{material.today:%-d %B %Y}",
        voice=describe_voice(material),
        language=name_of(material.request.language or ENGLISH),
        form=_form(plan.channel, material, (low, high)),
        evidence="\n".join(_line(name, one, material) for name, one in ids.items()),
        give=plan.give.offer.text if plan.give else "nothing in particular; be of interest",
        ask=_ASKS.get(plan.ask, plan.ask or "none at all"),
    )
    values = {**people, "rules": rules}
    return prompt.fill(**{name: values[name] for name in prompt.inputs})


def _form(channel: Channel, material: Material, band: tuple[int, int]) -> str:
    """What a message of this channel looks like, and the JSON to answer with."""
    if channel is Channel.MESSAGE:
        return load_prompt(channel.value).fill(characters=str(room_of_message(material) - 10))
    return load_prompt(channel.value).fill(low=str(band[0]), high=str(band[1]))


_MOST_COLOUR = 3
_NOT_FOR_COLOUR = re.compile(
    r"\b(?:nervous|tired|angry|drunk|boring|dull|rude|odd|vain|slow|weak|poor|sad|frighten\w*|mother|father|ill|died|baby"
    r"|money|careful|polite|dry)\b",
    re.IGNORECASE,
)


def evidence_to_show(plan: Plan, material: Material) -> tuple[Evidence, ...]:
    """The plan's evidence, and what else was noted on the same occasions: what makes a message particular."""
    notes = {one.note_id for one in plan.evidence if one.about == material.to.id and one.note_id}
    known = {one.id for one in plan.evidence}
    colour = [
        one
        for one in material.evidence
        if one.source == "note"
        and one.about == material.to.id
        and one.note_id in notes
        and one.id not in known
        and not (one.hearsay or one.superseded or _NOT_FOR_COLOUR.search(one.quote) or _names_others(one, material))
    ]
    return (*plan.evidence, *colour[:_MOST_COLOUR])


def _names_others(one: Evidence, material: Material) -> bool:
    """Whether the sentence names anybody of the book besides the two: what is theirs is not colour."""
    ours = {fold(material.me.first_name), fold(material.to.first_name)}
    firsts = {fold(name).split()[0] for name in material.names if name} - ours
    return any(
        fold(word.text).removesuffix("'s") in firsts and word.text[:1].isupper() for word in find_words(one.quote)
    )


def _line(name: str, one: Evidence, material: Material) -> str:
    """One evidence as JSON: no quote can end its own line or pass for one of ours."""
    about = "recipient" if one.about == material.to.id else "sender" if one.about == material.me.id else "other"
    said = {"id": name, "about": about, "kind": str(one.kind or one.field or one.source), "quote": one.quote}
    if one.date:
        said["date"] = one.date.isoformat()
    if one.occasion:
        said["occasion"] = one.occasion
    return json.dumps(said, ensure_ascii=False)


def _problems(written: Written) -> list[str]:
    """What a repair must mend; empty where nothing blocks and the form is as asked."""
    if written.message is None:
        return [written.faults[-1]]
    standing = [one for one in written.findings if _stands_against(one, written.language)]
    to_mend = [one for one in written.findings if one.rule in _ASK_TO_MEND or standing]
    problems = [
        f"- {one.field}: {json.dumps(one.text, ensure_ascii=False)}: {one.message}; {one.fix}"
        for one in (*standing, *(one for one in to_mend if one not in standing))
        if one.rule != UNCHECKED_LANGUAGE
    ]
    if _language_of(written.message, written.language) != written.language:
        problems.append(f"- body: this is not in {name_of(written.language)}; write it in {name_of(written.language)}")
    return problems


def _stands_against(one: Finding, language: str) -> bool:
    """Whether a finding keeps a model's text from being shown as a draft."""
    if one.rule == UNCHECKED_LANGUAGE:
        return language == ENGLISH
    return one.severity is Severity.BLOCK or one.rule in _MUST_HOLD


def _language_of(message: Message, expected: str) -> str:
    return find_language(message.body, expected)


# --- what comes back --------------------------------------------------------------------------------------------


def _read(
    text: str, before: Written, plan: Plan, material: Material, ids: Mapping[str, Evidence], check: Check
) -> Written:
    try:
        message = read_reply(text, plan.kind, material, ids, plan.channel)
    except ModelReplyInvalid as error:
        return before.model_copy(update={"message": None, "findings": (), "faults": (*before.faults, str(error))})
    findings = check(message)
    standing = (one.message for one in findings if _stands_against(one, before.language))
    faults = (*before.faults, *dict.fromkeys(standing))
    return before.model_copy(update={"message": message, "findings": findings, "faults": faults})


def read_reply(
    text: str,
    kind: DraftKind,
    material: Material,
    ids: Mapping[str, Evidence],
    channel: Channel = Channel.EMAIL,
) -> Message:
    """The message a reply holds, greeted and signed by us. Raises `ModelReplyInvalid` for anything else.

    An id that was never given is kept as it is: the checks know it for what it is.
    """
    reply = parse_reply(text, channel)

    def read(said: Sequence[Said]) -> list[Sentence]:
        return _read_sentences(said, material, ids)

    if channel is Channel.CALL:
        message = make_call(kind, material, reply, read)
    elif channel is Channel.MESSAGE:
        message = make_short(kind, material, read(reply.sentences))
    else:
        message = _make_mail(kind, material, reply, read(reply.sentences), ids)
    known = {one.id for one in ids.values()}
    if not any(known & set(one.evidence) for one in message.sentences):
        raise ModelReplyInvalid("no sentence of the model's reply names its evidence; name the ids it rests on")
    return _in_language(message, material)


def _read_sentences(said: Sequence[Said], material: Material, ids: Mapping[str, Evidence]) -> list[Sentence]:
    return [
        Sentence(
            text=" ".join(one.text.split()), evidence=_real_ids(one.evidence, ids), paragraph=max(1, one.paragraph)
        )
        for one in said
        if find_words(one.text) and not _is_ours(one.text, material)
    ]


def _make_mail(
    kind: DraftKind, material: Material, reply: Reply, body: list[Sentence], ids: Mapping[str, Evidence]
) -> Message:
    paragraphs = {number: place for place, number in enumerate(sorted({one.paragraph for one in body}), 1)}
    body = sorted((one.model_copy(update={"paragraph": paragraphs[one.paragraph]}) for one in body), key=_paragraph)
    greeting = Sentence(text=_greeting(kind, material), paragraph=0)
    closing = Sentence(text=find_sign_off(material, "All the best,"), paragraph=len(paragraphs) + 1)
    subject = reply.subject or Said(text="")
    return Message(
        kind=kind,
        subject=" ".join(subject.text.split()),
        subject_evidence=_real_ids(subject.evidence, ids),
        sentences=(greeting, *body, closing),
        cited=True,
    )


def _in_language(message: Message, material: Material) -> Message:
    """Greeting and sign-off in the language of the letter; a language we do not speak gets the bare names."""
    language = base_of(material.request.language) or ENGLISH
    if language == ENGLISH or message.channel is Channel.CALL or find_language(message.body, language) != language:
        return message
    known = LANGUAGES.get(language)
    first, *body, last = message.sentences
    names = [
        one.first_name for one in (material.to, material.other if message.kind is DraftKind.INTRO else None) if one
    ]
    greeting = ", ".join(f"{known.greeting} {name}" if known else name for name in names) + ","
    sign_off = f"{known.sign_off}\n" if known and message.channel is Channel.EMAIL else ""
    return message.model_copy(
        update={
            "sentences": (
                first.model_copy(update={"text": greeting}),
                *body,
                last.model_copy(update={"text": f"{sign_off}{material.me.first_name}"}),
            )
        }
    )


def _greeting(kind: DraftKind, material: Material) -> str:
    if kind is DraftKind.INTRO and material.other:
        return f"Dear {material.to.first_name}, dear {material.other.first_name},"
    return find_greeting(material, f"Hi {material.to.first_name},")


def _paragraph(one: Sentence) -> int:
    return one.paragraph


def _real_ids(given: Sequence[str], ids: Mapping[str, Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[one].id if one in ids else one for one in given))


def _is_ours(text: str, material: Material) -> bool:
    """A greeting or sign-off the model wrote all the same: ours stands there already."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    first, mine = material.to.first_name.casefold(), material.me.name.casefold()
    greetings = {f"{word} {name}" for word in ("hi", "dear", "hello") for name in (first, material.to.name.casefold())}
    closings = {f"{word}{name}" for word in ("best ", "best wishes ", "all the best ", "kind regards ", "")
                for name in (mine, mine.split()[0])}  # fmt: skip
    return said in greetings | closings | {"best", "best wishes", "all the best", "kind regards"}
