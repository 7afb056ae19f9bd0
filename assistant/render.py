"""Values as text for a terminal. Plain strings out; it must never ask the assistant anything.

Text from notes and mails is printed with control characters taken out: a note must not be able to move the cursor.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.domain import (
    CommonGround,
    Contact,
    Diagnosis,
    Draft,
    Evidence,
    Fact,
    Favour,
    Finding,
    ImportReport,
    IndexReport,
    Interaction,
    Note,
    Outcome,
    Plan,
    Profile,
    SearchHit,
    Visibility,
    VoiceFigures,
    VoiceReport,
)
from assistant.text import strip_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 92
_MOST_LISTED = 20
_MOST_LATEST = 10


@contextmanager
def progress(what: str, shown: bool) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on standard error for work that may take long; yields `tick(done, total)`."""
    if not shown or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(strip_hidden(line) for line in lines)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(strip_hidden(text), _WIDTH, initial_indent=indent, subsequent_indent=indent)


def import_report(report: ImportReport) -> str:
    head = (
        f"Read {report.read}: {report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{len(report.rejected)} not readable"
    )
    return _lines(
        [head, *_touch_lines(report), *(f"  {bad.where}: {bad.reason}" for bad in report.rejected[:_MOST_LISTED])]
        + ([f"  and {more} more not readable"] if (more := len(report.rejected) - _MOST_LISTED) > 0 else [])
    )


def _touch_lines(report: ImportReport) -> Iterator[str]:
    """What mail and calendars brought, and who is proposed for the book."""
    if not (report.mails or report.events):
        return
    yield (
        f"Looked at {report.mails} mails and {report.events} events: {report.interactions} new times in touch with "
        f"people of your book, {report.changed} changed"
    )
    for reason, count in report.left_out.items():
        yield f"  left out: {count:6} {reason}"
    found = report.unknown_people
    if found:
        yield f"People you write with who are not in your book: {len(found)} (--add-people adds them)"
    for one in found[:_MOST_LISTED]:
        yield f"  {one.name or one.email} <{one.email}>: {_times(one.count)}, {one.first} to {one.last}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def logged(one: Interaction) -> str:
    return f"Kept: {one.channel}, {one.when} ({one.id})."


def saved_favour(one: Favour) -> str:
    return _lines([f"Kept: {one.kind} “{one.text}” ({one.id})."])


def voice_report(report: VoiceReport) -> str:
    lines = []
    if report.read:
        lines.append(f"Read {report.read} mails: {report.used} used")
        lines += [f"  {count} left out: {reason}" for reason, count in report.left_out]
        lines += [f"  {bad.where}: {bad.reason}" for bad in report.rejected[:20]]
    lines += [f"Note: {note}" for note in report.notes]
    if report.figures:
        lines += ["How you write", *_figure_lines(report.figures)]
        lines += [f"  as {name}: {one.mails} mails, {one.words[1]} words" for name, one in report.classes]
        lines.append(f"  {report.examples} mails kept as examples, with everything they told taken out")
    return _lines(lines)


def _figure_lines(one: VoiceFigures) -> list[str]:
    low, middle, high = one.words
    return [
        f"  {one.mails} mails; {middle} words (half of them {low} to {high}), {one.sentence_words:.0f} a sentence, "
        f"{one.paragraphs:.1f} paragraphs",
        f"  greeting: {_forms(one.greetings)}",
        f"  sign-off: {_forms(one.sign_offs)}",
        f"  short forms {one.contractions:.0%}, questions {one.questions:.0%}, exclamations {one.exclamations:.0%}, "
        f"warmth {one.warmth:.0%}",
    ]


