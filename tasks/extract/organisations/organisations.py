"""Organisations: listed names, bodies that every country has, and the abbreviations a text defines.

Names nobody has listed are found by `organisations.org_patterns`; what a short form ("the Agency") stands for is
decided in `organisations.coreference`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.organisations.home_country import HOME_OF_LANGUAGE, HomeCountry
from tasks.extract.organisations.org_patterns import pattern_organisations
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.repeats import find_repeats
from tasks.extract.text.tokens import SPACE, Candidate, View

# Between a country and the body it belongs to: Austria's Ministry, Lithuanian Police.
_BEFORE = re.compile(f"(?:['’]s?)?{SPACE}")
_LONGEST_BEFORE = 3
# Between an office and the abbreviation of a body.
_LED = re.compile(f"{SPACE}(?:(?:of|van|des|der|von|du|de|na){SPACE})?(?:(?:the|de|het){SPACE})?")
_LONGEST_LED = 12
_OF = "of|for|in|to|der|des|von|für|van|de|du|i|e|të|së|në|na|на|во|u|v|za|за"
_AFTER = re.compile(
    rf"(?:{SPACE}\([^()]{{1,12}}\))?{SPACE}(?P<word>)(?:(?:{_OF}){SPACE})?(?:(?:the|der|die|het|de){SPACE})?"
)
_BRACKET = re.compile(
    rf"{SPACE}?\((?:(?:hereinafter|further|toliau|im Folgenden|u daljem tekstu)[ :–-]{{0,3}})?[\"„“]?"
    r"([A-ZČŠŽĆĐËÇА-Я][\w&/+-]{1,11}(?:[ -][A-Z0-9]{1,6})?)[\"“”]?\)"
)
_ABBREVIATION = re.compile(r"[A-ZČŠŽĆĐÄÖÜËÇА-Я].*[A-ZČŠŽĆĐÄÖÜËÇА-Я]")
# Kinds of bodies that belong to a state, also where only the document tells to which.
_GOVERNMENT = "GOVERNMENT"
_NATIONAL = frozenset({"ministry", "national_agency", "police", "government_body"})


def find_organisations(view: View, hits: Hits, knowledge: Knowledge, home: HomeCountry) -> list[Candidate]:
    """Return the organisations of a text, short forms excepted; overlapping ones are not resolved yet."""
    listed = [_listed(hit) for hit in hits.of("organisation") if not hit.needs_context]
    named = longest([*listed, *_typed(view, hits, knowledge, home)])
    unknown = pattern_organisations(view, hits, named)
    _set_countries(unknown, named, home)
    found = longest([*named, *unknown])
    _same_as_bracket(view, found)
    named_ids = {candidate.fields.get("reference_id") for candidate in found}
    offices = hits.ending("office")
    context = [
        _candidate(hit, "organisation.context")
        for hit in hits.of("organisation")
        if hit.needs_context and (hit.entry.reference_id in named_ids or _is_led(view, hit, offices))
    ]
    return [*found, *context, *_defined(view, found, listed)]


def _is_led(view: View, hit: Hit, offices: Mapping[int, Hit]) -> bool:
    """True for an abbreviation right after an office: de directeur van de IND."""
    if not hit.is_abbreviation:
        return False
    ends = range(hit.start - 1, max(hit.start - _LONGEST_LED, -1), -1)
    return any(end in offices and _LED.fullmatch(view.text, end, hit.start) for end in ends)


def _listed(hit: Hit) -> Candidate:
    return _candidate(hit, "organisation.abbreviation" if hit.is_abbreviation else "organisation.name")


def _candidate(hit: Hit, rule: str) -> Candidate:
    # A row of the tables knows more than the sort of body does.
    return Candidate("organisation", hit.start, hit.end, rule, prior(rule), hit.entry.fields, priority=3)


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that lie in no longer one; of equal spans the one with the higher priority."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end, -c.priority, c.rule_id)):
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
        elif candidate.end > kept[-1].end and candidate.end - candidate.start > kept[-1].end - kept[-1].start:
            kept[-1] = candidate
    return kept


def _set_countries(unknown: Sequence[Candidate], named: Sequence[Candidate], home: HomeCountry) -> None:
    """Give an unlisted body the country of the listed one in its name, else, if it is a state's, of the document."""
    starting = {candidate.start: candidate for candidate in named}
    for candidate in unknown:
        if candidate.fields["country_code"] is not None:
            continue
        inner = starting.get(candidate.start)
        if inner is not None and candidate.contains(inner):
            candidate.fields["country_code"] = inner.fields.get("country_code")
        elif candidate.fields["subtype"] in _NATIONAL:
            candidate.fields["country_code"] = home.country()


# -- bodies that every country has
# ---------------------------------------------------------------------------------------


def _typed(view: View, hits: Hits, knowledge: Knowledge, home: HomeCountry) -> list[Candidate]:
    found = []
    for hit in hits.of("organisation_type"):
        candidate = _of_type(view, hit, hits, knowledge, home)
        if candidate is not None:
            found.append(candidate)
    return found


