"""GUARD: claims, disclosure, safety, style; a message and its evidence in, findings out.

The same functions stand between a writer and `ready`, beside the editor, behind `givefirst check`, and in the evals.
"""

from assistant.check.echo import check_echo
from assistant.check.message import place_in_text, read_message
from assistant.check.verdict import check_message, is_blocked

__all__ = ["check_echo", "check_message", "is_blocked", "place_in_text", "read_message"]
