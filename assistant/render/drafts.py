"""Plans and drafts as text for a terminal. It must never show a draft without what its checks found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain import (
    Draft,
    Evidence,
    Finding,
    ImportReport,
    Outcome,
    Plan,
)
from assistant.render.lines import join_lines, wrapped
from assistant.render.records import render_import
from assistant.text import strip_hidden


def render_plan(one: Plan) -> str:
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
    return join_lines(lines)


def _source(item: Evidence) -> str:
    where = item.occasion or item.field or ("your own words" if item.source == "own" else "note")
    return f"({where}{', ' + item.date.isoformat() if item.date else ''})"


def render_draft(one: Draft) -> str:
    if one.outcome is not Outcome.READY and not one.body:
        return join_lines([f"{one.outcome}", *one.questions, *one.reasons])
    marks = {item.id: place for place, item in enumerate(_cited(one), 1)}
    blocks = [f"Subject: {one.subject}", ""]
    for number in dict.fromkeys(sentence.paragraph for sentence in one.sentences):
        said = [_with_marks(s.text, s.evidence, marks) for s in one.sentences if s.paragraph == number]
        blocks += ["\n".join(wrapped(part) for part in " ".join(said).split("\n")), ""]
    blocks += [wrapped(f"[{marks[item.id]}] “{item.quote}” {_source(item)}") for item in _cited(one)]
    blocks += ["", " · ".join((one.outcome, f"written by {one.model}", *render_used(one), one.id))]
    blocks += [wrapped(line) for line in (*one.questions, *one.reasons)]
    blocks += [render_findings(one.findings)] if one.findings else []
    return "\n".join(blocks)


def render_used(one: Draft) -> tuple[str, ...]:
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


def render_findings(found: Sequence[Finding]) -> str:
    if not found:
        return "No findings."
    return join_lines(
        f"{one.severity}  {one.rule}  {one.field} {one.span[0]}-{one.span[1]} "
        f"“{' '.join(one.text.split())[:60]}”: {one.message}; {one.fix}"
        for one in found
    )


def render_demo(report: ImportReport, one: Draft) -> str:
    return f"{render_import(report)}\n\nA first draft, with what each sentence rests on:\n\n{render_draft(one)}\n"


def render_drafts(found: Sequence[Mapping[str, str]]) -> str:
    """One line a draft."""
    lines = [
        f"{one['id']}  {one['state']:8} {one['kind']:12} {one['to']}: {one['subject'] or one['outcome']}"
        for one in found
    ]
    return "\n".join(lines) or "No drafts yet; write one with `givefirst draft`."
