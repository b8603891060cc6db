"""A claim in the making: a trigger in its sentence, and what the passes have found about it so far.

Belongs here: the shared state of the passes and small questions about it. The passes themselves are `slots`, `status`,
`anchoring` and `filling`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tasks.extract.annotations import Argument, Mention
from tasks.extract.frames.frame_model import Frame, TriggerGroup
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.sentence_view import SentenceView

if TYPE_CHECKING:
    from tasks.extract.events.placement import Placement


_BE = frozenset({"be", "is", "are", "was", "were", "been"})


@dataclass
class Draft:
    """One candidate claim.

    Attributes:
        given_clause: First and last token of what counts as its clause, where that is not the trigger's own.
        cues: Status cues that belong to the trigger.
        marker: previous or next, if the text sets the event apart.
        ordinal: Ordinal in a series (second meeting).
        is_definite: The text points back to an event it has told (`the meeting`).
        in_head: Stands in the headline or the lead.
        window: Tokens behind the trigger that speak of this event, where one trigger tells several.
        free_order: The language lets a subject follow its verb.
        negated: The text says it did not happen.
        reject: Why it is no claim, if it is none.
        claim_type: Event type.
        is_noun: The trigger is a noun, which alone tells no act.
        in_title: The trigger stands in the headline.
        placements: What `placement.place_mention` has answered, by mention.
    """

    view: SentenceView
    hit: Hit
    frame: Frame
    group: TriggerGroup
    given_clause: tuple[int, int] | None
    in_head: bool
    free_order: bool = False
    window: tuple[int, int] | None = None
    cues: frozenset[str] = frozenset()
    marker: str | None = None
    ordinal: int | None = None
    is_definite: bool = False
    status: str = "occurred"
    negated: bool = False
    reject: str | None = None
    date_mention: Mention | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = "unknown"
    date_basis: str | None = None
    place: Mention | None = None
    place_basis: str | None = None
    location: Mention | None = None
    country: str | None = None
    country_basis: str | None = None
    project: Mention | None = None
    arguments: list[Argument] = field(default_factory=list)
    claim_type: str = field(init=False)
    is_noun: bool = field(init=False)
    in_title: bool = field(init=False)
    placements: dict[int, Placement] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self.claim_type = self.frame.claim_type
        self.is_noun = self.hit.entry.tense in ("noun", "gerund") and not _is_progressive(self.view, self.hit)
        self.in_title = self.view.sentence.zone == "title"

    @cached_property
    def clause(self) -> tuple[int, int]:
        """First and last token of the trigger's clause: found when first asked for, as most triggers tell nothing."""
        if self.given_clause is not None:
            return self.given_clause
        first, last = self.view.clause_of(self.hit.first)
        return first, _relative_end(self.view, last) if self.is_noun else last

    @property
    def trigger_span(self) -> tuple[int, int]:
        """Offsets of the trigger."""
        return self.view.text(self.hit.first, self.hit.last)

    @property
    def rule_id(self) -> str:
        """Frame, language, tense: which declaration found it."""
        return f"{self.frame.frame_id}.{self.view.language}.{self.hit.entry.tense}"

    def covers(self, position: int) -> bool:
        """True if the token speaks of this event: it lies in its clause, and in its window where it has one."""
        if self.window is not None and position > self.hit.last:
            return self.window[0] <= position <= self.window[1]
        return self.clause[0] <= position <= self.clause[1]

    def role(self, role: str) -> list[Argument]:
        """Return the arguments in a role."""
        return [argument for argument in self.arguments if argument.role == role]

    def add(self, role: str, mention: Mention, basis: str, rule: str) -> bool:
        """Add a mention in a role unless the same thing stands there already; return whether it was added."""
        key = same_thing(mention)
        if any(argument.role == role and same_thing(argument.mention) == key for argument in self.arguments):
            return False
        self.arguments.append(Argument(role, mention, basis, rule))
        return True

    def take_date(self, mention: Mention, basis: str) -> None:
        """Take the day from a date mention."""
        self.date_mention, self.date_basis = mention, basis
        self.date_start, self.date_end = mention.date_start, mention.date_end
        self.date_precision = mention.date_precision or "unknown"
        if self.frame.date_part != "all" and mention.date_start is not None and mention.date_end is not None:
            self.date_start, self.date_end = _part(
                mention.date_start, mention.date_end, self.date_precision, self.frame
            )


def _is_progressive(view: SentenceView, hit: Hit) -> bool:
    """True for "are meeting", "will not be flying to": a form in -ing that is a verb."""
    if view.language != "en" or hit.entry.tense != "gerund" or not view.tokens[hit.first].word.endswith("ing"):
        return False
    position = hit.first - 1
    while position > 0 and any(
        found.entry.key in ("filler", "negation", "yet") for found in view.ending_at.get(position, ())
    ):
        position -= 1
    return position >= 0 and view.tokens[position].word in _BE


def _part(start: date, end: date, precision: str, frame: Frame) -> tuple[date, date]:
    """Return the first or last day, month or year of a range, as the frame asks: when something starts or ends."""
    first = frame.date_part == "start"
    if precision == "month":
        last_of_first = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return (start, last_of_first) if first else (end.replace(day=1), end)
    if precision == "year":
        return (start, start.replace(month=12, day=31)) if first else (end.replace(month=1, day=1), end)
    if precision == "day":
        return (start, start) if first else (end, end)
    return start, end


def _relative_end(view: SentenceView, last: int) -> int:
    """Return the end of a noun's clause with what hangs on it ("the meeting, held in Tirana", "which will be held")."""
    begin = last + 1
    if begin not in view.firsts("word", "relative") and begin not in view.firsts("word", "held"):
        return last
    last = view.clause_of(begin)[1]
    return view.clause_of(last + 1)[1] if view.resumes(last + 1) is not None else last


def same_thing(mention: Mention) -> tuple[str, str]:
    """Return what makes two mentions of a role one thing: the reference row, else the name without case."""
    if mention.kind in ("quantity", "date"):
        return mention.kind, f"{mention.value_min}-{mention.value_max}-{mention.unit}-{mention.date_start}"
    return mention.kind, mention.reference_id or (mention.name or mention.text).casefold()


def dated_apart(first: Draft, second: Draft) -> bool:
    """True if the text dates one of two drafts of a type and they do not meet, or one is recalled and the other not."""
    if first.claim_type != second.claim_type or "text" not in (first.date_basis, second.date_basis):
        return False
    if first.date_start is None or first.date_end is None or second.date_start is None or second.date_end is None:
        return "background" in (first.status, second.status) and first.status != second.status
    return first.date_end < second.date_start or second.date_end < first.date_start
