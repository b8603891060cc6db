"""Where the clauses of a sentence begin: behind signs and boundary words, at participles, and behind asides.

Belongs here: the cutting of a sentence into clauses. What the clauses tell is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.extract.sentences.sentence_view import SentenceView

_LINKS_ON = frozenset({"behalf", "by", "with", "from"})
_DASHES = frozenset("-–—")
_STOPS = frozenset(";:")
# Signs that may open a clause.
_SIGNS = _STOPS | _DASHES | {","}
# "…, Executive Director Aija Kalnaja of the European Agency announced": tokens up to the verb.
_ATTRIBUTION = 12
_SUBJECTS = frozenset({"person", "organisation", "territory", "region"})
_LISTED = frozenset({"territory", "organisation"})
_ABSOLUTE = frozenset({"having"})
_SPEAKERS = frozenset({"person", "organisation"})
# Auxiliaries with which a main clause goes on behind an aside ("The agreement, initialled in March, was signed …").
_FINITE = frozenset({"future", "modal", "perfect", "past", "pluperfect", "present"})
# What is signed, adopted or approved: a participle right behind it describes it ("the memorandum signed in July").
_ON_PAPER = ("agreement", "law")
_PAPER_FRAMES = ("agreement_signed.", "agreement_approved.", "negotiation.", "legislation_adopted.")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a sentence.

    Attributes:
        begins: First tokens, in order; the first is 0.
        resumed: First token of a clause that goes on behind an aside → first token of the clause it continues.
    """

    begins: tuple[int, ...]
    resumed: dict[int, int]


def cut_clauses(view: SentenceView) -> Clauses:
    """Return where the clauses of a sentence begin. Linear in its tokens."""
    return _Cutter(view).cut()


