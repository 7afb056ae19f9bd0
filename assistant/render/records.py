"""What was kept, read and found wrong, as text for a terminal. It must never decide what is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assistant.domain import (
    Diagnosis,
    Favour,
    ImportReport,
    IndexReport,
    Interaction,
    Note,
    VoiceFigures,
    VoiceReport,
)
from assistant.render.lines import join_lines, times

_MOST_LISTED = 20


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


def render_import(report: ImportReport) -> str:
    head = (
        f"Read {report.read}: {report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{len(report.rejected)} not taken in"
    )
    return join_lines(
        [head, *_touch_lines(report), *(f"  {bad.where}: {bad.reason}" for bad in report.rejected[:_MOST_LISTED])]
        + ([f"  and {more} more not taken in"] if (more := len(report.rejected) - _MOST_LISTED) > 0 else [])
        + [f"  please look: {one.where}: {one.reason}" for one in report.warnings[:_MOST_LISTED]]
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
        yield f"  {one.name or one.email} <{one.email}>: {times(one.count)}, {one.first} to {one.last}"


def render_logged(one: Interaction) -> str:
    return f"Kept: {one.channel}, {one.when} ({one.id})."


def render_favour(one: Favour) -> str:
    return join_lines([f"Kept: {one.kind} “{one.text}” ({one.id})."])


def render_note(note: Note) -> str:
    return f"Noted ({note.id})."


def render_voice(report: VoiceReport) -> str:
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
    return join_lines(lines)


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


def render_diagnoses(found: Sequence[Diagnosis]) -> str:
    return join_lines(
        f"{'ok  ' if one.ok else 'FAIL'}  {one.name}: {one.detail}{'' if one.ok else '; ' + one.fix}" for one in found
    )


def render_index(report: IndexReport) -> str:
    return f"Indexed {report.passages} passages, {report.embedded} of them embedded anew."
