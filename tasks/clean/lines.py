"""The unit both readers (markup and plain text) cut a page into, and what can be told from the look of one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Ends of sentences, with the closing quotes, brackets and footnote marks that may follow.
_SENTENCE_END = re.compile(r"[.!?…][\"'”“»’)\]*¹²³0-9]{0,3}$")
_INNER_END = re.compile(r"(?<=[^\W\d_]{3})[.!?…][\"”“»’)]?\s+[\"„“«(]?[^\W\d_a-z]")
_LIST_MARKER = re.compile(r"^(?:[-–—•·▪■◦‣*►»]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_WORD = re.compile(r"\w+")
_FOOTNOTE = re.compile(r"^\*{1,3}\s?(?=[^\W\d_(])")

# Ten words make a headline, twelve with a full stop make a sentence; eighty characters are as many in long-worded
# languages.
_PROSE_WORDS, _PROSE_CHARS = 12, 80
_SHORT_WORD, _STEM = 4, 6
# Without a full stop only a paragraph is as long as this.
_PARAGRAPH_WORDS = 45


# Not frozen: a page has hundreds of lines, and freezing one takes longer than all else that is done to make it.
@dataclass(slots=True)
class Line:
    """One line of a plain text or one block of a page, repaired. Only the reader that makes it changes it.

    Attributes:
        text: What it says, without markup; one line.
        start: Offset in the decoded text; None where the line comes from markup.
        end: Offset after the last code point; None where the line comes from markup.
        gap: True if a blank line or a block's edge stands before it.
        form: `p`, `head` or `item`.
        hint: Kind of furniture its markup says it is, if any.
        hrefs: Addresses it links to.
        is_declared: True if the declaration of the source names the element it stands in; `hint` is what it says.
    """

    text: str
    start: int | None = None
    end: int | None = None
    gap: bool = True
    form: str = "p"
    hint: str | None = None
    hrefs: tuple[str, ...] = field(default=())
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """A span that was taken out; the fields are columns of `documents.removals`."""

    kind: str
    text: str
    rule_id: str
    start: int | None = None
    end: int | None = None


def removed(line: Line, kind: str, rule_id: str) -> Removed:
    """Return the removal of a whole line."""
    return Removed(kind, line.text, rule_id, line.start, line.end)


def fold(text: str) -> str:
    """Return the form in which lines are compared: case-folded, straight apostrophes, single spaces."""
    return " ".join(text.replace("’", "'").casefold().split())


def bare_words(text: str) -> str:
    """Return the words of a line alone, case-folded: two lines that differ only in punctuation are equal."""
    return " ".join(_WORD.findall(text.casefold()))


def stems(bare: str) -> frozenset[str]:
    """Return the beginnings of the longer words of a text in bare words: endings differ, short words are common."""
    return frozenset(word[:_STEM] for word in bare.split() if len(word) >= _SHORT_WORD)


def ends_sentence(text: str) -> bool:
    """Return whether the line ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))


def is_prose(text: str) -> bool:
    """Return whether the line is running text: a long sentence, several sentences, or an unended paragraph."""
    words = text.count(" ") + 1
    if text.endswith(":"):
        # Introduces a list or a quotation.
        return words >= _PROSE_WORDS
    if not ends_sentence(text):
        return words >= _PARAGRAPH_WORDS or (words >= 2 * _PROSE_WORDS and bool(_INNER_END.search(text)))
    return words >= _PROSE_WORDS or len(text) >= _PROSE_CHARS or (words >= 6 and bool(_INNER_END.search(text)))


def is_item(text: str) -> bool:
    """Return whether the line begins with a list marker."""
    return bool(_LIST_MARKER.match(text))


def without_marker(text: str) -> str:
    """Return the line without its list marker; numbers stay, since a text may refer to them."""
    match = _LIST_MARKER.match(text)
    return text[match.end() :] if match and not text[0].isalnum() else text


def is_footnote(text: str) -> bool:
    """Return whether the line is a note after a star: such notes carry content, signatories for instance."""
    return bool(_FOOTNOTE.match(text))
