"""Projects: titles in quotes beside the word project, and capitalised names before or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View, fold

# Opening sign → the signs that may close it. Announcements mix them: „…“, „…”, “…”, »…«, «…».
_CLOSING = {"“": "”“", "„": '“”"', "«": "»", "»": "«", '"': '"', "‘": "’", "”": "”"}
_MOST_QUOTED = 220
_SHORTEST = 6
# Words between "project" and its title.
_BETWEEN_WORDS = 6
_NOT_BETWEEN = re.compile(r"[.;:!?\n](?!\s*$)")
_ACRONYM = re.compile(r"[ \u00a0]\(([A-Z][\w&/ -]{1,14})\)")
_NAMED = re.compile(
    r"(?P<name>(?:[A-ZČŠŽĆĐ][\w&/]*|[IVX]+|\d{1,4})(?:[ \u00a0-](?:[A-ZČŠŽĆĐ][\w&/]*|[IVX]+|\d{1,4}|and|of|for|on|in|the|to)){0,9})[ \u00a0]$"
)
_AFTER = re.compile(r"[ \u00a0](?P<name>[A-ZČŠŽĆĐ][\w&/-]*(?:[ \u00a0](?:[A-ZČŠŽĆĐ][\w&/-]*|[IVX]+|\d{1,4})){0,5})")
_NOT_NAMED = frozenset(
    fold(word)
    for word in """the a an this that our new joint eu european ipa twinning pilot regional national annual research
    infrastructure un the first second next further project programme funded financed work united nations development world
    food dublin erasmus framework""".split()
)


def find_projects(view: View, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the projects of a text: quoted titles, named ones, and later mentions of both."""
    words = [hit for hit in hits if hit.entry.subtype == "project_word"]
    if not words:
        return []
    quoted = _quotes(view)
    found: list[Candidate] = []
    for start, end in quoted:
        if _beside(view, start, end, words):
            found.append(_candidate(view, start, end, "project.quoted"))
    for hit in words:
        candidate = _named(view, hit)
        if candidate is not None and not any(c.overlaps(candidate) for c in found):
            found.append(candidate)
    return [*found, *_again(view, found)]


def _candidate(view: View, start: int, end: int, rule: str, **fields: object) -> Candidate:
    return Candidate("project", start, end, rule, prior(rule), {"name": view.text[start:end], **fields}, priority=1)


def _quotes(view: View) -> list[tuple[int, int]]:
    """Return the spans within quotation marks that could be titles; one pass, no nesting."""
    text = view.text
    spans = []
    at = 0
    while at < len(text):
        closing = _CLOSING.get(text[at])
        if closing is None:
            at += 1
            continue
        limit = min(at + _MOST_QUOTED, len(text))
        end = next((i for i in range(at + 1, limit) if text[i] in closing), -1)
        if end < 0 or "\n" in text[at:end]:
            at += 1
            continue
        if end - at > _SHORTEST and _is_title(text[at + 1 : end]):
            spans.append((at + 1, end))
        at = end + 1
    return [(start + (len(text[start:end]) - len(text[start:end].lstrip())), end) for start, end in spans]


def _is_title(quoted: str) -> bool:
    """True for what looks like a title: it begins with a capital or a digit and is no sentence."""
    stripped = quoted.strip()
    return stripped[:1].isupper() or stripped[:1].isdigit() if not stripped.endswith((".", ",", "!", "?")) else False


def _beside(view: View, start: int, end: int, words: Sequence[Hit]) -> bool:
    """True if the word project stands shortly before or right after the quotes."""
    for hit in words:
        if hit.end < start:
            between = view.text[hit.end : start - 1]
            if len(between.split()) <= _BETWEEN_WORDS and not _NOT_BETWEEN.search(between):
                return True
        elif 0 <= hit.start - end <= 12 and len(view.text[end + 1 : hit.start].split()) <= 1:
            return True
    return False


def _named(view: View, hit: Hit) -> Candidate | None:
    """The FReM II project, project EU4Migration: one word in capitals or with a digit, or two capitalised words."""
    before = _NAMED.search(view.text, max(0, hit.start - 90), hit.start)
    if before is not None:
        name = _trimmed(before.group("name"))
        if name is not None:
            start = before.start("name") + before.group("name").rindex(name)
            return _candidate(view, start, start + len(name), "project.named")
    after = _AFTER.match(view.text, hit.end)
    if after is not None and not view.text[hit.end : hit.end + 1] == "\n":
        name = after.group("name")
        if _distinctive(name) and fold(name.split()[0]) not in _NOT_NAMED:
            return _candidate(view, after.start("name"), after.end("name"), "project.named")
    return None


def _trimmed(name: str) -> str | None:
    """Return the name without generic words before it, or None if nothing distinctive is left."""
    words = name.split()
    while words and (fold(words[0]) in _NOT_NAMED or words[0].islower()):
        words = words[1:]
    kept = " ".join(words)
    return kept if words and _distinctive(kept) and kept in name else None


def _distinctive(name: str) -> bool:
    words = name.split()
    coined = any(sum(char.isupper() for char in word) > 1 or any(char.isdigit() for char in word) for word in words)
    return coined and len(name) > 2 or len([word for word in words if word[0].isupper()]) >= 3


def _again(view: View, found: Sequence[Candidate]) -> list[Candidate]:
    """Later mentions: the title once more, or the acronym the text gives in brackets after it."""
    out: list[Candidate] = []
    for candidate in found:
        name = str(candidate.fields["name"])
        match = _ACRONYM.match(view.text, candidate.end + 1) or _ACRONYM.match(view.text, candidate.end)
        for form in (name, match.group(1) if match is not None else ""):
            if len(form) < 3:
                continue
            for again in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", view.text):
                twin = Candidate(
                    "project",
                    *again.span(),
                    "project.again",
                    prior("project.again"),
                    {**candidate.fields, "antecedent": candidate},
                )
                if not any(c.overlaps(twin) for c in (*found, *out)):
                    out.append(twin)
    return out
