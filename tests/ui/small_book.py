"""A small book, written as its user would write it, and text that wants to be more than text."""

from __future__ import annotations

import datetime as dt
import json

TODAY = dt.date(2026, 11, 20)

# Every way a name or a note could reach the browser as more than text.
HOSTILE = (
    "![x](http://tracker.example/p.gif)",
    "<img src=http://tracker.example/q.gif>",
    "$x$",
    ":smile:",
    ":streamlit:",
    ":red[hot]",
    "[a](javascript:alert(1))",
    "http://tracker.example/z www.tracker.example bob@tracker.example",
    "a -- b -> c <- d >= e",
    "# head",
    "1. one",
    "`code` **bold** _it_ ~~no~~ \\ & &amp; ^x^",
)

ME = """---
me: true
name: Dana Marlow
email: dana@tidewise.example
org: Tidewise
title: Founder
location: Bristol, UK
---
## 2026-10-02 About me
- [interest] open sea-level data
- [offer] know a notary in Lisbon
- [offer] can review grant applications
"""

ANA = """---
name: Ana Ferreira
email: ana.ferreira@marelivre.example
org: Mare Livre
title: Marine lawyer
location: Porto, Portugal
---
## 2026-03-12 Coffee in Porto
Long coffee by the river. She's hunting for a Portuguese-speaking notary for her parents' house in Faro.

## 2026-09-08 Call
- [interest] open sea-level data
- [private] thinking of leaving Mare Livre
"""

MALLORY = """---
name: "Mallory ![x](http://tracker.example/p.gif) $x$ :smile:"
email: mallory@tracker.example
org: "<img src=http://tracker.example/q.gif> :streamlit:"
do_not_contact: true
---
## 2026-05-05 [a](javascript:alert(1)) ![x](http://tracker.example/t.gif)
- [interest] ![x](http://tracker.example/i.gif) open sea-level data

See <img src=http://tracker.example/n.gif> and ![x](http://tracker.example/m.gif) at http://tracker.example/z :smile:
"""

# What a model answers for a give_first to Ana: the need is e1, the offer e2.
_SAID = (
    ("When we had coffee in Porto in March, you were hunting for a Portuguese-speaking notary.", ["e1"]),
    ("I know a notary in Lisbon and would be glad to put you in touch.", ["e2"]),
    ("Shall I? A no is fine, and there is no hurry.", []),
)
MODEL_REPLY = json.dumps(
    {
        "subject": {"text": "A Portuguese-speaking notary", "evidence": ["e1"]},
        "sentences": [{"text": text, "evidence": ids, "paragraph": 1} for text, ids in _SAID],
    }
)