def _of_type(view: View, hit: Hit, hits: Hits, knowledge: Knowledge, home: HomeCountry) -> Candidate | None:
    sort = knowledge.types[hit.entry.reference_id]
    after = _country_after(view, hit, hits)
    before = _country_before(view, hit, hits) if after is None else None
    country = after or before
    if country is not None:
        code, rule = country.entry.country_code, "organisation.type_country"
    else:
        if sort.kind != "ministry" and not _is_name(view, hit):
            return None
        code, rule = _implied_country(view, hit, sort.needs_country, home)
        if code is None and sort.needs_country:
            return None
    start = before.start if before is not None else hit.start
    end = after.end if after is not None else hit.end
    reference = knowledge.by_type.get((hit.entry.reference_id, code or ""))
    if reference is not None:
        name = knowledge.organisations[reference].name
    else:
        name = sort.name(knowledge.territories[code]) if code is not None else view.text[start:end]
    fields: dict[str, object] = {
        "name": name,
        "reference_id": reference,
        "subtype": sort.kind,
        "country_code": None if sort.kind == "eu_institution" else code,
    }
    return Candidate("organisation", start, end, rule, prior(rule), fields, priority=2 if code else 0)


def _country_before(view: View, hit: Hit, hits: Hits) -> Hit | None:
    ending = hits.ending("territory")
    for end in range(hit.start - 1, max(hit.start - _LONGEST_BEFORE - 1, -1), -1):
        territory = ending.get(end)
        if territory is not None and _BEFORE.fullmatch(view.text, end, hit.start):
            return territory
    return None


def _country_after(view: View, hit: Hit, hits: Hits) -> Hit | None:
    match = _AFTER.match(view.text, hit.end)
    if match is None:
        return None
    starting = hits.starting("territory")
    # The small word may be part of the country's own name ("i Republikës"): then it stands right after the body.
    found = starting.get(match.end()) or starting.get(match.start("word"))
    if found is not None and any(head.start == found.end + 1 for head in hits.words("org_head")):
        # "the Migration Service of the Georgian Ministry of Justice": the adjective belongs to the next body.
        return None
    return found


def _is_name(view: View, hit: Hit) -> bool:
    """True for capitalised words, unless only the beginning of a sentence makes them so in a language of lower case."""
    opens = view.language != "en" and view.sentence(hit.start).start == hit.start
    return view.text[hit.start].isupper() and not opens


def _implied_country(view: View, hit: Hit, needs_country: bool, home: HomeCountry) -> tuple[str | None, str]:
    """Return the country of a body named without one, and the rule that tells it."""
    code = HOME_OF_LANGUAGE.get(view.language)
    if needs_country and hit.entry.subtype == "government":
        # Where a common noun is small, the capital says that it is the country's own: posėdžiavusi Vyriausybė.
        return (
            (code, "organisation.type_language")
            if code and hit.entry.reference_id == _GOVERNMENT
            else (None, "organisation.type")
        )
    if code is not None and hit.languages == frozenset({view.language}):
        return code, "organisation.type_language"
    if not needs_country and (code := home.country()) is not None:
        return code, "organisation.type_document"
    return None, "organisation.type"


# -- abbreviations
# -------------------------------------------------------------------------------------------------------


def _same_as_bracket(view: View, found: Sequence[Candidate]) -> None:
    """Give an unlisted name the identity of the listed one in the bracket after it: Evropska agencija … (Frontex)."""
    listed = {c.start: c for c in found if c.fields.get("reference_id") is not None}
    for candidate in found:
        if candidate.rule_id not in ("organisation.pattern", "organisation.bracket"):
            continue
        known = listed.get(candidate.end + 2)
        in_bracket = known is not None and view.text[candidate.end : candidate.end + 2] in (" (", "\u00a0(")
        if known is not None and in_bracket and view.text[known.end : known.end + 1] == ")":
            candidate.fields.update(known.fields)
            candidate.rule_id, candidate.confidence = "organisation.bracket", prior("organisation.bracket")


def _defined(view: View, found: Sequence[Candidate], listed: Sequence[Candidate]) -> list[Candidate]:
    """Return every place where an abbreviation stands that the text defines after a name, headlines included.

    Abbreviations that the reference tables know for sure are found anyway.
    """
    known = {view.text[candidate.start : candidate.end] for candidate in listed}
    defined: dict[str, Candidate] = {}
    for candidate in found:
        match = _BRACKET.match(view.text, candidate.end)
        if match is not None and match.group(1) not in known and _ABBREVIATION.match(match.group(1)):
            defined.setdefault(match.group(1), candidate)
    rule = "organisation.defined"
    return [
        Candidate("organisation", start, end, rule, prior(rule), {**named.fields, "antecedent": named}, priority=4)
        for form, start, end in find_repeats(view.text, defined)
        for named in (defined[form],)
    ]
