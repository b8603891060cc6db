"""What a frame is, in memory: the declarations of `seeds/reference/frames/*.yaml` after they were checked.

Belongs here: plain data and the look-ups it needs. Reading and checking the files is `frames.frames`; applying
them to a text is `events.claims` and the modules it calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tasks.extract.frames.triggers import PhraseIndex
from warehouse.vocabulary import PARTY_ROLES

TENSES = ("past", "present", "base", "infinitive", "participle", "gerund", "future", "noun")

# How a mention stands to its trigger: in front of it or behind it without a preposition, in front of a passive ("Malta
# was awarded"), as a modifier right before a noun (EU-Western Balkans ministerial), as the subject behind a fronted
# phrase ("in a joint statement, the ministers of …"), anywhere in the clause, or behind the preposition of that class.
POSITIONS = ("subject", "passive", "object", "compound", "main", "any")
PREPOSITIONS = ("with", "by", "between", "from", "to", "in", "for", "of", "behalf", "together", "other")
SOURCES = POSITIONS + PREPOSITIONS
SLOT_ROLES = (*PARTY_ROLES, "instrument", "project", "quantity")

# Where a slot may be filled from when its own sentence says nothing: nowhere, other claims of the document, or these
# also for the previous and next event of a series (the parties of a negotiation stay the same).
FILLS = ("none", "document", "series")
DATE_PARTS = ("all", "start", "end")
DATE_FILLS = ("none", "lead", "publication", "publication_only")
PLACE_FILLS = ("none", "document")
COUNTRY_FILLS = ("none", "reporting")
# What a requirement may ask of a draft itself (`is:dated`).
CONDITIONS = (
    "dated", "placed", "marked", "numbered", "counted", "title", "anaphoric", "elliptic", "guest", "returning",
    "relocating",
)  # fmt: skip
WITHIN = ("near", "clause", "sentence", "paragraph", "document")

STATUS_CUES = (
    "future", "modal", "plan", "purpose", "condition", "negation", "yet", "cancel", "perfect", "pluperfect", "past",
    "present", "being", "be", "to", "background", "recent", "habitual", "previous", "next", "definite", "filler",
    "hindsight", "wish",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that must, or must not, stand near a trigger.

    Attributes:
        any_of: ``mention:KIND`` (also `money` and `people`), ``word:CLASS``, ``type:EVENT_TYPE`` (a trigger of that
            type in the document), ``is:dated``, ``is:placed``, ``is:marked`` (previous, next), ``is:numbered`` (second
            meeting), ``is:title``, ``is:returning`` and ``is:relocating`` (the scheme that moves people here),
            ``is:anaphoric`` (the subject is a pronoun: "it started in June"), ``is:elliptic`` (it is a
            numeral without its noun: "the first thirty arrived"). One must hold, if there is any.
        none_of: Conditions none of which may hold.
        within: near (a few tokens), clause, sentence, paragraph or document.
        reason: Code written to the rejects when it is missing.
    """

    any_of: tuple[str, ...]
    within: str
    reason: str
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriggerGroup:
    """Forms of one word or phrase in one language that share their behaviour.

    Attributes:
        forms: (phrase, tense) pairs.
        status: Status whatever the tense, if the words themselves say so (`plans to`).
        viewpoint: Role whose country is the country of the event (`from` for departures, `to` for arrivals).
        sources: Role → where its fillers stand, instead of the slot's own.
        requires: What this group needs besides the frame's requirements.
    """

    forms: tuple[tuple[str, str], ...]
    status: str | None = None
    viewpoint: str | None = None
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A role of a frame and what may fill it.

    Attributes:
        role: Role of the codebook, or instrument, project, quantity.
        kinds: Mention kinds that may fill it.
        sources: Where fillers stand (`SOURCES`).
        fill: Whether other claims of the document may fill it (`FILLS`).
        fill_from: ``event_type.role`` those claims lend it from, the best first.
        derive_from: Role whose persons or place stand for their country when the slot stays empty.
        subtypes: Mention subtypes that may fill it; empty for all.
        without: Word classes that its fillers' names must not hold (the centre that opens does not open itself).
        when_empty: Filled only where the role is still empty ("was appointed": the subject; else the object).
        at_least: Fewest fillers without which there is no claim.
        at_most: Most fillers.
    """

    role: str
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    fill: str = "none"
    fill_from: tuple[str, ...] = ()
    derive_from: str | None = None
    subtypes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    when_empty: bool = False
    at_least: int = 0
    at_most: int = 30


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its mentions marked up, and the claims the frames must make of it.

    Attributes:
        text: Paragraphs; see `frames.examples` for the mark-up.
        language: Language of the text.
        title: Headline before it, if the example needs one.
        published_on: ISO day of publication; empty for none.
        expect: What each claim of the file's types must be, in the order of the text: status, roles, date and so on;
            empty for a negative example.
        types: Claim types of the file: those the example speaks about.
        path: File it stands in.
        line: Line of that file.
    """

    text: str
    language: str
    title: str
    published_on: str
    expect: tuple[Mapping[str, object], ...]
    types: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One event type and everything that finds it.

    Attributes:
        frame_id: Unique id; the rule id of its claims begins with it.
        claim_type: Event type.
        prior: How often its authors expect a claim to be right; used until its family is measured.
        groups: Language → trigger groups.
        blockers: Language → phrases that make a trigger inside them void.
        requires: What every trigger needs.
        slots: Roles in the order in which they are filled; a mention fills one.
        date_fill: Where an undated claim of the news may take its day from; `publication_only` where dates of the
            sentence are periods (statistics).
        date_part: start or end where a period dates the beginning or the end ("runs from March to June"); else all.
        place_fill: Where a claim without place may take it from.
        country_fill: What stands for the country where neither place nor roles give one: none, or the country the
            document reports from.
        country_roles: Roles that decide the country when no place does.
        country_by: place, or roles where the roles decide first (relocations, returns).
        noun_needs_anchor: A noun alone is no event: it needs a day, a place, a holding verb or a marker.
        noun_may_be_topic: Its nouns are also what people speak about (returns, relocation).
        presents: A present tense in the body tells an event too (`commit to`), and not only in the headline.
        present_is_plan: An undated present below the headline tells what is to come ("enters into force on the eighth
            day").
        recalls: A past form outside headline and lead, without a day, is told as background.
        main_point: Outside headline and lead it counts only in a paragraph with figures in two sentences or more.
        told_with: Event types in headline or lead that make it part of the news all the same.
        precedes: Event types that come after this one in the life of an instrument or project: where headline or lead
            tell one of them as done, this one, undated, lies behind (what is in force has been signed).
        yields_to: Event types whose trigger, right in front of this one's, makes it their content ("pledged to
            relocate").
        path: File it was read from.
    """

    frame_id: str
    claim_type: str
    prior: float
    groups: Mapping[str, tuple[TriggerGroup, ...]]
    blockers: Mapping[str, tuple[str, ...]]
    requires: tuple[Requirement, ...]
    slots: tuple[Slot, ...]
    date_fill: str
    date_part: str
    place_fill: str
    country_fill: str
    country_roles: tuple[str, ...]
    country_by: str
    noun_needs_anchor: bool
    noun_may_be_topic: bool
    presents: bool
    present_is_plan: bool
    recalls: bool
    main_point: bool
    told_with: tuple[str, ...]
    precedes: tuple[str, ...]
    yields_to: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class RoleCue:
    """Words that give a thing a role in an event told in the same or an earlier sentence (`chaired by`).

    Attributes:
        role: Role, or `project`.
        types: Event types it may belong to.
        kinds: Mention kinds that may fill it.
        sources: Where the filler stands, relative to the cue.
        reach: paragraph or document: how far back the event may be.
    """

    role: str
    types: tuple[str, ...]
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    reach: str


@dataclass(frozen=True, slots=True)
class Frames:
    """Everything `find_claims` needs.

    Attributes:
        frames: By id.
        role_cues: In the order of their file; a hit's item is the position in it.
        indexes: Language → its phrases.
        ordinals: Language → folded word → ordinal.
        free_order: Languages whose auxiliaries may stand anywhere in the clause.
        examples: Sentences that must and must not give claims.
        rules_hash: Hash of the files.
    """

    frames: Mapping[str, Frame]
    role_cues: tuple[RoleCue, ...]
    indexes: Mapping[str, PhraseIndex]
    ordinals: Mapping[str, Mapping[str, int]]
    free_order: frozenset[str]
    examples: tuple[Example, ...]
    rules_hash: str
