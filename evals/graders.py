"""The graders of a draft: each asks one question of it and names the failures it found.

They read the draft and the labels a person wrote, never the product's findings: a blind spot of the checks has to show.
A grader must be able to show the words it means; what only a reader could tell is left to `evals.judge`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext

from assistant.check.style import MOST_CHARACTERS, band_of, find_asks
from assistant.domain import Channel, Draft, DraftKind, Outcome, first_name_of
from assistant.draft.prompts import find_prompts
from assistant.text import count_words, find_words, fold
from evals.failures import Failed, Failure


class Request(BaseModel):
    """What is asked for: a kind, a person as the user would name them, the other one, the user's own words if any."""

    model_config = ConfigDict(extra="forbid")

    kind: DraftKind
    who: str
    about: str = ""
    other: str | None = None
    channel: Channel = Channel.EMAIL
    insist: bool = False


class Trap(BaseModel):
    """A way to fail that this case invites, and the words that give it away."""

    model_config = ConfigDict(extra="forbid")

    label: Failure
    never: list[str]


class Label(BaseModel):
    """What a good answer does. Each item of `use` is a list of ways to say it, one of which must stand in the text.

    `traps` say which failure a word would be; a word of `never` is forbidden without saying. `greet` is the name in the
    greeting where it is not the first word of `who`.
    """

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    use: list[list[str]] = []
    never: list[str] = []
    traps: list[Trap] = []
    reason: str = ""
    greet: str = ""


Context = EvaluatorContext[Request, Draft, Label]


@dataclass
class Grader(Evaluator[Request, Draft, Label]):
    """One question. `find` yields what failed; nothing means that the draft passes."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterable[Failed]:
        raise NotImplementedError

    def evaluate(self, ctx: Context) -> dict[str, EvaluationReason | str]:
        """Whether it passed under the grader's name, and if not the labels, apart by a space."""
        assert ctx.metadata is not None, "every case has a label"
        failed = list(self.find(ctx.inputs, ctx.output, ctx.metadata))
        name = type(self).__name__
        graded: dict[str, EvaluationReason | str] = {
            name: EvaluationReason(not failed, reason="; ".join(f"{one.label}: {one.why}" for one in failed))
        }
        if failed:
            graded[f"{name}.labels"] = " ".join(dict.fromkeys(one.label.value for one in failed))
        return graded


def _text(draft: Draft) -> str:
    return fold(f"{draft.subject}\n{draft.body}")


def _told(draft: Draft) -> str:
    return fold(" ".join((*draft.reasons, *draft.questions)))


