"""WRITE: plan, then a plain or a model writer, sentences that cite.

Gets its evidence as an argument and never queries.
"""

from assistant.draft.plain import write_plain
from assistant.draft.plan import plan_message

__all__ = ["plan_message", "write_plain"]
