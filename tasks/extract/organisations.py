"""Organisations: listed names, bodies that every country has, abbreviations, and capitalised names with a head noun.

What a short form ("the Agency") stands for is decided in `tasks.extract.coreference`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.home_country import HOME_OF_LANGUAGE, HomeCountry
from tasks.extract.knowledge import Knowledge
from tasks.extract.org_patterns import pattern_organisations
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View

# Between a country and the body it belongs to.
_BEFORE = re.compile(r"(?:['’]s?)?[ \u00a0]$")
_AFTER = re.compile(
    r"(?:[ \u00a0]\([^()]{1,12}\))?[ \u00a0](?P<word>)(?:(?:of|for|in|to|der|des|von|für|in|van|de|du|i|e|të|së|në|na|на|во|u|v|za|за)[ \u00a0])?"
    r"(?:(?:the|der|die|het|de)[ \u00a0])?"
)
_BRACKET = re.compile(
    r"[ \u00a0]?\((?:(?:hereinafter|further|toliau|im Folgenden|u daljem tekstu)[ :–-]*)?[\"„“]?([A-ZČŠŽĆĐËÇА-Я][\w&/+-]{1,11}(?:[ -][A-Z0-9]{1,6})?)[\"“”]?\)"
)
_ABBREVIATION = re.compile(r"[A-ZČŠŽĆĐÄÖÜËÇА-Я].*[A-ZČŠŽĆĐÄÖÜËÇА-Я]")
# Kinds of bodies that belong to a state, also where only the document tells to which.
_NATIONAL = frozenset({"ministry", "national_agency", "police", "government_body"})


def find_organisations(view: View, hits: Sequence[Hit], knowledge: Knowledge, home: HomeCountry) -> list[Candidate]:
    """Return the organisations of a text, short forms excepted; overlapping ones are not resolved yet."""
    listed = [_listed(hit) for hit in hits if hit.entry.kind == "organisation" and not hit.named.needs_context]
    typed = _typed(view, hits, knowledge, home)
    named = _longest([*listed, *typed])
    unknown = pattern_organisations(view, hits, named)
    for candidate in unknown:
        inner = [c.fields.get("country_code") for c in named if candidate.contains(c)]
        if candidate.fields["country_code"] is None and inner:
            candidate.fields["country_code"] = inner[0]
        if candidate.fields["country_code"] is None and candidate.fields["subtype"] in _NATIONAL:
            candidate.fields["country_code"] = home.country()
    found = _longest([*named, *unknown])
    _same_as_bracket(view, found)
    defined = _definitions(view, found)
    named_ids = {candidate.fields.get("reference_id") for candidate in found}
    context = [
        _candidate(hit, "organisation.context")
        for hit in hits
        if hit.entry.kind == "organisation" and hit.named.needs_context and hit.entry.reference_id in named_ids
    ]
    return [*found, *context, *_abbreviations(view, defined, hits)]


def _listed(hit: Hit) -> Candidate:
    return _candidate(hit, "organisation.abbreviation" if hit.named.form.exact else "organisation.name")


def _candidate(hit: Hit, rule: str) -> Candidate:
    entry = hit.entry
    fields: dict[str, object] = {
        "name": entry.name,
        "reference_id": entry.reference_id,
        "subtype": entry.subtype,
        "country_code": entry.country_code,
    }
    return Candidate("organisation", hit.start, hit.end, rule, prior(rule), fields, priority=1)


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that lie in no longer one; of equal spans the one with the higher priority."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end, -c.priority, c.rule_id)):
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
        elif candidate.end > kept[-1].end and candidate.end - candidate.start > kept[-1].end - kept[-1].start:
            kept[-1] = candidate
    return kept


# -- bodies that every country has -----------------------------------------------------------------------------------


def _typed(view: View, hits: Sequence[Hit], knowledge: Knowledge, home: HomeCountry) -> list[Candidate]:
    types = [hit for hit in hits if hit.entry.kind == "organisation_type"]
    if not types:
        return []
    territories = [hit for hit in hits if hit.entry.kind == "territory"]
    starts = {hit.start: hit for hit in reversed(territories)}
    found = []
    for hit in types:
        before = _country_before(view, hit, territories)
        after = _country_after(view, hit, starts)
        country = after or before
        start = before.start if before is not None and after is None else hit.start
        end = after.end if after is not None else hit.end
        code = country.entry.country_code if country is not None else None
        rule = "organisation.type_country"
        if code is None:
            opens = view.sentence(hit.start).start == hit.start and view.document.language != "en"
            if hit.entry.subtype != "ministry" and (opens or not view.text[hit.start].isupper()):
                continue
            code, rule = _implied_country(view, hit, knowledge, home)
            if code is None and knowledge.types[hit.entry.reference_id].needs_country:
                continue
        found.append(_of_type(view, hit, (start, end), code, rule, knowledge))
    return found


def _country_before(view: View, hit: Hit, territories: Sequence[Hit]) -> Hit | None:
    for territory in territories:
        if territory.end < hit.start and hit.start - territory.end <= 4:
            if _BEFORE.fullmatch(view.text[territory.end : hit.start]):
                return territory
    return None


def _country_after(view: View, hit: Hit, starts: dict[int, Hit]) -> Hit | None:
    match = _AFTER.match(view.text, hit.end)
    if match is None:
        return None
    # The small word may be part of the country's own name ("i Republikës"): then it stands right after the body.
    return starts.get(match.end()) or starts.get(match.start("word"))


def _implied_country(view: View, hit: Hit, knowledge: Knowledge, home: HomeCountry) -> tuple[str | None, str]:
    """Return the country of a body named without one, and the rule that tells it."""
    languages = hit.named.form.languages or frozenset()
    language = view.document.language
    if hit.entry.subtype == "government" and knowledge.types[hit.entry.reference_id].needs_country:
        return None, "organisation.type"
    if language in HOME_OF_LANGUAGE and languages == frozenset({language}):
        return HOME_OF_LANGUAGE[language], "organisation.type_language"
    if not knowledge.types[hit.entry.reference_id].needs_country and (code := home.country()) is not None:
        return code, "organisation.type_document"
    return None, "organisation.type"


def _of_type(
    view: View, hit: Hit, span: tuple[int, int], code: str | None, rule: str, knowledge: Knowledge
) -> Candidate:
    sort = knowledge.types[hit.entry.reference_id]
    reference = knowledge.by_type.get((hit.entry.reference_id, code or ""))
    if reference is not None:
        name = knowledge.organisations[reference].name
    elif code is not None:
        name = sort.name(knowledge.territories[code])
    else:
        name = view.text[span[0] : span[1]]
    fields: dict[str, object] = {
        "name": name,
        "reference_id": reference,
        "subtype": sort.kind,
        "country_code": None if sort.kind == "eu_institution" else code,
    }
    # The type is kept for `coreference`: a ministry without country is the one of the same sort named before.
    return Candidate("organisation", *span, rule, prior(rule), fields, priority=2 if code else 0)


def _same_as_bracket(view: View, found: Sequence[Candidate]) -> None:
    """Give an unlisted name the identity of the listed organisation in the bracket after it. Changes the fields in place."""
    listed = {c.start: c for c in found if c.fields.get("reference_id") is not None}
    for candidate in found:
        if candidate.rule_id not in ("organisation.pattern", "organisation.bracket"):
            continue
        opening = candidate.end + 1
        known = listed.get(opening + 1)
        if (
            known is not None
            and view.text[opening : opening + 1] == "("
            and view.text[known.end : known.end + 1] == ")"
        ):
            candidate.fields.update(known.fields)
            candidate.rule_id, candidate.confidence = "organisation.bracket", prior("organisation.bracket")


# -- abbreviations -----------------------------------------------------------------------------------------------------


def _definitions(view: View, found: Sequence[Candidate]) -> dict[str, Candidate]:
    """Return the abbreviations the text defines in brackets after a name."""
    defined: dict[str, Candidate] = {}
    for candidate in found:
        match = _BRACKET.match(view.text, candidate.end)
        if match is not None and _ABBREVIATION.match(match.group(1)):
            defined.setdefault(match.group(1), candidate)
    return defined


def _abbreviations(view: View, defined: dict[str, Candidate], hits: Sequence[Hit]) -> list[Candidate]:
    """Return every place where a defined abbreviation stands, also before its definition (headlines)."""
    if not defined:
        return []
    known = Counter(view.text[hit.start : hit.end] for hit in hits if hit.entry.kind == "organisation")
    found = []
    for abbreviation, named in sorted(defined.items()):
        if known[abbreviation] and not _is_ambiguous(abbreviation, hits, view):
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(abbreviation)}(?![\w])", view.text):
            fields = {**named.fields, "antecedent": named}
            rule = "organisation.defined"
            found.append(Candidate("organisation", *match.span(), rule, prior(rule), fields, priority=3))
    return found


def _is_ambiguous(abbreviation: str, hits: Sequence[Hit], view: View) -> bool:
    """True where the reference tables know the abbreviation only in context."""
    return all(
        hit.named.needs_context
        for hit in hits
        if hit.entry.kind == "organisation" and view.text[hit.start : hit.end] == abbreviation
    )