def find_said(words: Iterable[str], text: str) -> list[str]:
    """Those of `words` that stand in the folded `text` as whole words."""
    return [word for word in words if re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", text)]


@dataclass
class OutcomeIsRight(Grader):
    """Ready, needs_input or refused, as the label says, with the labelled word in the reason or question."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        told = _told(draft)
        if draft.outcome is not label.outcome or fold(label.reason) not in told:
            yield Failed(Failure.OUTCOME, f"{draft.outcome}: {told or draft.subject}")


@dataclass
class UsesWhatItMust(Grader):
    """Every thing the label wants used stands in the text, in one of its ways; a text with none of them is generic."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        text = _text(draft)
        missing = [ways for ways in label.use if not any(fold(way) in text for way in ways)]
        if missing:
            yield Failed(Failure.MISSING_USE, f"missing: {missing}")
        if missing and missing == label.use and draft.outcome is Outcome.READY:
            yield Failed(Failure.GENERIC, "nothing of what it is for")


@dataclass
class NeverSays(Grader):
    """No word of a trap, and nothing else forbidden, stands anywhere: subject, body, reasons or questions."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        text = f"{_text(draft)}\n{_told(draft)}"
        for trap in (*label.traps, Trap(label=Failure.FORBIDDEN, never=label.never)):
            if said := find_said(trap.never, text):
                yield Failed(trap.label, f"says: {said}")


@dataclass
class IsWellFormed(Grader):
    """A ready draft keeps its length band and asks once; another has no body to send, and says why."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        if draft.outcome is not Outcome.READY:
            if not (draft.questions or draft.reasons):
                yield Failed(Failure.OUTCOME, "says neither why nor what to do")
            return
        channel = draft.plan.channel
        band, words = band_of(draft.kind, channel), count_words(draft.body)
        too_long = channel is Channel.MESSAGE and len(draft.body) > MOST_CHARACTERS
        if too_long or not band.low <= words <= band.high:
            yield Failed(Failure.LENGTH, f"{words} words, {len(draft.body)} characters")
        asks = len([one for one in find_asks(draft.body) if "good moment" not in one.text])
        if asks != (0 if draft.kind is DraftKind.THANK_YOU else 1):
            yield Failed(Failure.ASKS, f"{asks} asks")


@dataclass
class CitesItsFacts(Grader):
    """In a ready draft at least two sentences cite (one in thanks), and each cited quote is known to its evidence."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        if draft.outcome is not Outcome.READY:
            return
        known = {one.id for one in draft.evidence}
        cited = [set(sentence.evidence) for sentence in draft.sentences if sentence.evidence]
        least = 1 if draft.kind is DraftKind.THANK_YOU else 2
        if len(cited) < least or not all(ids <= known for ids in cited):
            yield Failed(Failure.UNCITED, f"{len(cited)} cite")


_GREETED = re.compile(r"\b(?:hi|hello|dear|hey)\s+(?P<name>[^,\n]+),", re.IGNORECASE)


@dataclass
class GreetsByName(Grader):
    """A ready draft greets the person by first name, and nobody else but the other one of an introduction."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        if draft.outcome is not Outcome.READY or draft.plan.channel is Channel.CALL:
            return
        wanted = [label.greet or ("" if "@" in request.who else first_name_of(request.who))]
        if request.kind is DraftKind.INTRO and request.other:
            wanted.append(first_name_of(request.other))
        greeted = [match["name"].strip() for match in _GREETED.finditer(draft.body[:120])]
        if not all(any(fold(name) == fold(one) for one in greeted) for name in wanted if name):
            yield Failed(Failure.WRONG_NAME, f"greets {greeted}, not {wanted}")


# Words of praise that a person who has seen nothing cannot mean.
_PRAISE = re.compile(
    r"\b(?:amaz\w+|inspir\w+|impress\w+|incredibl\w+|fascinat\w+|brilliant\w*|outstanding|remarkabl\w+|wonderful\w*"
    r"|fantastic|excellent|truly|admir\w+|congratulations|thrilled|big fan|love (?:what|how|your)"
    r"|great (?:work|job|talk|article)|keep up the)\b"
)


@dataclass
class FlattersNobody(Grader):
    """No praise in a ready draft but what stands in its evidence."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        if draft.outcome is not Outcome.READY:
            return
        known = fold(" ".join((request.about, *(one.quote for one in draft.evidence))))
        said = [match.group() for match in _PRAISE.finditer(_text(draft)) if match.group() not in known]
        if said:
            yield Failed(Failure.PRAISE, f"says: {said}")


_PLACEHOLDER = re.compile(
    r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>|\$[a-z]\w*|\blorem ipsum\b|\b(?:your|first|last|company) name\b|\bxx+\b"
    r"|\b(?:john|jane) doe\b|\bacme\b|(?<![\w-])e\d{1,2}(?![\w-])"
)
_PROMPT_RUN = 8  # words in a row that nobody writes by chance


@lru_cache
def _prompt_runs() -> frozenset[tuple[str, ...]]:
    """Every run of eight words of the prompt files."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(find_prompts().glob("*.md")))
    return frozenset(run for text in texts for run in _runs(fold(text)))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.text for word in find_words(text)]
    return zip(*(words[place:] for place in range(_PROMPT_RUN)), strict=False)


@dataclass
class LeaksNoExample(Grader):
    """No placeholder, no sample name and no words of a prompt stand in a ready draft."""

    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        if draft.outcome is not Outcome.READY:
            return
        said = [match.group() for match in _PLACEHOLDER.finditer(_text(draft))]
        said += [" ".join(run) for run in _runs(_text(draft)) if run in _prompt_runs()]
        if said:
            yield Failed(Failure.EXAMPLE_LEAKAGE, f"says: {said}")


GRADERS = (
    OutcomeIsRight(), UsesWhatItMust(), NeverSays(), IsWellFormed(), CitesItsFacts(), GreetsByName(), FlattersNobody(),
    LeaksNoExample(),
)  # fmt: skip
