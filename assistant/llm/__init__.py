"""The one door to language models: what is asked, what comes back, and every way it can fail as an error of ours.

`chat` holds the words (message, reply, model), `endpoint` the model behind an OpenAI-compatible address, `faults` what
the vendors' errors mean, `meter` what was used, `local` who is found on this
machine. A reply is untrusted text and nothing more.
"""

from assistant.llm.chat import ChatMessage, ChatModel, OnText, Reply, ScriptedModel, ScriptUsedUp
from assistant.llm.endpoint import LangChainModel, OnRequest, read_host
from assistant.llm.faults import VENDOR_FAULTS
from assistant.llm.local import LocalModels, find_local_models
from assistant.llm.meter import MeteredModel

__all__ = [
    "VENDOR_FAULTS",
    "ChatMessage",
    "ChatModel",
    "LangChainModel",
    "LocalModels",
    "MeteredModel",
    "OnText",
    "OnRequest",
    "Reply",
    "ScriptUsedUp",
    "ScriptedModel",
    "find_local_models",
    "read_host",
]
