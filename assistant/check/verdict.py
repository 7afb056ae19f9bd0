"""All checks over one message, in order of place, and whether they let it pass."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.check.claims import check_claims
from assistant.check.disclosure import check_disclosure
from assistant.check.safety import check_safety
from assistant.check.style import check_style
from assistant.domain import Finding, Material, Message, Severity


def check_message(message: Message, material: Material) -> tuple[Finding, ...]:
    """Every finding of every check: the subject's first, then the body's by place, blocks before warnings."""
    found = [
        finding
        for check in (check_safety, check_disclosure, check_claims, check_style)
        for finding in check(message, material)
    ]
    return tuple(sorted(found, key=lambda one: (one.field != "subject", one.span[0], one.severity, one.rule)))


def is_blocked(findings: Iterable[Finding]) -> bool:
    return any(one.severity is Severity.BLOCK for one in findings)
