"""The ways Givefirst can fail, and nothing else.

GivefirstError
 ├─ UsageError              the request itself is wrong (exit 2)
 ├─ NotFound                no such person, note or draft
 │   └─ Ambiguous           several people fit; the message lists them
 ├─ SourceError             a file cannot be read at all (wrong kind, missing, unreadable)
 ├─ SettingsError           a setting has no usable value
 ├─ StoreError              the records cannot be opened or written
 │   ├─ StoreBusy           another process holds what is needed
 │   └─ VectorIndexError    the vector index is unusable (searching goes on without it)
 ├─ WebError                a page cannot be fetched, or may not be
 ├─ MailboxError            the user's mail server cannot be reached or used
 ├─ OutboxError             a draft cannot be handed over where the user wants it
 ├─ EmbedderError           texts cannot be turned into vectors
 └─ ModelError              the language model gave no usable reply
     ├─ ModelRefusedKey     the key is missing, wrong or not allowed
     ├─ ModelUnreachable    no connection, or no answer at the address
     ├─ ModelTimeout        the time budget is used up
     ├─ ModelBusy           too many requests, or overloaded
     └─ ModelReplyInvalid   empty, cut off, filtered, not what was asked for

Every message says what, which, and what to do; it never holds note text or a key. Expected outcomes (a thin
contact, a do-not-contact) are values of `domain`, not errors.
"""

from __future__ import annotations


class GivefirstError(Exception):
    """Any failure of the product. `str(error)` is one line for the user."""


class UsageError(GivefirstError):
    pass


class NotFound(GivefirstError):
    pass


class Ambiguous(NotFound):
    pass


class SourceError(GivefirstError):
    pass


class SettingsError(GivefirstError):
    pass


class StoreError(GivefirstError):
    pass


class StoreBusy(StoreError):
    pass


class VectorIndexError(StoreError):
    pass


class WebError(GivefirstError):
    pass


class MailboxError(GivefirstError):
    pass


class OutboxError(GivefirstError):
    pass


class EmbedderError(GivefirstError):
    pass


class ModelError(GivefirstError):
    """`input_tokens` and `output_tokens` are what the failed request used, where its server told."""

    input_tokens: int = 0
    output_tokens: int = 0


class ModelRefusedKey(ModelError):
    pass


class ModelUnreachable(ModelError):
    pass


class ModelTimeout(ModelError):
    pass


class ModelBusy(ModelError):
    pass


class ModelReplyInvalid(ModelError):
    pass
