"""All checks over one message, in order of place, and whether they let it pass."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.check.claims import check_claims
from assistant.check.disclosure import check_disclosure
from assistant.check.foreign import check_foreign
from assistant.check.safety import check_safety
from assistant.check.style import check_style
from assistant.domain import Finding, Material, Message, Severity
from assistant.languages import ENGLISH, find_language


def check_message(message: Message, material: Material) -> tuple[Finding, ...]:
    """Every finding of every check: the subject's first, then the body's by place, blocks before warnings."""
    language = find_language(message.body, material.request.language)
    found = [
        *check_safety(message, material),
        *check_disclosure(message, material),
        *(check_claims(message, material) if language == ENGLISH else check_foreign(message, material, language)),
        *check_style(message, material),
    ]
    return tuple(sorted(found, key=lambda one: (one.field != "subject", one.span[0], one.severity, one.rule)))


def is_blocked(findings: Iterable[Finding]) -> bool:
    return any(one.severity is Severity.BLOCK for one in findings)
