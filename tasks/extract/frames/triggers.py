"""Words and phrases in a sentence: folded tokens, and one index per language that finds every known phrase in one pass.

Belongs here: what a phrase is and where it stands. What a phrase means (trigger, role cue, preposition, …) is its
payload and is decided elsewhere.

A phrase is written as words with spaces between them; ``word*`` stands for any word that begins so (at least three
letters), ``*word``, alone, for any word that ends so (four letters: German compounds), ``...`` for up to `MAX_GAP`
tokens inside one clause: ``put ... signature``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from tasks.extract.frames.words import Token, tokenise

PHRASE_LANGUAGES = ("en", "de", "fr", "lt", "mk", "nl", "sh", "sl", "sq")

# "brought officials and migration specialists of the Western Balkans together": nine tokens stand between the parts.
MAX_GAP = 12
_PREFIX = 3
_SUFFIX = 4

_STOPS = frozenset(".;:!?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for.

    Attributes:
        kind: trigger, blocker, word, role, status, preposition or boundary.
        key: The class within its kind: a frame's id, a word class, a role, a canonical preposition, …
        tense: How a trigger's form stands to time: past, present, base, infinitive, participle, gerund, future, noun.
        item: Ordinal of the trigger group in its frame and language, or of the cue in its role.
    """

    kind: str
    key: str
    tense: str = ""
    item: int = 0


class Hit(NamedTuple):
    """A phrase found in the tokens of a sentence: tokens first … last (inclusive).

    Attributes:
        literals: How many of the tokens are literal words of the phrase; the longer of two overlapping hits is meant.
        head_end: Token after the first part of a phrase with a gap; after the phrase otherwise.
        tail: First token of the part behind the gap; of the phrase otherwise.
    """

    first: int
    last: int
    entry: Entry
    literals: int
    head_end: int
    tail: int

    @property
    def has_gap(self) -> bool:
        """The phrase consists of two parts."""
        return self.tail != self.first


# What `Hit(…)` does, without the frame of a call in Python: a text has thousands of tokens and hits.
_hit = partial(tuple.__new__, Hit)


@dataclass(slots=True)
class _Node:
    """A node of the tree of phrases that are words only: what ends here, and what may follow."""

    entries: list[Entry] = field(default_factory=list)
    following: dict[str, _Node] = field(default_factory=dict)


_NO_PHRASES = _Node()


class _Open(NamedTuple):
    """A phrase with prefixes or a gap; `gate` is a word that the sentence must hold, empty if there is none."""

    parts: tuple[str, ...]
    entry: Entry
    gate: str


class _Start(NamedTuple):
    """What may begin with one word.

    Attributes:
        whole: What the word is as a phrase of its own.
        following: Phrases of whole words that go on behind it, by their next word.
        open: Phrases with prefixes or gaps.
        ends: What the word is by its ending.
    """

    whole: Sequence[Entry]
    following: Mapping[str, _Node]
    open: tuple[_Open, ...]
    ends: tuple[Entry, ...]


_NOTHING = _Start((), {}, (), ())
# Words whose beginnings are kept, of one language.
_MOST_WORDS = 65_536


