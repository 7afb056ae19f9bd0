"""The one door to language models: what is asked, what comes back, and every way it can fail as an error of ours.

`chat` holds the words (message, reply, model), `endpoint` the model behind an OpenAI-compatible address, `faults` what
the vendors' errors mean, `meter` what was used. A reply is untrusted text and nothing more.
"""

from assistant.llm.chat import ChatMessage, ChatModel, OnText, Reply, ScriptedModel, ScriptUsedUp
from assistant.llm.endpoint import LangChainModel, read_host
from assistant.llm.faults import VENDOR_FAULTS
from assistant.llm.meter import MeteredModel

__all__ = [
    "VENDOR_FAULTS",
    "ChatMessage",
    "ChatModel",
    "LangChainModel",
    "MeteredModel",
    "OnText",
    "Reply",
    "ScriptUsedUp",
    "ScriptedModel",
    "read_host",
]