class _Cutter:
    """One pass over the tokens; `aside` is the first token of the clause that a comma interrupted."""

    def __init__(self, view: SentenceView) -> None:
        self._view = view
        self._boundaries = view.firsts("boundary")
        self._verbs = {
            hit.first for hit in view.of_kind("trigger") if hit.entry.tense in ("past", "present", "participle")
        }
        self._joins = {hit.first: hit.last for hit in view.of_kind("connector")}
        self._reduced = _reduced_relatives(view)
        self._links = view.firsts("preposition")
        relatives = view.firsts("word", "relative_subject")
        self._relatives = relatives & self._boundaries if view.language == "en" else frozenset()
        self._past = {hit.first: hit.last + 1 for hit in view.of_kind("trigger") if hit.entry.tense == "past"}
        self._phrases = {first for first, _ in view.spans} | {
            hit.first for hit in view.of_kind("status", "definite") if hit.first == hit.last
        }
        signs = {position for position, token in enumerate(view.tokens) if token.word in _SIGNS}
        joints = {position for position, token in enumerate(view.tokens) if token.word in ("and", "that")}
        self._openers = signs | self._boundaries | self._reduced | (joints if view.language == "en" else set())
        self._finite = {hit.first for hit in view.of_kind("status") if hit.entry.key in _FINITE}
        self._said = view.lasts("word", "saying")
        self._speaking = view.firsts("word", "saying")

    def cut(self) -> Clauses:
        """Return the clauses."""
        view = self._view
        begins, resumed = {0}, dict[int, int]()
        begin, main = 0, 0
        aside: int | None = None
        for position in range(len(view.tokens)):
            if aside is None and position not in self._openers:
                continue
            if position in view.inside and view.spans[view.inside[position]][0] < position:
                continue
            goes_on = None if aside is None else self._goes_on(position, begin, aside)
            if goes_on is None and aside is not None and self._ends_relative(position, begin):
                goes_on = position
            opened = self._opened(position) if goes_on is None else goes_on
            if opened is None or opened >= len(view.tokens):
                continue
            if aside is not None and (goes_on is not None or self._is_second_verb(position, opened)):
                resumed[opened], aside = aside, None
            elif view.tokens[position].word in _STOPS or self._is_dash(position):
                aside = None
            elif aside is None and opened in self._verbs and self._closes_apposition(position, begin):
                resumed[opened] = main
            elif aside is None and opened in self._reduced | self._boundaries | self._verbs:
                aside = main
            begins.add(opened)
            begin = opened
            main = opened if aside is None else main
        return Clauses(tuple(sorted(begins)), resumed)

    def _opened(self, position: int) -> int | None:
        """Return the first token of the clause that a token opens, itself or the one behind it."""
        word = self._view.tokens[position].word
        if word in _STOPS or self._is_dash(position):
            return position + 1
        if position in self._reduced:
            return position
        if position in self._boundaries and position > 0 and not self._lists_on(position):
            return position
        if word == "that" and self._reports(position):
            return position
        if word == "and" and self._has_agent(position + 1) and any(self._has_agent(at) for at in range(position)):
            # "Approved by Parliament on 9 May and endorsed by the Council on 14 May": two acts, each with its own body.
            return position + 1
        return position + 1 if word == "," and self._opens(position) else None

    def _reports(self, position: int) -> bool:
        """True for the "that" of reported speech: who "announced that A and B have signed" signs nothing.

        A trigger that holds the word ("announced that it would take") keeps its sentence whole.
        """
        view, before = self._view, position - 1
        while before > 0 and (before in self._links or self._is_dated(before)):
            # "Said on 20 December that": when something was said stands between.
            before -= 1
        return before in self._said and not any(hit.first < position <= hit.last for hit in view.of_kind("trigger"))

    def _is_dated(self, position: int) -> bool:
        index = self._view.inside.get(position)
        return index is not None and self._view.mentions[index].kind == "date"

    def _has_agent(self, position: int) -> bool:
        """True for an English participle that says by whom."""
        after = self._past.get(position)
        return after is not None and after < len(self._view.tokens) and self._view.tokens[after].word == "by"

    def _lists_on(self, comma: int) -> bool:
        """True for a comma and article within a list ("Rumänien, die Schweiz und Ungarn", "Frontex, das UNHCR und")."""
        view = self._view
        if view.tokens[comma].word != "," or comma - 1 not in view.inside:
            return False
        before, position = view.inside[comma - 1], comma + 2
        if view.inside.get(position) is None or {view.mentions[before].kind, self._kind_at(position)} - _LISTED:
            return False
        while self._kind_at(position) in _LISTED:
            position = view.spans[view.inside[position]][1] + 1
        return position in self._joins or (position < len(view.tokens) and view.tokens[position].word == ",")

    def _kind_at(self, position: int) -> str | None:
        index = self._view.inside.get(position)
        return None if index is None else self._view.mentions[index].kind

    def _goes_on(self, position: int, begin: int, head: int) -> int | None:
        """Return the first token of the main clause where it goes on: behind a comma, or a participle's phrase.

        Args:
            position: The token that may end the aside.
            begin: First token of the aside.
            head: First token of the clause it interrupts.
        """
        if self._view.tokens[position].word == ",":
            # "Under the partnership signed on Sunday, the EU is to …": the comma closes a fronted phrase.
            fronted = begin in self._reduced and head in self._links
            return position + 1 if fronted or self._is_finite(position + 1) else None
        return position if begin in self._reduced and self._is_finite(position) else None

    def _is_second_verb(self, position: int, opened: int) -> bool:
        """True for a verb behind the comma that closes an aside ("The project, which housed many, ended in May")."""
        return self._view.tokens[position].word == "," and opened in self._verbs

    def _closes_apposition(self, position: int, begin: int) -> bool:
        """True for the comma behind an apposition or a list: "a delegation, led by its chair, travelled to Rome".

        A comma stands before it in the clause, which has no verb yet and does not open with a phrase of its own ("In
        March, the text, initialled in Rabat, …").
        """
        view = self._view
        between = range(begin, position)
        listed = any([token.word for token in view.tokens[at : at + 2]] == [",", "including"] for at in between)
        if view.tokens[position].word != "," or (not listed and (begin in self._links or begin in view.inside)):
            return False
        if any(number in self._verbs or self._is_finite(number) for number in between):
            return False
        return any(view.tokens[number].word == "," for number in between)

    def _ends_relative(self, position: int, begin: int) -> bool:
        """True for the second verb group behind an English relative word: it belongs to the noun in front of it.

        "Citizens whose applications had been rejected | arrived in Chișinău", "a charter on which they were to leave |
        was called off". A second verb behind `and` or a comma still belongs to the relative clause.
        """
        view = self._view
        if begin not in self._relatives or not begin + 1 < position or not self._is_verb(position):
            return False
        before = position - 1
        if before in self._joins.values() or view.tokens[before].word == "," or self._is_verbal(before):
            return False
        return any(self._is_verb(number) for number in range(begin + 1, before))

    def _is_verb(self, position: int) -> bool:
        """True for an auxiliary, and for a verb in the past that a preposition, an article or a day follows."""
        if position in self._view.inside:
            return False
        after = self._past.get(position)
        followed = after is not None and (after in self._links or after in self._phrases)
        return followed or self._is_finite(position)

    def _is_verbal(self, position: int) -> bool:
        """True if a verb cue ends at the token, so that the next one goes on with the same verb group."""
        return any(hit.entry.kind == "status" for hit in self._view.ending_at.get(position, ()))

    def _opens(self, position: int) -> bool:
        """True for a comma before a boundary word, a verb, or `and` that does not go on with a list."""
        view, after = self._view, position + 1
        if after in self._boundaries or after in self._verbs or self._quotes(after) or self._is_absolute(after):
            return True
        if after not in self._joins:
            return False
        begin = self._joins[after] + 1
        if begin < len(view.tokens) and view.tokens[begin].word == ",":
            # ", and, for the Commission, its Director": the list goes on behind the aside.
            return False
        if any(hit.first == begin and hit.entry.key in _LINKS_ON for hit in view.of_kind("preposition")):
            # ", and on behalf of the Netherlands by …"
            return False
        return not any(begin <= first <= begin + 2 for first in view.phrase_begins)

    def _is_absolute(self, begin: int) -> bool:
        """True for an English absolute clause with its own subject: ", the Parliament having given its consent"."""
        view = self._view
        if view.language != "en":
            return False
        article = any(hit.first == begin and hit.last == begin for hit in view.of_kind("status", "definite"))
        first = begin + 1 if article and begin not in view.inside else begin
        index = view.inside.get(first)
        if index is None or view.mentions[index].kind not in _SUBJECTS:
            return False
        after = view.spans[index][1] + 1
        return after < len(view.tokens) and view.tokens[after].word in _ABSOLUTE

    def _is_finite(self, position: int) -> bool:
        return position in self._finite and position not in self._view.inside

    def _quotes(self, begin: int) -> bool:
        """True if what begins here names who says what stands before ("…, Executive Director Kalnaja announced")."""
        view = self._view
        last = min(begin + _ATTRIBUTION, len(view.tokens))
        if not any(begin < verb < last for verb in self._speaking):
            return False
        comma = next((number for number in range(begin, last) if view.tokens[number].word == ","), last)
        return any(begin < verb < comma for verb in self._speaking) and any(
            mention.kind in _SPEAKERS and begin <= first < comma
            for mention, (first, _) in zip(view.mentions, view.spans, strict=True)
        )

    def _is_dash(self, position: int) -> bool:
        view, token = self._view, self._view.tokens[position]
        if token.word not in _DASHES or position == 0:
            return False
        return token.word == "—" or view.document.text[token.start - 1].isspace()


def _reduced_relatives(view: SentenceView) -> frozenset[int]:
    """Return where "the memorandum signed in July 2023" begins: a paper and the participle that describes it.

    English only. A preposition or a day follows the participle, and no object, so that nobody signs anything here; and
    the paper is no subject of it, because papers are signed and do not sign.
    """
    if view.language != "en":
        return frozenset()
    participles = [
        hit
        for hit in view.of_kind("trigger")
        if hit.entry.tense == "past" and hit.first == hit.last and hit.entry.key.startswith(_PAPER_FRAMES)
    ]
    if not participles:
        return frozenset()
    papers = {hit.last: hit.first for key in _ON_PAPER for hit in view.of_kind("word", key)}
    for (first, last), mention in zip(view.spans, view.mentions, strict=True):
        if mention.kind == "instrument":
            papers[last] = first
    days = {first for (first, _), mention in zip(view.spans, view.mentions, strict=True) if mention.kind == "date"}
    behind = view.firsts("preposition") | view.firsts("attaching") | days
    return frozenset(papers[hit.first - 1] for hit in participles if hit.first - 1 in papers and hit.last + 1 in behind)