def _forms(forms: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{form or 'none'} ({count})" for form, count in forms)


def saved_note(note: Note) -> str:
    return f"Noted ({note.id})."


def people(found: Sequence[Contact]) -> str:
    if not found:
        return "Nobody fits. Try part of a name, or import some people first."
    return _lines(_person_line(one) for one in found)


def _person_line(one: Contact) -> str:
    what = ", ".join(part for part in (one.title, one.org, one.location) if part)
    marks = " [do not contact]" if one.do_not_contact else ""
    return f"{one.id}  {one.name}{marks}  {what}".rstrip()


def profile(one: Profile) -> str:
    blocks = [_person_line(one.contact)]
    if one.facts:
        blocks.append("\nFacts")
        blocks += [_fact_line(fact) for fact in one.facts]
    if one.favours:
        blocks.append("\nFavours")
        blocks += [f"  {_day(favour.date)} {favour.kind}: {favour.text}" for favour in one.favours]
    if one.interactions:
        blocks.append(f"\nIn touch ({_times(len(one.interactions))}, the latest)")
        blocks += [_interaction_line(touch) for touch in one.interactions[: -_MOST_LATEST - 1 : -1]]
    if one.notes:
        blocks.append("\nNotes")
        for note in one.notes:
            blocks.append(f"  {_day(note.date)} {note.title}".rstrip())
            blocks.append(textwrap.indent(note.text.strip(), "    "))
    return "\n".join(strip_hidden(block) for block in blocks)


def _interaction_line(one: Interaction) -> str:
    return f"  {one.when} {one.channel}, {one.direction} {one.title}".rstrip()


def _day(day: Any) -> str:
    return day.isoformat() if day else "undated   "


def _fact_line(fact: Fact) -> str:
    marks = [
        mark
        for mark, on in (
            ("private", fact.visibility is Visibility.PRIVATE),
            ("out of date", bool(fact.superseded_by)),
            ("not so", fact.negated),
            ("hearsay", fact.hearsay),
        )
        if on
    ]
    mark = f" ({', '.join(marks)})" if marks else ""
    return f"  {fact.kind}: {fact.text}{mark}\n      “{fact.quote}” {_day(fact.date)}"


def hits(found: Sequence[SearchHit]) -> str:
    if not found:
        return "Nothing found. Try other words, or import some notes first."
    return _lines(f"{hit.score:5.2f}  {hit.contact}  {_day(hit.date)}  {' '.join(hit.text.split())}" for hit in found)


def ground(found: Sequence[CommonGround]) -> str:
    if not found:
        return "No common ground found. A line about them, or about you in me.md, may change that."
    return "\n\n".join(
        _lines(
            [
                f"{one.kind}: {one.text} ({one.strength:.2f})",
                f"  you:  “{one.mine.quote}”",
                f"  them: “{one.theirs.quote}”",
            ]
        )
        for one in found
    )


def plan(one: Plan) -> str:
    lines = [f"Plan for a {one.kind} message: {one.outcome}"]
    lines += [f"  {question}" for question in one.questions] + [f"  {reason}" for reason in one.reasons]
    if one.give:
        lines.append(f"Give: {one.give.offer.text} (cost: {one.give.cost})")
    if one.evidence:
        lines.append("Evidence")
        lines += [f"  {item.id}  “{item.quote}” {_source(item)}" for item in one.evidence]
    if one.left_out:
        lines.append("Left out")
        lines += [f"  “{item.text}”: {item.reason}" for item in one.left_out]
    return _lines(lines)


def _source(item: Evidence) -> str:
    where = item.occasion or item.field or ("your own words" if item.source == "own" else "note")
    return f"({where}{', ' + item.date.isoformat() if item.date else ''})"


def draft(one: Draft) -> str:
    if one.outcome is not Outcome.READY and not one.body:
        return _lines([f"{one.outcome}", *one.questions, *one.reasons])
    marks = {item.id: place for place, item in enumerate(_cited(one), 1)}
    blocks = [f"Subject: {one.subject}", ""]
    for number in dict.fromkeys(sentence.paragraph for sentence in one.sentences):
        said = [_with_marks(s.text, s.evidence, marks) for s in one.sentences if s.paragraph == number]
        blocks += ["\n".join(_wrapped(part) for part in " ".join(said).split("\n")), ""]
    blocks += [_wrapped(f"[{marks[item.id]}] “{item.quote}” {_source(item)}") for item in _cited(one)]
    blocks += ["", " · ".join((one.outcome, f"written by {one.model}", *used(one), one.id))]
    blocks += [_wrapped(line) for line in (*one.questions, *one.reasons)]
    blocks += [findings(one.findings)] if one.findings else []
    return "\n".join(blocks)


def used(one: Draft) -> tuple[str, ...]:
    """What the language model used for a draft, in words; empty where none was asked."""
    if not one.seconds:
        return ()
    counted = one.input_tokens + one.output_tokens
    tokens = f"{one.input_tokens:,} tokens read, {one.output_tokens:,} written" if counted else "tokens not counted"
    cost = () if one.cost is None else (f"cost {one.cost:.4f}",)
    return (tokens, f"{one.seconds:.1f} s", *cost)


def _with_marks(text: str, evidence: Sequence[str], marks: dict[str, int]) -> str:
    cited = "".join(f"[{marks[one]}]" for one in evidence if one in marks)
    return f"{strip_hidden(text)} {cited}".rstrip()


def _cited(one: Draft) -> tuple[Evidence, ...]:
    used = {item for sentence in one.sentences for item in sentence.evidence}
    return tuple(item for item in one.evidence if item.id in used)


def draft_value(one: Draft) -> dict[str, Any]:
    """The draft as JSON: each sentence holds its evidence whole, not only ids."""
    value = one.model_dump(mode="json")
    by_id = {item["id"]: item for item in value.pop("evidence")}
    for sentence in value["sentences"]:
        sentence["evidence"] = [by_id[item] for item in sentence["evidence"] if item in by_id]
    return value


def findings(found: Sequence[Finding]) -> str:
    if not found:
        return "No findings."
    return _lines(
        f"{one.severity}  {one.rule}  {one.field} {one.span[0]}-{one.span[1]} "
        f"“{' '.join(one.text.split())[:60]}”: {one.message}; {one.fix}"
        for one in found
    )


def diagnoses(found: Sequence[Diagnosis]) -> str:
    return _lines(
        f"{'ok  ' if one.ok else 'FAIL'}  {one.name}: {one.detail}{'' if one.ok else '; ' + one.fix}" for one in found
    )


def index_report(report: IndexReport) -> str:
    return f"Indexed {report.passages} passages, {report.embedded} of them embedded anew."


def demo(report: ImportReport, one: Draft) -> str:
    return f"{import_report(report)}\n\nA first draft, with what each sentence rests on:\n\n{draft(one)}\n"


def drafts(found: Sequence[Mapping[str, str]]) -> str:
    """One line a draft."""
    lines = [
        f"{one['id']}  {one['state']:8} {one['kind']:12} {one['to']}: {one['subject'] or one['outcome']}"
        for one in found
    ]
    return "\n".join(lines) or "No drafts yet; write one with `givefirst draft`."
