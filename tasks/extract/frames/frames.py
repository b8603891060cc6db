"""Read the frames of `seeds/reference/frames` strictly: every key, role, kind and phrase is checked.

Files that begin with `_` hold what all frames share: `_grammar.yaml` (function words and status cues), `_words.yaml`
(word classes and ordinals), `_verbs.yaml` (irregular verbs and verb classes) and `_roles.yaml` (words that give a role
in an event told elsewhere in the paragraph).
Every other file holds `frames` and the `examples` that are run as tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tasks.extract.frames.frame_checks import Checker
from tasks.extract.frames.frame_groups import Verbs, read_group, read_requirement, read_verbs
from tasks.extract.frames.frame_model import (
    COUNTRY_FILLS,
    DATE_FILLS,
    DATE_PARTS,
    FILLS,
    PLACE_FILLS,
    PREPOSITIONS,
    SLOT_ROLES,
    SOURCES,
    STATUS_CUES,
    Example,
    Frame,
    Frames,
    RoleCue,
    Slot,
)
from tasks.extract.frames.triggers import PHRASE_LANGUAGES, Entry, PhraseIndex
from tasks.extract.frames.words import fold_word
from warehouse.errors import ConfigurationError
from warehouse.reference import read_yaml, rules_hash
from warehouse.vocabulary import CLAIM_TYPES, EVENT_TYPES, LANGUAGES, MENTION_KINDS, PARTY_ROLES

_GRAMMAR, _WORDS, _ROLES, _VERBS = "_grammar.yaml", "_words.yaml", "_roles.yaml", "_verbs.yaml"
_SHARED = (_GRAMMAR, _WORDS, _ROLES, _VERBS)
_FRAME_KEYS = (
    "id", "type", "about", "prior", "triggers", "blockers", "requires", "slots", "date_fill", "date_part",
    "place_fill", "country_fill",
    "country_roles", "country_by", "noun_needs_anchor", "noun_may_be_topic", "presents", "present_is_plan", "recalls",
    "main_point", "told_with", "precedes", "yields_to",
)  # fmt: skip
_SLOT_KEYS = (
    "role", "kinds", "sources", "fill", "fill_from", "derive_from", "subtypes", "without", "when_empty",
    "at_least", "at_most",
)  # fmt: skip
_EXAMPLE_KEYS = ("text", "language", "title", "published_on", "claims")
# What an example may ask of a claim besides its roles.
_CLAIM_KEYS = (
    "type", "status", "date", "precision", "date_basis", "place", "country", "project", "marker", "ordinal", "polarity",
    *SLOT_ROLES,
)  # fmt: skip


def load_frames(directory: Path) -> Frames:
    """Return all frames of a directory, with one phrase index per language.

    Args:
        directory: `seeds/reference/frames`, or a directory of the same form.

    Raises:
        ConfigurationError: With file and line: an unknown key (with the nearest known one), a value outside its
            vocabulary, a phrase that cannot be read, an id given twice, a requirement on a word class that does not
            exist, or no frame at all.
    """
    shared = {name: Checker(directory / name, read_yaml(directory / name)) for name in _SHARED}
    phrases: dict[str, list[tuple[str, Entry]]] = {language: [] for language in PHRASE_LANGUAGES}
    free_order = _read_grammar(shared[_GRAMMAR], phrases)
    classes, ordinals = _read_words(shared[_WORDS], phrases)
    verbs = read_verbs(shared[_VERBS])
    cues = tuple(_read_roles(shared[_ROLES], phrases))
    frames: dict[str, Frame] = {}
    examples: list[Example] = []
    for path in sorted(directory.glob("*.yaml")):
        if path.name.startswith("_"):
            continue
        file = Checker(path, read_yaml(path))
        file.keys(file.content, ("about", "frames", "examples"), required=("about", "frames", "examples"))
        for raw in file.sequence(file.content, "frames"):
            frame = _read_frame(file, raw, classes, verbs)
            if frame.frame_id in frames:
                raise file.error(f"the id {frame.frame_id!r} stands in {frames[frame.frame_id].path} already", "id")
            frames[frame.frame_id] = frame
        examples.extend(_read_examples(file))
    if not frames:
        raise ConfigurationError("holds no frame", str(directory), "Point to the directory of the frame files.")
    for frame in frames.values():
        _add_phrases(frame, phrases)
    indexes = {language: PhraseIndex(found, language) for language, found in phrases.items()}
    return Frames(
        frames=MappingProxyType(frames),
        role_cues=cues,
        indexes=MappingProxyType(indexes),
        ordinals=MappingProxyType(ordinals),
        free_order=free_order,
        examples=tuple(examples),
        rules_hash=rules_hash(directory),
    )


Phrases = dict[str, list[tuple[str, Entry]]]


def _read_grammar(file: Checker, phrases: Phrases) -> frozenset[str]:
    raw = file.content
    known = ("free_order", "prepositions", "attaching", "connectors", "boundaries", "status")
    file.keys(raw, known, required=known)
    attaching = file.choices(raw, "attaching", PREPOSITIONS)
    for canonical, by_language in file.mapping(raw, "prepositions", PREPOSITIONS).items():
        kind = "attaching" if canonical in attaching else "preposition"
        _add(file, by_language, phrases, Entry(kind, canonical))
    _add(file, raw["connectors"], phrases, Entry("connector", "and"))
    _add(file, raw["boundaries"], phrases, Entry("boundary", "clause"))
    for cue, by_language in file.mapping(raw, "status", STATUS_CUES).items():
        _add(file, by_language, phrases, Entry("status", cue))
    return frozenset(file.choices(raw, "free_order", PHRASE_LANGUAGES))


def _read_words(file: Checker, phrases: Phrases) -> tuple[frozenset[str], dict[str, dict[str, int]]]:
    file.keys(file.content, ("words", "ordinals"), required=("words", "ordinals"))
    classes = file.mapping(file.content, "words")
    for name, by_language in classes.items():
        _add(file, by_language, phrases, Entry("word", name))
    ordinals = {
        language: {
            fold_word(word, language == "de"): file.whole_number(number)
            for number, words in file.mapping(by_number, None).items()
            for word in words
        }
        for language, by_number in file.mapping(file.content, "ordinals", PHRASE_LANGUAGES).items()
    }
    return frozenset(classes), ordinals


def _read_roles(file: Checker, phrases: Phrases) -> Iterator[RoleCue]:
    file.keys(file.content, ("roles",), required=("roles",))
    for number, raw in enumerate(file.sequence(file.content, "roles")):
        known = ("role", "types", "kinds", "sources", "reach", "phrases")
        file.keys(raw, known, required=known)
        cue = RoleCue(
            role=file.choice(raw, "role", SLOT_ROLES),
            types=file.choices(raw, "types", EVENT_TYPES),
            kinds=file.choices(raw, "kinds", MENTION_KINDS),
            sources=file.choices(raw, "sources", SOURCES),
            reach=file.choice(raw, "reach", ("paragraph", "document")),
        )
        _add(file, raw["phrases"], phrases, Entry("role", cue.role, item=number))
        yield cue


def _read_frame(file: Checker, raw: Any, classes: frozenset[str], verbs: Verbs) -> Frame:
    file.keys(raw, _FRAME_KEYS, required=("id", "type", "about", "prior", "triggers", "slots"))
    groups = {
        language: tuple(
            read_group(file, group, language, classes, verbs) for group in file.as_sequence(found, language)
        )
        for language, found in file.mapping(raw, "triggers", PHRASE_LANGUAGES).items()
    }
    return Frame(
        frame_id=file.identifier(raw, "id"),
        claim_type=file.choice(raw, "type", EVENT_TYPES),
        prior=file.probability(raw, "prior"),
        groups=MappingProxyType(groups),
        blockers=MappingProxyType(
            {
                language: tuple(file.phrase(phrase, language) for phrase in found)
                for language, found in file.mapping(raw, "blockers", PHRASE_LANGUAGES, default={}).items()
            }
        ),
        requires=tuple(read_requirement(file, item, classes) for item in file.sequence(raw, "requires", default=[])),
        slots=tuple(_read_slot(file, slot, classes) for slot in file.sequence(raw, "slots")),
        date_fill=file.choice(raw, "date_fill", DATE_FILLS, default="publication"),
        date_part=file.choice(raw, "date_part", DATE_PARTS, default="all"),
        place_fill=file.choice(raw, "place_fill", PLACE_FILLS, default="none"),
        country_fill=file.choice(raw, "country_fill", COUNTRY_FILLS, default="none"),
        country_roles=file.choices(raw, "country_roles", PARTY_ROLES, default=()),
        country_by=file.choice(raw, "country_by", ("place", "roles"), default="place"),
        noun_needs_anchor=file.flag(raw, "noun_needs_anchor", default=True),
        noun_may_be_topic=file.flag(raw, "noun_may_be_topic", default=False),
        presents=file.flag(raw, "presents", default=False),
        present_is_plan=file.flag(raw, "present_is_plan", default=False),
        recalls=file.flag(raw, "recalls", default=True),
        main_point=file.flag(raw, "main_point", default=False),
        told_with=file.choices(raw, "told_with", EVENT_TYPES, default=()),
        precedes=file.choices(raw, "precedes", EVENT_TYPES, default=()),
        yields_to=file.choices(raw, "yields_to", EVENT_TYPES, default=()),
        path=str(file.path),
    )


def _read_slot(file: Checker, raw: Any, classes: frozenset[str]) -> Slot:
    file.keys(raw, _SLOT_KEYS, required=("role", "kinds", "sources"))
    lends = file.strings(raw, "fill_from", default=[])
    for item in lends:
        claim_type, _, role = item.partition(".")
        if claim_type not in CLAIM_TYPES or role not in SLOT_ROLES:
            raise file.error(f"{item!r} is not `claim_type.role`", item, "Write it as in meeting.participant.")
    return Slot(
        role=file.choice(raw, "role", SLOT_ROLES),
        kinds=file.choices(raw, "kinds", MENTION_KINDS),
        sources=file.choices(raw, "sources", SOURCES, default=()),
        fill=file.choice(raw, "fill", FILLS, default="none"),
        fill_from=tuple(lends),
        derive_from=file.choice(raw, "derive_from", (*SLOT_ROLES, "place"), default=None),
        subtypes=tuple(file.strings(raw, "subtypes", default=[])),
        without=file.choices(raw, "without", tuple(sorted(classes)), default=()),
        when_empty=file.flag(raw, "when_empty", default=False),
        at_least=file.whole_number(raw.get("at_least", 0)),
        at_most=file.whole_number(raw.get("at_most", 30)),
    )


def _read_examples(file: Checker) -> Iterator[Example]:
    for raw in file.sequence(file.content, "examples"):
        file.keys(raw, _EXAMPLE_KEYS, required=("text", "claims"))
        claims = file.sequence(raw, "claims")
        for claim in claims:
            file.keys(claim, _CLAIM_KEYS, required=("type",))
            file.choice(claim, "type", EVENT_TYPES)
        yield Example(
            text=raw["text"],
            language=file.choice(raw, "language", LANGUAGES, default="en"),
            title=raw.get("title", ""),
            published_on=raw.get("published_on", ""),
            expect=tuple(MappingProxyType(claim) for claim in claims),
            types=tuple(sorted({frame["type"] for frame in file.content["frames"]})),
            path=str(file.path),
            line=file.line_of(re.escape(raw["text"][:40])),
        )


def _add(file: Checker, by_language: Any, phrases: Phrases, entry: Entry) -> None:
    for language, found in file.mapping(by_language, None, PHRASE_LANGUAGES).items():
        for phrase in file.as_sequence(found, language):
            phrases[language].append((file.phrase(phrase, language), entry))


def _add_phrases(frame: Frame, phrases: Phrases) -> None:
    for language, groups in frame.groups.items():
        for number, group in enumerate(groups):
            for phrase, tense in group.forms:
                phrases[language].append((phrase, Entry("trigger", frame.frame_id, tense, number)))
    for language, blockers in frame.blockers.items():
        phrases[language].extend((phrase, Entry("blocker", frame.frame_id)) for phrase in blockers)


def phrases_of(frames: Mapping[str, Frame]) -> int:
    """Return how many trigger phrases the frames hold, over all languages."""
    return sum(len(group.forms) for frame in frames.values() for groups in frame.groups.values() for group in groups)
