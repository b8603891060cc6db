"""Names of projects that stand without quotes: beside the word project, in apposition to it, or taken up by it.

Shapes: the FReM II project; Regional Programme on Migration; project Better Borders; Horizon West, a programme
financed by …; Horizon East is history. The project, which …; and the next phase of a project the text has named.
Tried only at the words project, programme, initiative; each try looks at a bounded number of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, Token, View

_MOST_WORDS = 11
# Words whose capital names nothing: titles of offices and bodies beside the word project.
_BLOCKING = ("office", "organisation_type", "instrument", "instrument_term")
_WHOLE = ("organisation", "territory", "region", "place")
_TAKEN_UP = re.compile(r"(?:The|This|Its|Das|Dieses|Der|Het|Dit|Le|Ce)[ \u00a0]$")
# X, a project of …: the comma and article between a name and the word.
_APPOSITION = re.compile(
    r"(?:,[ \u00a0]|[ \u00a0][–—-][ \u00a0]|[ \u00a0](?:is|was|ist|war|is)[ \u00a0])"
    r"(?:(?:an?|the|its|our|ein|eine|das|een|het|un|le)[ \u00a0])?(?:[a-zäöüßéè-]{2,20}[ \u00a0]){0,3}$"
)
_APPOSITION_WINDOW = 70
_PHASE = re.compile(r"[ \u00a0](?:II|III|IV|V|VI|2\.0|[2-9](?![\d.,%])|Phase[ \u00a0](?:[1-9]|II|III|IV))(?![\w])")
_COINED_SIGNS = "+"


class ProjectNames:
    """Reads the unquoted names of projects in one text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        organisations: Organisations of the text, whose names are no projects.
    """

    def __init__(self, view: View, hits: Hits, organisations: Sequence[Candidate]) -> None:
        self._view = view
        self._generic = view.words["project_generic"] | view.words["org_never_first"]
        blocked = [(hit.start, hit.end) for hit in hits.of(*_BLOCKING) if not hit.needs_context]
        self._blocked = SpanMask(len(view.text), blocked)
        self._organisations = SpanMask(len(view.text), (candidate.span for candidate in organisations))
        known = [(hit.start, hit.end) for hit in hits.of(*_WHOLE) if not hit.needs_context]
        self._known = SpanMask(len(view.text), (*known, *(candidate.span for candidate in organisations)))

    def beside(self, hit: Hit) -> tuple[int, int] | None:
        """Return the span of the name that a word for project stands beside."""
        return self._before(hit) or self._after(hit) or self._apposed(hit)

    def taken_up(self, hit: Hit) -> tuple[int, int] | None:
        """Return the name in the sentence before that "The project" at the start of a sentence takes up.

        Only a name that is the subject or ends the sentence's first clause can be meant; with two candidates, the last.
        """
        view = self._view
        opening = _TAKEN_UP.search(view.text, max(0, hit.start - 8), hit.start)
        position = view.sentence_index(hit.start)
        if opening is None or position == 0 or view.document.sentences[position].start != opening.start():
            return None
        before = view.document.sentences[position - 1]
        if before.paragraph and view.document.sentences[position].paragraph - before.paragraph > 1:
            return None
        spans = [span for span in self._capitalised(before.start, before.end) if self._is_name(*span)]
        return spans[-1] if spans else None

    def phase(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span of a name with the number of its phase right after it: Horizon South → Horizon South II."""
        match = _PHASE.match(self._view.text, end)
        return (start, match.end()) if match is not None else None

    # -- shapes

    def _before(self, hit: Hit) -> tuple[int, int] | None:
        """The FReM II project, the Bridge Home project, Regional Programme on Migration."""
        view = self._view
        index = view.token_index(hit.start)
        first = self._left(index)
        head_is_name = view.text[hit.start].isupper() and view.language in ("en", "und")
        last = index - 1
        if head_is_name:
            last = self._right(index)
        generic = view.words["org_never_first"] if head_is_name else self._generic
        if first < index and not head_is_name and view.tokens[last].folded in view.words["org_never_first"]:
            # A project, at the start of a sentence or behind a dateline: an article is no end of a name.
            return None
        while first < index and view.tokens[first].folded in generic and not self._is_glued(first):
            first += 1
        if first > last or (first == index and last == index):
            return None
        start, end = view.tokens[first].start, view.tokens[last].end
        if view.text[end : end + 1] in _COINED_SIGNS and view.text[end : end + 1]:
            end += 1
        if head_is_name:
            return (start, end) if first < last and self._words(start, end) > 1 and self._is_own(start, end) else None
        return (start, end) if self._is_distinctive(start, end) else None

    def _after(self, hit: Hit) -> tuple[int, int] | None:
        """Project EU4Migration, the project Better Borders."""
        view = self._view
        index = view.token_index(hit.end)
        if index >= len(view.tokens) or view.tokens[index].start - hit.end != 1 or view.text[hit.end] == "\n":
            return None
        token = view.tokens[index]
        generic = token.folded in self._generic and not self._is_glued(index)
        if not token.is_capitalised or self._blocked.covers(token.start) or generic:
            return None
        last = self._run(index)
        end = view.tokens[last].end
        if view.text[end : end + 1] == "+":
            end += 1
        return (token.start, end) if self._is_distinctive(token.start, end) else None

    def _apposed(self, hit: Hit) -> tuple[int, int] | None:
        """Horizon West, a programme financed by …; EU4BorderSecurity is a project of …."""
        link = _APPOSITION.search(self._view.text, max(0, hit.start - _APPOSITION_WINDOW), hit.start)
        if link is None or link.start() < self._view.sentence(hit.start).start:
            return None
        spans = self._capitalised(max(0, link.start() - _APPOSITION_WINDOW), link.start())
        if not spans or spans[-1][1] != link.start() or not self._is_name(*spans[-1]):
            return None
        return spans[-1]

    # -- runs of capitalised words

    def _left(self, index: int) -> int:
        """Return the index of the first capitalised word of the run that ends right before a token."""
        tokens, words, first = self._view.tokens, self._view.words, index
        for at in range(index - 1, max(index - _MOST_WORDS - 1, -1), -1):
            token = tokens[at]
            if not self._adjoin(token, tokens[at + 1]):
                break
            if self._blocked.covers(token.start) and not token.is_upper:
                break
            if token.folded in words["date_a"] and at and self._organisations.covers(tokens[at - 1].start):
                # A body, and a project of another name.
                break
            if token.is_capitalised or (token.is_number and at + 1 == index):
                first = at if token.is_capitalised else first
            elif not (token.folded in words["project_inside"] or token.is_number or token.text in "-–&+/"):
                break
        return first

    def _run(self, index: int) -> int:
        """Return the index of the last capitalised word of the run that starts at a token."""
        tokens, words, last = self._view.tokens, self._view.words, index
        for at in range(index + 1, min(index + _MOST_WORDS, len(tokens))):
            token = tokens[at]
            if not self._adjoin(tokens[at - 1], token):
                break
            if token.is_capitalised or token.is_number:
                opens_another = token.is_capitalised and token.folded in words["org_never_first"]
                if opens_another and tokens[at - 1].is_capitalised:
                    break
                last = at
            elif not (token.folded in words["project_inside"] or token.text in "-–&/"):
                break
        return last

    def _right(self, head: int) -> int:
        """Return the last token of "Programme on Migration", "Initiative for the Western Balkans", "Project II"."""
        tokens = self._view.tokens
        following = tokens[head + 1] if head + 1 < len(tokens) else None
        if following is None or not self._adjoin(tokens[head], following):
            return head
        if following.folded not in ("on", "for", "of", "in", "to") and not following.is_upper:
            return head
        last = self._run(head)
        # Of a body is not its name: Programme of the European Union.
        inside = tokens[head + 2 : last + 1] if following.folded in ("of", "in", "to") else ()
        return head if any(self._organisations.covers(token.start) for token in inside) else last

    def _adjoin(self, one: Token, other: Token) -> bool:
        gap = self._view.text[one.end : other.start]
        return gap in ("", " ", "\u00a0")

    def _capitalised(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Return the runs of capitalised words between two offsets."""
        view = self._view
        spans = []
        at = view.token_index(begin)
        while at < len(view.tokens) and view.tokens[at].end <= end:
            token = view.tokens[at]
            if token.is_capitalised and token.folded not in view.words["org_never_first"]:
                last = self._run(at)
                while view.tokens[last].end > end:
                    last -= 1
                spans.append((token.start, view.tokens[last].end))
                at = last
            at += 1
        return spans

    # -- what is a name

    def _is_name(self, start: int, end: int) -> bool:
        """True for what no table and no rule knows as something else, and that does not read as a common noun."""
        if self._known.touches(start, end) or self._blocked.touches(start, end):
            return False
        opens = self._view.sentence(start).start == start
        return self._is_distinctive(start, end) and not (opens and self._words(start, end) < 2)

    def _is_glued(self, index: int) -> bool:
        """True for the EU of EU4Migration: the token is but a part of a coined word."""
        tokens = self._view.tokens
        return index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start and tokens[index + 1].is_number

    def _is_own(self, start: int, end: int) -> bool:
        """True if more than one capitalised word of the name is no body's and no country's: else it is the body's."""
        tokens = self._tokens(start, end)
        own = [token for token in tokens if token.is_capitalised and not self._organisations.covers(token.start)]
        return len(own) > 1

    def _is_distinctive(self, start: int, end: int) -> bool:
        """True for a coined word (EU4Migration, FReM II) or two capitalised ones that are no body and no country."""
        tokens = self._tokens(start, end)
        text = self._view.text[start:end]
        coined = any(
            sum(char.isupper() for char in word) > 1 or any(char.isdigit() for char in word) for word in text.split()
        )
        whole = all(self._known.covers(token.start) for token in tokens if token.is_capitalised)
        if whole:
            return False
        capitals = sum(token.is_capitalised for token in tokens)
        return (coined and len(text) > 2 and not text.isdigit()) or capitals > 1

    def _words(self, start: int, end: int) -> int:
        return sum(token.is_capitalised for token in self._tokens(start, end))

    def _tokens(self, start: int, end: int) -> Sequence[Token]:
        view = self._view
        return view.tokens[view.token_index(start) : view.token_index(end)]
