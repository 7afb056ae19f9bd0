"""Whether a message tells its recipient what they may not be told: private facts, and other people's confidences.

Compares the text with the evidence that was withheld. It must never repeat withheld text in a finding's message.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.check.lexicon import FREE
from assistant.check.meanings import meanings
from assistant.domain import Evidence, Finding, Material, Message, Severity, Visibility
from assistant.text import STOPWORDS, Span, find_words, fold, split_sentences, stem

# "email" says no more than "mail", "write first" tells nobody that somebody wants to be asked first, and that two
# people could meet is what an introduction is.
_FREE_SENSES = frozenset().union(*(meanings(word) for word in (*FREE, "first", "next", "again", "meet", "two")))
_RUN = 4  # words in a row that no two people write by chance


# What people say instead of the thing itself when they pass on a confidence, one matter a line.
_GOSSIP = tuple(
    frozenset(stem(word) for word in line.split())
    for line in """
leave leaving quit resign depart move moving change next elsewhere job role
pregnant baby expecting due maternity mother father parent
divorce separate split marriage husband wife alone
money funding funder cash pay bankrupt debt budget finances afford
ill illness sick health hospital treatment cancer lymphoma recovery doctor
sacked fired redundant layoff job dismissed
""".strip().splitlines()
)


def check_disclosure(message: Message, material: Material) -> tuple[Finding, ...]:
    """A blocking finding for each sentence that gives away withheld evidence, verbatim or by its rare words."""
    open_stems = _open_stems(material)
    findings: list[Finding] = []
    for secret in material.withheld:
        rare = _rare_stems(secret, open_stems)
        for field, text in (("subject", message.subject), ("body", message.body)):
            findings += [
                _finding(secret, sentence, "subject" if field == "subject" else "body", material)
                for sentence in split_sentences(text)
                if _gives_away(sentence.text, secret, rare, open_stems)
            ]
    return tuple(_one_each(findings))


def _open_stems(material: Material) -> frozenset[str]:
    """Stems the recipient may read: those of all cleared facts and of the names in the message.

    Running prose does not open a word: that a bio says "left" must not let "leaving" pass.
    """
    cleared = [one for one in material.evidence if one.source != "note"]
    texts = [text for one in cleared for text in (one.text, one.quote, one.occasion)]
    texts += [material.me.name, material.to.name, material.other.name if material.other else ""]
    return frozenset(stem(word.text) for text in texts for word in find_words(text)) | FREE


def _rare_stems(secret: Evidence, open_stems: frozenset[str]) -> frozenset[str]:
    words = (word.text for text in (secret.text, secret.quote) for word in find_words(text))
    open_senses = frozenset().union(*(meanings(one) for one in open_stems))
    return frozenset(
        stem(word)
        for word in words
        if fold(word) not in STOPWORDS
        and not meanings(word) & open_senses
        and word != "private"
        and not meanings(word) & _FREE_SENSES
    )


def _gives_away(sentence: str, secret: Evidence, rare: frozenset[str], open_stems: frozenset[str]) -> bool:
    words = [word.text for word in find_words(sentence)]
    if _shares_run(words, secret.quote, open_stems):
        return True
    if not rare:
        return False
    senses = frozenset().union(*(meanings(word) for word in words)) if words else frozenset()
    stems = frozenset(stem(word) for word in words if fold(word) not in STOPWORDS)
    told = sum(bool(meanings(one) & senses) or one in senses for one in rare)
    told += any(rare & matter and stems & matter - open_stems and not rare & stems & matter for matter in _GOSSIP)
    return told >= 2 or (told == 1 and len(rare) <= 3)


def _shares_run(words: Sequence[str], quote: str, open_stems: frozenset[str]) -> bool:
    """Whether a run of words of the secret stands in the sentence, and is more than small talk."""
    said = [fold(word) for word in words]
    kept = [fold(word.text) for word in find_words(quote)]
    runs = {tuple(kept[i : i + _RUN]) for i in range(len(kept) - _RUN + 1)}
    shared = [said[i : i + _RUN] for i in range(len(said) - _RUN + 1) if tuple(said[i : i + _RUN]) in runs]
    return any(any(word not in STOPWORDS and stem(word) not in open_stems for word in run) for run in shared)


def _finding(secret: Evidence, sentence: Span, field: str, material: Material) -> Finding:
    private = secret.visibility is Visibility.PRIVATE
    return Finding(
        rule="disclosure.private" if private else "disclosure.third_party",
        severity=Severity.BLOCK,
        span=(sentence.start, sentence.end),
        text=sentence.text,
        message="this gives away something you noted as private"
        if private
        else f"this tells {material.to.first_name} what somebody else told you",
        fix="take it out; it must not leave your notes",
        field="subject" if field == "subject" else "body",
    )


def _one_each(findings: Sequence[Finding]) -> list[Finding]:
    return list({(one.field, one.span, one.rule): one for one in findings}.values())
