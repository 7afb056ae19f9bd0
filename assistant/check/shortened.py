"""Whether a line was only shortened: its own first sentences, word for word, and a mark where the rest stood.

What is left says nothing that the line did not say, since nothing is added, changed or joined; what goes may not be
what the rest hangs on. It must never pass a word that did not stand there in that place.
"""

from __future__ import annotations

import re

from assistant.check.lexicon import NEGATION
from assistant.text import split_sentences, strip_hidden

CUT = "…"
_CLOSING = re.compile(r"[”\"’')\]]*\s*(?:\([^()]*\))?\s*$")
# A sentence that takes back, weakens or limits what stands before it stays with it.
_TAKES_BACK = re.compile(
    r"\b(?:but|however|though|although|yet|unless|until|if|only|except|instead|rather|maybe|perhaps|might|may|could|would"
    r"|should|probably|possibly|apparently|supposedly|allegedly|almost|nearly|barely|said|says|heard|told|thinks?|"
    r"believes?|words?|joke\w*|joking|kidding|teas\w*|l(?:ied|ies|ying)|false\w*|wrong\w*|untrue|mistak\w*|pretend\w*|"
    r"den(?:y|ied|ies)|former\w*|used|was|were|over|since|sure|doubt\w*|rumou?r\w*|hearsay|secret\w*|private\w*|"
    r"confiden\w*|between|mention|yourself|myself|correct\w*|actually|really|now|anymore)\b",
    re.IGNORECASE,
)


def is_shortened(line: str, proposed: str) -> bool:
    """Whether `proposed` is `line` with sentences left out at its end, and `…` there, and nothing else done."""
    return proposed in list_shorter(line)


def list_shorter(line: str) -> tuple[str, ...]:
    """Every shorter form the line may take, the longest first; none where all of it has to stay."""
    if strip_hidden(line) != line or CUT in line:
        return ()
    closing = _CLOSING.search(line)
    tail = closing.group() if closing else ""
    body = line[: len(line) - len(tail)]
    sentences = split_sentences(body)
    found = []
    for place in range(len(sentences) - 1, 0, -1):
        dropped = sentences[place].text
        if _TAKES_BACK.search(dropped) or NEGATION.search(dropped) or dropped.rstrip().endswith("?"):
            break
        found.append(f"{body[: sentences[place - 1].end].rstrip()} {CUT}{tail}")
    return tuple(one for one in found if len(one) < len(line) and _is_even(one))


def _is_even(text: str) -> bool:
    """Whether every quotation that is opened is closed: what somebody wrote must not run into what we say."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0 and text.count("(") == text.count(")")
