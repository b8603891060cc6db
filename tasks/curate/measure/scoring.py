"""One document's annotations against those of a careful reader: what was found, what is too much, what was missed.

What counts as a match is what the annotation codebook says. Things it lists as optional are neither asked for nor held
against the pipeline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tasks.curate.measure import days
from tasks.curate.measure.names import (
    Same,
    Thing,
    forms_of,
    name_of,
    normal,
    paired,
    same_instrument,
    same_organisation,
    same_party,
    same_person,
    same_place,
    same_title,
)
from tasks.curate.measure.tally import EVENTS_OUT_OF_NOTHING, FALSE_OCCURRENCE, Score, rates
from warehouse.vocabulary import HAPPENED

Annotation = Mapping[str, Any]

_UNITS = {
    "€": "eur", "euro": "eur", "euros": "eur", "%": "percent", "per cent": "percent", "pct": "percent",
    "person": "people", "persons": "people", "individuals": "people", "applicants": "people", "migrants": "people",
    "refugees": "people", "officers": "people", "children": "people", "place": "places", "beds": "places",
    "day": "days", "kilometres": "km", "m²": "m2", "month": "months", "year": "years",
}  # fmt: skip
_SAME_VALUE = 1e-6
# An optional event is one whose passage the told one mostly repeats.
_OPTIONAL_PASSAGE = 0.6


def score_document(wanted: Annotation, told: Annotation) -> Score:
    """Return how one document's annotation compares with the reader's; a missing document is an empty mapping."""
    score = Score()
    optional = wanted.get("optional") or {}
    _score_things(score, wanted, told, optional)
    _score_projects(score, wanted, told, optional)
    _score_quantities(score, wanted, told, optional)
    _score_events(score, wanted, told, optional)
    _score_head(score, wanted, told)
    return score


def _sets(score: Score, name: str, told: Iterable[str], wanted: Iterable[str], optional: Iterable[str] = ()) -> None:
    right = set(wanted)
    given = set(told) - (set(optional) - right)
    score.count(name, len(given & right), len(given - right), len(right - given))


def _list(
    score: Score,
    name: str,
    told: Iterable[Any] | None,
    wanted: Iterable[Any] | None,
    same: Same,
    optional: Sequence[Any] = (),
    same_optional: Same | None = None,
) -> list[tuple[Any, Any]]:
    """Count the things of a field and return the pairs (told, wanted)."""
    given, right = list(told or ()), list(wanted or ())
    pairs = paired(given, right, same)
    used = {index for index, _ in pairs}
    surplus = [
        thing
        for index, thing in enumerate(given)
        if index not in used and not any((same_optional or same)(thing, other) for other in optional)
    ]
    score.count(name, len(pairs), len(surplus), len(right) - len(pairs))
    return [(given[i], right[j]) for i, j in pairs]


def _score_things(score: Score, wanted: Annotation, told: Annotation, optional: Annotation) -> None:
    named = list(optional.get("named_things") or ())
    _sets(score, "countries", told.get("countries") or (), wanted["countries"], optional.get("countries") or ())
    _sets(score, "topics", told.get("topics") or (), wanted["topics"])
    _list(score, "regions", told.get("regions"), wanted["regions"], same_title, named)
    persons = _list(
        score, "persons", told.get("persons"), wanted["persons"], same_person,
        list(optional.get("persons") or ()), _is_optional_person,
    )  # fmt: skip
    for one, other in persons:
        _score_person(score, one, other)
    bodies = [*(optional.get("organisations") or ()), *named]
    organisations = _list(
        score, "organisations", told.get("organisations"), wanted["organisations"], same_organisation, bodies
    )
    for one, other in organisations:
        for attribute in ("kind", "country"):
            if other.get(attribute):
                score.share(f"organisation_{attribute}", _value(one, attribute) == other[attribute])
    _list(score, "places", told.get("places"), wanted["places"], same_place, named)
    _list(score, "instruments", told.get("instruments"), wanted["instruments"], same_instrument, named)


def _is_optional_person(told: Thing, optional: Thing) -> bool:
    same = same_person(name_of(told), name_of(optional))
    return same or normal(name_of(optional)) in normal(name_of(told))


def _score_person(score: Score, told: Annotation, wanted: Annotation) -> None:
    for attribute in ("office", "affiliation"):
        if wanted.get(attribute):
            said = str(_value(told, attribute) or "")
            accepted = [wanted[attribute], *(wanted.get(f"{attribute}_also") or ())]
            right = any(same_title(said, one) or (said and days.overlap(said, one) >= 0.6) for one in accepted)
            score.share(f"person_{attribute}", right)
    if wanted.get("country"):
        score.share("person_country", _value(told, "country") == wanted["country"])


def _value(thing: Thing, name: str) -> Any:
    return None if isinstance(thing, str) else thing.get(name)


def _score_projects(score: Score, wanted: Annotation, told: Annotation, optional: Annotation) -> None:
    named = list(optional.get("named_things") or ())
    pairs = _list(score, "projects", told.get("projects"), wanted["projects"], same_title, named)
    for side in ("funders", "implementers"):
        for one, other in pairs:
            bodies = (_bodies(_value(one, side), told), _bodies(other[side], wanted))
            _list(score, f"project_{side}", *bodies, same_party)
        met = [other for _, other in pairs]
        for other in wanted["projects"]:
            if other not in met:
                score.count(f"project_{side}", 0, 0, len(other[side]))


def _bodies(names: Iterable[str] | None, document: Annotation) -> list[Thing]:
    """Return what the document says of each of these organisations, for its other names."""
    known = [_as_mapping(thing) for thing in document.get("organisations") or ()]
    found: list[Thing] = []
    for name in names or ():
        matching = [
            thing
            for thing in known
            if normal(name) in {normal(form) for form in (*forms_of(thing), *(thing.get("aliases_in_text") or ()))}
        ]
        found.append(matching[0] if matching else {"name": name})
    return found


def _as_mapping(thing: Thing) -> Mapping[str, Any]:
    return {"name": thing} if isinstance(thing, str) else thing


def _score_quantities(score: Score, wanted: Annotation, told: Annotation, optional: Annotation) -> None:
    values = [{"value": value} for value in optional.get("quantities") or ()]
    for name, same in (("quantities", same_quantity), ("quantities_value_only", same_value)):
        _list(score, name, told.get("quantities"), wanted["quantities"], same, values, same_value)


def _number(value: object) -> float | None:
    try:
        return float(str(value).replace(",", "").replace(" ", ""))
    except ValueError:
        return None


def same_value(one: Annotation, other: Annotation) -> bool:
    """True for one number, in whatever unit."""
    left, right = _number(one.get("value")), _number(other.get("value"))
    if left is None or right is None:
        return False
    return abs(left - right) <= _SAME_VALUE * max(1.0, abs(left), abs(right))


def same_quantity(one: Annotation, other: Annotation) -> bool:
    """True for one value in one unit, whatever it is called."""
    units = {_unit(thing.get("currency") or thing.get("unit")) for thing in (one, other)}
    return same_value(one, other) and len(units) == 1


def _unit(unit: object) -> str:
    name = str(unit or "").strip().lower()
    return _UNITS.get(name, name)


def _score_events(score: Score, wanted: Annotation, told: Annotation, optional: Annotation) -> None:
    given, right = list(told.get("events") or ()), list(wanted["events"])
    pairs = days.pair_events(given, right)
    used = {index for index, _ in pairs}
    passages = list(optional.get("events") or ())
    free = [
        event
        for index, event in enumerate(given)
        if index not in used
        and not any(days.overlap(event.get("evidence"), passage) >= _OPTIONAL_PASSAGE for passage in passages)
    ]
    matched = [(given[i], right[j]) for i, j in pairs]
    levels: dict[str, Callable[[days.Event, days.Event], bool]] = {
        "events_relaxed": lambda one, other: True,
        "events_strict": _same_when_and_where,
        "events_strict_with_status": lambda one, other: (
            _same_when_and_where(one, other) and one.get("status") == other["status"]
        ),
    }
    for name, same in levels.items():
        good = sum(same(one, other) for one, other in matched)
        score.count(name, good, len(free) + len(matched) - good, len(right) - good)
    counted = [*(one for one, _ in matched), *free]
    _sets(score, "event_dates", _periods(counted), _periods(right))
    _sets(score, "event_types", (str(event.get("type")) for event in counted), (event["type"] for event in right))
    for one, other in matched:
        _score_event(score, one, other, wanted)
    met = {index for _, index in pairs}
    for name in ("event_participants", "event_participants_role"):
        missed = sum(len(event["participants"]) for index, event in enumerate(right) if index not in met)
        score.count(name, 0, 0, missed)
    if not right:
        score.share(EVENTS_OUT_OF_NOTHING, len(given))


def _same_when_and_where(one: days.Event, other: days.Event) -> bool:
    return days.same_days(one, other) and one.get("country") == other.get("country")


def _periods(events: Iterable[days.Event]) -> list[str]:
    return [str(found) for found in map(days.period, events) if found is not None]


def _score_event(score: Score, told: days.Event, wanted: days.Event, document: Annotation) -> None:
    parties, right = list(told.get("participants") or ()), list(wanted["participants"])
    pairs = paired(parties, right, same_party)
    in_role = sum(_value(parties[i], "role") == right[j].get("role") for i, j in pairs)
    for name, found in (("event_participants", len(pairs)), ("event_participants_role", in_role)):
        score.count(name, found, len(parties) - found, len(right) - found)
    score.share("event_status", told.get("status") == wanted["status"])
    happened = [event.get("status") in HAPPENED for event in (told, wanted)]
    score.share("event_happened_or_not", happened[0] == happened[1])
    if not happened[1]:
        score.share(FALSE_OCCURRENCE, happened[0])
    if wanted.get("place"):
        place = {"name": wanted["place"], "also": wanted.get("place_also")}
        score.share("event_place", same_place(told.get("place") or "", place))
    score.share("event_precision", told.get("date_precision") == wanted["date_precision"])
    said = told.get("evidence") or ""
    score.share("event_evidence_in_text", bool(said) and normal(said) in normal(document["main_text"]))
    score.share("event_evidence_overlap", days.overlap(said, wanted["evidence"]))


def _score_head(score: Score, wanted: Annotation, told: Annotation) -> None:
    for name in ("published_on", "language"):
        said, right = told.get(name) or None, wanted[name]
        same = bool(right) and said == right
        score.count(name, same, bool(said) and not same, bool(right) and not same)
    same = normal(str(told.get("title") or "")) == normal(str(wanted["title"] or ""))
    score.count("title_exact", same, bool(told.get("title")) and not same, not same)
    score.share("title_token_f1", _token_rates(told.get("title"), wanted["title"])[2])
    kind = "html" if str(wanted["file"]).endswith(".html") else "txt"
    shares = _token_rates(told.get("main_text"), wanted["main_text"])
    for measure, value in zip(("precision", "recall", "f1"), shares, strict=True):
        for name in (f"main_text_{measure}", f"main_text_{measure}_{kind}"):
            score.share(name, 0.0 if measure == "precision" and not told.get("main_text") else value)


def _token_rates(told: object, wanted: object) -> tuple[float, float, float]:
    left, right = (Counter(re.findall(r"\w+", str(text or "").lower())) for text in (told, wanted))
    found = (left & right).total()
    return rates((found, left.total() - found, right.total() - found))
