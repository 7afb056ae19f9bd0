"""Twenty drafts of the plain writer, read by a person and kept as they were approved.

A change of wording shows here as a difference to read. To keep a new wording, read it as its recipient would, then
write the file again with `python tests/flows/test_snapshots.py`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from assistant.app import Assistant
from assistant.domain import Channel, DraftKind
from assistant.launch import load_world
from assistant.settings import read_settings
from evals.world import TODAY

APPROVED = Path(__file__).parent / "snapshots" / "drafts.md"
REQUESTS = (
    ("give_first", "Ana Ferreira", {}),
    ("give_first", "Maren Holm", {}),
    ("give_first", "Viktor Hale", {"about": "I can lend you our projector for your next pitch evening"}),
    ("cold", "Kwame Mensah", {}),
    ("cold", "Joris van Dijk", {}),
    ("cold", "Hye-jin Park", {}),
    ("check_in", "Tomáš Novák", {}),
    ("check_in", "Gwen Pritchard", {}),
    ("reconnect", "Lena Fischer", {}),
    ("follow_up", "Ikram Benali", {}),
    ("thank_you", "Ruth Adeyemi", {}),
    ("thank_you", "Oleksandr Koval", {}),
    ("ask", "Hye-jin Park", {}),
    ("ask", "Ruth Adeyemi", {"about": "review our training slides"}),
    ("intro_ask", "Gwen Pritchard", {"other": "Kwame Mensah"}),
    ("intro", "Ágnes Tóth", {"other": "Declan Byrne", "about": "both said yes"}),
    ("blurb", "Maren Holm", {"other": "Jonas Berg"}),
    ("news_share", "Harriet Boyd", {"about": "I read that lichens on harbour walls record sea level."}),
    (
        "event_invite",
        "Joris van Dijk",
        {"about": "a workshop on cheap gauges for small quays on 12 March 2027 in Bristol"},
    ),
    ("check_in", "Greta Lindqvist", {"channel": Channel.CALL}),
)


def write_all() -> str:
    """The drafts as one text."""
    parts = ["# Twenty drafts of the plain writer\n"]
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings(Path(home) / "home", embeddings="off")
        with Assistant.open(today=TODAY, settings=settings) as assistant:
            load_world(assistant)
            for kind, who, more in REQUESTS:
                draft = assistant.draft(DraftKind(kind), who, writer="plain", **more)  # type: ignore[arg-type]
                told = ", ".join(f"{name}: {value}" for name, value in more.items())
                head = f"## {kind} to {who}{f' ({told})' if told else ''}: {draft.outcome}"
                subject = f"Subject: {draft.subject}\n\n" if draft.subject else ""
                parts.append(f"{head}\n\n{subject}{draft.body}\n")
    return "\n".join(parts)


def test_the_plain_writer_writes_as_it_was_approved() -> None:
    assert write_all() == APPROVED.read_text(encoding="utf-8")


if __name__ == "__main__":
    APPROVED.write_text(write_all(), encoding="utf-8")
