"""Read the trigger groups of a frame: verbs with all their forms, listed forms, and what must stand near them.

Verbs are composed with the word classes of their requirements: `[sign, ink]` with an agreement in the same clause finds
every order and voice, because a requirement asks only what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tasks.extract.frames.frame_checks import Checker
from tasks.extract.frames.frame_model import CONDITIONS, SLOT_ROLES, SOURCES, TENSES, WITHIN, Requirement, TriggerGroup
from tasks.extract.frames.inflection import INFLECTED, verb_forms, we_form
from warehouse.vocabulary import EVENT_TYPES, MENTION_KINDS, PARTY_ROLES, STATUSES

_GROUP_KEYS = ("verbs", "verb_classes", *TENSES, "status", "viewpoint", "sources", "requires")


@dataclass(frozen=True, slots=True)
class Verbs:
    """What `_verbs.yaml` says.

    Attributes:
        irregular: Language → verb → past, participle and form in -ing, as far as no rule gives them.
        classes: Class → language → lemmas.
    """

    irregular: Mapping[str, Mapping[str, list[str]]]
    classes: Mapping[str, Mapping[str, list[str]]]


def read_verbs(file: Checker) -> Verbs:
    """Return the irregular verbs and the verb classes.

    Raises:
        ConfigurationError: An unknown key, a language whose verbs are not inflected, or a phrase that cannot be read.
    """
    file.keys(file.content, ("irregular", "classes"), required=("irregular", "classes"))
    return Verbs(
        irregular={
            language: {verb: file.strings(verbs, verb) for verb in file.mapping(verbs, None)}
            for language, verbs in file.mapping(file.content, "irregular", INFLECTED).items()
        },
        classes={
            name: {
                language: [file.phrase(verb, language) for verb in file.strings(by_language, language)]
                for language in file.mapping(by_language, None, INFLECTED)
            }
            for name, by_language in file.mapping(file.content, "classes").items()
        },
    )


def read_group(file: Checker, raw: Any, language: str, words: frozenset[str], verbs: Verbs) -> TriggerGroup:
    """Return a trigger group; a form that is both listed and made by rule has the tense it is listed with.

    Raises:
        ConfigurationError: As `frames.frames.load_frames`.
    """
    file.keys(raw, _GROUP_KEYS)
    lemmas = [file.phrase(verb, language) for verb in file.sequence(raw, "verbs", default=[])]
    for name in file.choices(raw, "verb_classes", tuple(verbs.classes), default=()):
        lemmas += verbs.classes[name].get(language, [])
    if lemmas and language not in INFLECTED:
        raise file.error(f"{language} verbs are not inflected", "verbs:", "List their forms by tense.")
    forms = {form: tense for lemma in lemmas for form, tense in verb_forms(lemma, verbs.irregular.get(language, {}))}
    told = [we_form(phrase, language) for phrase in file.sequence(raw, "past", default=[]) if isinstance(phrase, str)]
    forms |= {form: "past" for form in told if form is not None}
    for tense in TENSES:
        forms |= {file.phrase(phrase, language): tense for phrase in file.sequence(raw, tense, default=[])}
    if not forms:
        raise file.error("a trigger group without forms", "triggers", f"Give it verbs or one of {', '.join(TENSES)}.")
    sources = file.mapping(raw, "sources", SLOT_ROLES, default={})
    return TriggerGroup(
        forms=tuple(forms.items()),
        status=file.choice(raw, "status", STATUSES, default=None),
        viewpoint=file.choice(raw, "viewpoint", PARTY_ROLES, default=None),
        sources=MappingProxyType({role: file.choices(sources, role, SOURCES) for role in sources}),
        requires=tuple(read_requirement(file, item, words) for item in file.sequence(raw, "requires", default=[])),
    )


def read_requirement(file: Checker, raw: Any, words: frozenset[str]) -> Requirement:
    """Return a requirement: conditions one of which must hold (`any_of`) or none of which may (`none_of`).

    Raises:
        ConfigurationError: As `frames.frames.load_frames`.
    """
    file.keys(raw, ("any_of", "none_of", "within", "reason"), required=("within", "reason"))
    known = {
        "mention": (*MENTION_KINDS, "money", "people"),
        "word": tuple(sorted(words)),
        "type": EVENT_TYPES,
        "is": CONDITIONS,
    }
    any_of, none_of = (file.strings(raw, key, default=[]) for key in ("any_of", "none_of"))
    if bool(any_of) == bool(none_of):
        raise file.error("needs either any_of or none_of", str(raw["reason"]), "Give it one of the two.")
    for item in (*any_of, *none_of):
        kind, _, name = item.partition(":")
        if kind not in known or name not in known[kind]:
            raise file.error(f"{item!r} is no condition", item, file.suggest(name, known.get(kind, tuple(known))))
    return Requirement(
        any_of=tuple(any_of),
        none_of=tuple(none_of),
        within=file.choice(raw, "within", WITHIN),
        reason=file.identifier(raw, "reason"),
    )