class PhraseIndex:
    """All phrases of one language by their first word; one pass finds all of them.

    Phrases of whole words lie in a tree; those with prefixes or gaps are tried only where their first word stands,
    and only in sentences that hold their last word. The gates change the speed, never what is found.

    Args:
        phrases: (phrase, payload) pairs as they stand in the knowledge files.
        language: One of `PHRASE_LANGUAGES`.
    """

    def __init__(self, phrases: Iterable[tuple[str, Entry]], language: str) -> None:
        self._root = _Node()
        self._open: dict[str, list[_Open]] = {}
        self._prefixed: dict[str, list[_Open]] = {}
        self._suffixed: dict[str, list[_Open]] = {}
        self._starts: dict[str, _Start] = {}
        for phrase, entry in phrases:
            self._add(phrase_parts(phrase, language), entry)

    def _add(self, parts: tuple[str, ...], entry: Entry) -> None:
        if parts[0].startswith("*"):
            self._suffixed.setdefault(parts[0][-_SUFFIX:], []).append(_Open(parts, entry, parts[0][1:]))
            return
        if not any(part == "..." or part.endswith("*") for part in parts):
            node = self._root
            for part in parts:
                node = node.following.setdefault(part, _Node())
            node.entries.append(entry)
            return
        gate = "" if parts[-1].endswith("*") else parts[-1]
        head = parts[0]
        table, key = (self._prefixed, head[:_PREFIX]) if head.endswith("*") else (self._open, head)
        table.setdefault(key, []).append(_Open(parts, entry, gate))

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Return every hit, by first token; overlapping hits are all returned."""
        words = [token.word for token in tokens]
        present = set(words)
        starts, last = self._starts, len(words) - 1
        hits: list[Hit] = []
        for position, word in enumerate(words):
            start = starts.get(word)
            if start is None:
                start = self._starting(word)
            if start is _NOTHING:
                continue
            for entry in start.whole:
                hits.append(_hit((position, position, entry, 1, position + 1, position)))
            node = start.following.get(words[position + 1]) if position < last else None
            if node is not None:
                _walk(node, words, position, hits)
            for phrase in start.open:
                if not phrase.gate or phrase.gate in present:
                    hit = _match(phrase.parts, phrase.entry, words, position)
                    if hit is not None:
                        hits.append(hit)
            for entry in start.ends:
                hits.append(_hit((position, position, entry, 1, position + 1, position)))
        return hits

    def _starting(self, word: str) -> _Start:
        """Return what may begin with a word, and keep it: most words of a text have been met before."""
        prefixed = [
            phrase for phrase in self._prefixed.get(word[:_PREFIX], ()) if word.startswith(phrase.parts[0][:-1])
        ]
        suffixed = [phrase for phrase in self._suffixed.get(word[-_SUFFIX:], ()) if word.endswith(phrase.gate)]
        node = self._root.following.get(word, _NO_PHRASES)
        start = _Start(
            node.entries,
            node.following,
            (*self._open.get(word, ()), *prefixed),
            tuple(phrase.entry for phrase in suffixed),
        )
        if len(self._starts) >= _MOST_WORDS:
            self._starts.clear()
        return self._starts.setdefault(word, _NOTHING if not any(start) else start)


def _walk(node: _Node, words: Sequence[str], position: int, hits: list[Hit]) -> None:
    """Collect the phrases of two and more whole words that begin at a position; `node` is that of the second word."""
    for at in range(position + 1, len(words)):
        for entry in node.entries:
            hits.append(_hit((position, at, entry, at - position + 1, at + 1, position)))
        following = node.following.get(words[at + 1]) if at + 1 < len(words) else None
        if following is None:
            return
        node = following


def phrase_parts(phrase: str, language: str) -> tuple[str, ...]:
    """Return the folded parts of a phrase: words, `prefix*`, `...`, or one `*suffix`.

    Raises:
        ValueError: The phrase is empty, begins or ends with a gap, or has a prefix or suffix that is too short.
    """
    if phrase.startswith("*"):
        ending = [token.word for token in tokenise(phrase[1:], 0, len(phrase) - 1, language)]
        if len(ending) != 1 or len(ending[0]) < _SUFFIX:
            raise ValueError("a suffix is one word of at least four letters")
        return (f"*{ending[0]}",)
    parts: list[str] = []
    for piece in phrase.split():
        if piece == "...":
            parts.append(piece)
            continue
        star = piece.endswith("*")
        words = [token.word for token in tokenise(piece.rstrip("*"), 0, len(piece.rstrip("*")), language)]
        if star and words:
            words[-1] += "*"
        parts.extend(words)
    if not parts or parts[0] == "..." or parts[-1] == "...":
        raise ValueError("a phrase begins and ends with a word")
    if any(part.endswith("*") and len(part) <= _PREFIX for part in parts if part != "..."):
        raise ValueError("a prefix has at least three letters")
    return tuple(parts)


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _match(parts: tuple[str, ...], entry: Entry, words: Sequence[str], position: int) -> Hit | None:
    """Match the parts from a position on; each gap takes as few tokens as it can."""
    at, head_end, tail, literals, gap = position, 0, position, 0, False
    for part in parts:
        if part == "...":
            gap, head_end = True, head_end or at
            continue
        if gap:
            reach = min(at + MAX_GAP + 1, len(words))
            while at < reach and not _fits(part, words[at]):
                at = len(words) if _ends_clause(words, at) else at + 1
            gap, tail = False, at
            if at >= reach:
                return None
        elif at >= len(words) or not _fits(part, words[at]):
            return None
        at, literals = at + 1, literals + 1
    return _hit((position, at - 1, entry, literals, head_end or at, tail))


def _ends_clause(words: Sequence[str], at: int) -> bool:
    """True for a full stop, colon or the like; the point of an ordinal ("am 1. September") is none."""
    return words[at] in _STOPS and not (words[at] == "." and at > 0 and words[at - 1].isdecimal())
