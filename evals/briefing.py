"""Is everything a host must know on the page, is each line borne out, and does each guest keep to their own page?

What must stand there is labelled by hand in `cases/briefing.yaml`, from the notes. A line is mixed up if an evidence id
of it is about anybody but the guest and the user, or if it holds words that belong to another guest. It must never read
its labels from the product.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.app import Assistant
from assistant.find.briefing import Briefing
from assistant.find.dossier import Line
from evals.drafts import opened_world

CASES = Path(__file__).parent / "cases" / "briefing.yaml"
_USER = "dana@tidewise.example"


def read_cases(path: Path = CASES) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def measure(assistant: Assistant, cases: Mapping[str, Any]) -> dict[str, Any]:
    """Must-haves found of all, and each fault as a line that says whose page and what: all of them must be none."""
    found: dict[str, Any] = {"people": 0, "pages": 0, "lines": 0, "must": 0, "found": 0, "missing": []}
    found |= {"without_evidence": [], "mixed_up": [], "unmarked": [], "wrong": []}
    for case in cases["people"]:
        (page,) = assistant.brief([case["who"]])
        found["people"] += 1
        _grade_page(found, assistant, page)
        _grade_case(found, page, case)
    for group in cases["together"]:
        pages = assistant.brief(list(group["guests"]))
        for page in pages:
            _grade_page(found, assistant, page)
        found["mixed_up"] += list(_strayed(pages, group["guests"]))
    return found


def _grade_page(found: dict[str, Any], assistant: Assistant, page: Briefing) -> None:
    found["pages"] += 1
    mine = _evidence_of(assistant, page.contact_id)
    for section, line in lines_of(page):
        found["lines"] += 1
        if not line.evidence or not line.quotes:
            found["without_evidence"].append(f"{page.contact}, {section}: {line.text}")
        if section == "quiet" and not line.private:
            found["unmarked"].append(f"{page.contact}: {line.text}")
        if strangers := [one for one in line.quotes if one not in mine and not any(one in said for said in mine)]:
            found["mixed_up"].append(f"{page.contact}, {section}: {strangers}")


def _evidence_of(assistant: Assistant, contact_id: str) -> frozenset[str]:
    """Everything that was ever noted of the guest and of the user, as texts that a quote must stand in."""
    texts: set[str] = {"do_not_contact: true"}
    for one in (assistant.show(contact_id), assistant.show(_USER)):
        contact = one.contact
        texts |= {contact.name, contact.org, contact.title, contact.location, contact.how_met}
        texts |= {text for note in one.notes for text in (note.text, note.title)}
        texts |= {favour.quote or favour.text for favour in one.favours}
        texts |= {touch.title or f"{touch.channel}, {touch.when}" for touch in one.interactions}
    return frozenset(texts)


def _grade_case(found: dict[str, Any], page: Briefing, case: Mapping[str, Any]) -> None:
    rows = [(section, line) for section, line in lines_of(page)]
    for must in case["must"]:
        found["must"] += 1
        wanted = [str(word).casefold() for word in must["words"]]
        stale = must.get("stale", False)
        held = any(
            section == must["section"] and line.stale is stale and all(word in line.text.casefold() for word in wanted)
            for section, line in rows
        )
        found["found"] += held
        if not held:
            found["missing"].append(f"{page.contact}, {must['section']}: {', '.join(wanted)}")
    for section, line in rows:
        said = line.text.casefold()
        if not line.private and any(word.casefold() in said for word in case["private"]):
            found["unmarked"].append(f"{page.contact}, {section}: {line.text}")
        if not line.stale and any(word.casefold() in said for word in case["never"]):
            found["wrong"].append(f"{page.contact}, {section}: {line.text}")
    if page.thin is not case.get("thin", False):
        found["wrong"].append(f"{page.contact}: thin is {page.thin}")


def _strayed(pages: Sequence[Briefing], guests: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for page, own in zip(pages, guests, strict=True):
        foreign = [word.casefold() for who, words in guests.items() if who != own for word in words]
        for section, line in lines_of(page):
            if any(word in line.text.casefold() for word in foreign):
                yield f"{page.contact}, {section}: {line.text}"


def lines_of(page: Briefing) -> Iterator[tuple[str, Line]]:
    """Every line with the key of its section."""
    for section in page.sections:
        for line in section.lines:
            yield section.key, line


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.briefing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=CASES, help="cases in the shape of cases/briefing.yaml")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    with opened_world(embeddings="off") as assistant:
        figures = measure(assistant, read_cases(arguments.path))
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    print("\n".join(render_figures(figures)))


def render_figures(figures: Mapping[str, Any]) -> Iterator[str]:
    """The figures of `measure` as lines, each fault below them."""
    yield f"{figures['found']} of {figures['must']} must-haves on the pages of {figures['people']} people"
    yield f"{figures['lines']} lines on {figures['pages']} pages"
    for name in ("without_evidence", "mixed_up", "unmarked", "wrong", "missing"):
        yield f"{name.replace('_', ' ')}: {len(figures[name])}"
        yield from (f"  {one}" for one in figures[name])


if __name__ == "__main__":
    main()
