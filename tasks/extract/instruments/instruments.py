"""Instruments: listed titles, numbered acts, terms for one sort of instrument with their complement, other titles.

The name is descriptive where the text gives no title: `readmission agreement between Belarus and the European Union`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.extract.instruments.instrument_spans import complement_end, genitives, has_subject, parties_end, prefix_start
from tasks.extract.instruments.instrument_titles import find_titles
from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.repeats import find_repeats
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View, fold

_ACT = re.compile(
    r"(?:(?:Council|Commission|Implementing|Delegated|Framework)[ \u00a0]){0,2}"
    r"(?P<head>Regulation|Directive|Decision|Verordnung|Richtlinie|Beschluss|Verordening|Richtlijn|Besluit|[Rr]eglament\w{1,3}|"
    r"[Dd]irektyv\w{1,3}|Uredb\w|Direktiv\w|Odluk\w|Règlement|Décision|Уредба|Директива)[ \u00a0]"
    r"(?:\((?:EU|EC|EEC|EG|EWG|CE|UE|ES|EZ|Euratom)\)[ \u00a0])?(?:No\.?[ \u00a0]|Nr\.?[ \u00a0]|br\.[ \u00a0])?"
    r"\d{1,4}/\d{1,4}(?:/(?:EU|EC|EEC|JHA|EG|ES|EZ|CE|UE))?|COM[ \u00a0]?\(\d{4}\)[ \u00a0]?\d{1,4}"
)
_ACT_NUMBER = re.compile(r"\d{1,4}/\d{1,4}(?:/[A-Z]{2,3})?|COM[ \u00a0]?\(\d{4}\)[ \u00a0]?\d{1,4}")
_ACT_GATE = re.compile(r"\d/\d|COM[ \u00a0]?\(")
# Head of an act, folded → kind; the other heads are regulations.
_ACT_KINDS = (
    ("eu_directive", ("directive", "richtlinie", "richtlijn", "direktyv", "direktiv", "директив")),
    ("eu_decision", ("decision", "beschluss", "besluit", "odluk", "com")),
)
# "visa and readmission agreements": one noun for two.
_COORDINATED = re.compile(
    r"\b(?P<first>visa(?:[ -](?:facilitation|liberalisation|waiver))?)s? (?:and|or) (?:on )?"
    r"(?P<second>readmission|returns?)"
    r"(?P<noun> (?:agreements?|accords?|deals?|treat(?:y|ies)))\b",
    re.IGNORECASE,
)
# "two agreements …, one on visa facilitation and one on the readmission of persons".
_ONE_ON = re.compile(
    r"\bone (?:on|for|about) (?P<topic>(?:the )?(?:visa facilitation|visas|readmission|return)\b)", re.IGNORECASE
)
_PLURAL_NOUN = re.compile(r"\b(?:agreements|accords|documents|texts|treaties|protocols)\b")
# Called nothing but by its sort: "a declaration", "an agreement", "the memorandum".
_BARE = re.compile(
    r"\b(?:an?|the|this|joint|final|common|bilateral|new) "
    r"(?P<head>agreement|accord|protocol|memorandum|declaration|treaty|action plan|roadmap|letter of intent)\b"
    r"(?! (?:of|on|for|between|with)\b)",
    re.IGNORECASE,
)
_BARE_KINDS = {
    "agreement": "agreement", "accord": "agreement", "protocol": "protocol", "memorandum": "mou", "treaty": "treaty",
    "declaration": "declaration", "action plan": "action_plan", "roadmap": "action_plan", "letter of intent": "mou",
}  # fmt: skip
# Kinds that a bare word may stand for, by the sort of word.
_AGREEMENTS = (
    "readmission_agreement", "visa_agreement", "status_agreement", "working_arrangement", "partnership_agreement",
    "agreement", "treaty",
)  # fmt: skip
_FAMILY = {**dict.fromkeys(_AGREEMENTS, "agreement"), "implementing_protocol": "protocol"}
_ACT_OF = re.compile(
    r"\b(?:sign|initial|conclud|adopt|endors|approv|ratif|agreed on|ended|closed with|end with|"
    r"put (?:their|his|her) name)",
    re.IGNORECASE,
)
# Conditions of terms that are no names by themselves, and of such as open a title.
_OPEN_CONDITIONS = frozenset({"about", "parties"})
_TITLE_CONDITIONS = frozenset({"title", "capital", "complement"})
_IMPLEMENTED = frozenset({"readmission_agreement", "visa_agreement", "status_agreement"})
_DEFINED = re.compile(r"[ \u00a0]\(([A-Z][A-Za-z]{1,9})\)")


def find_instruments(view: View, hits: Hits, act_numbers: Mapping[str, tuple[str, str]]) -> list[Candidate]:
    """Return the instruments of a text; overlapping ones are not resolved yet.

    Args:
        view: The text.
        hits: Gazetteer hits.
        act_numbers: Number of an act → (instrument id, name) of the reference table.
    """
    found = [_listed(hit) for hit in hits.of("instrument") if not hit.needs_context]
    found.extend(_acts(view, act_numbers))
    found.extend(_terms(view, hits, found))
    found.extend(find_titles(view, hits, found))
    found.extend(_bare(view, found))
    if view.language in ("en", "und"):
        found.extend(_coordinated(view))
    _cut_before_object(found)
    _name_after_object(view, found)
    return [*found, *_defined(view, found)]


def _candidate(
    span: tuple[int, int], rule: str, name: str, kind: str | None, reference: str | None = None
) -> Candidate:
    fields: dict[str, object] = {"name": re.sub(r"\s+", " ", name), "reference_id": reference, "subtype": kind}
    priority = 3 if rule == "instrument.act" else 2 if rule == "instrument.name" else 1
    return Candidate("instrument", *span, rule, prior(rule), fields, priority)


def _listed(hit: Hit) -> Candidate:
    entry = hit.entry
    return _candidate((hit.start, hit.end), "instrument.name", entry.name, entry.subtype, entry.reference_id)


def _acts(view: View, act_numbers: Mapping[str, tuple[str, str]]) -> list[Candidate]:
    """Acts of the Union with their number: Regulation (EU) 2024/1351, Directive 2008/115/EC, COM(2025) 101."""
    if not _ACT_GATE.search(view.text):
        return []
    found = []
    for match in _ACT.finditer(view.text):
        number = _ACT_NUMBER.search(match.group())
        reference, name = act_numbers.get(
            number.group().replace("\u00a0", " ") if number else "", (None, match.group())
        )
        head = fold(match.group("head") or "com")
        kind = next((kind for kind, heads in _ACT_KINDS if head.startswith(heads)), "eu_regulation")
        found.append(_candidate(match.span(), "instrument.act", name, kind, reference))
    return found


def _terms(view: View, hits: Hits, known: Sequence[Candidate]) -> list[Candidate]:
    taken = SpanMask(len(view.text), (candidate.span for candidate in known))
    # What a longer term says (protokol o izvajanju) tells the sort better than its first word does.
    certain = {hit.start for hit in hits.of("instrument_term") if hit.entry.name == "any"}
    found = []
    for hit in hits.of("instrument_term"):
        is_vague = hit.entry.name in _OPEN_CONDITIONS and hit.start in certain
        span = None if is_vague or taken.covers(hit.start) else _term_span(view, hit, hits)
        if span is not None:
            rule = "instrument.subject" if hit.entry.name in _OPEN_CONDITIONS else "instrument.term"
            found.append(_candidate(span, rule, view.text[span[0] : span[1]], hit.entry.reference_id))
    return found


def _term_span(view: View, hit: Hit, hits: Hits) -> tuple[int, int] | None:
    """Return the whole name around a term, or None where the term's condition does not hold."""
    condition = hit.entry.name
    start = prefix_start(view, hit.start, hits)
    parties = parties_end(view, hit.end, hits)
    end = complement_end(view, hit.end)
    if end == hit.end:
        end = parties
    is_title, is_completed = view.text[hit.start].isupper() and view.language != "de", end > hit.end
    if condition in _TITLE_CONDITIONS and not is_completed:
        whole = genitives(view, start, end)
        is_completed = whole != (start, end)
        is_title = is_title or whole[0] < start
        start, end = whole
    holds = {
        "any": True,
        # A law needs its title: Law on the Legal Status of Aliens.
        "title": is_title and is_completed,
        # Any agreement is one when the text says between whom.
        "parties": parties > hit.end,
        # Or on what: agreement on the exchange of liaison officers, bill on a shorter time limit.
        "about": has_subject(view, hit.end),
        "capital": is_title and (is_completed or start < hit.start),
        "complement": is_completed or is_title or start < hit.start,
    }
    return (start, end) if holds[condition] else None


def _coordinated(view: View) -> list[Candidate]:
    rule = "instrument.coordinated"
    found = []
    for match in _COORDINATED.finditer(view.text):
        noun = re.sub(r"ies$", "y", match.group("noun").strip()).rstrip("s")
        visa, readmission = f"{match.group('first')} {noun}", f"{match.group('second')} {noun}"
        found.append(_candidate(match.span("first"), rule, visa, "visa_agreement"))
        found.append(_candidate((match.start("second"), match.end("noun")), rule, readmission, "readmission_agreement"))
    for match in _ONE_ON.finditer(view.text):
        if not _PLURAL_NOUN.search(view.text, view.sentence(match.start()).start, match.start()):
            continue
        end = complement_end(view, match.end())
        kind = "visa_agreement" if "visa" in match.group("topic").lower() else "readmission_agreement"
        topic = view.text[match.start("topic") : end]
        found.append(_candidate((match.start(), end), rule, f"agreement on {topic}", kind))
    return found


def _bare(view: View, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the first agreement, protocol, … that is signed, adopted or presented and of which no name is told.

    The announcement of a signing may call the instrument nothing but "a memorandum"; where it names one of that sort
    elsewhere, that is the one.
    """
    told = {_FAMILY.get(str(candidate.fields["subtype"]), candidate.fields["subtype"]) for candidate in found}
    bare: list[Candidate] = []
    for match in _BARE.finditer(view.text) if view.language in ("en", "und") else ():
        kind = _BARE_KINDS[match.group("head").lower()]
        sentence = view.sentence(match.start())
        if _FAMILY.get(kind, kind) in told or not _ACT_OF.search(view.text, sentence.start, sentence.end):
            continue
        told.add(_FAMILY.get(kind, kind))
        bare.append(_candidate(match.span("head"), "instrument.bare", match.group("head").lower(), kind))
    return bare


def _cut_before_object(found: Sequence[Candidate]) -> None:
    """End the mention of a protocol before the agreement it implements; its name keeps both. Changes the candidates."""
    objects = (
        c for c in found if c.fields.get("subtype") in _IMPLEMENTED and not _PLURAL_NOUN.search(str(c.fields["name"]))
    )
    inner = sorted(objects, key=lambda c: c.start)
    for candidate in found:
        if candidate.fields.get("subtype") not in ("implementing_protocol", "protocol"):
            continue
        object_ = next((c for c in inner if candidate.start < c.start < candidate.end), None)
        if object_ is not None:
            candidate.end = object_.start - 1


def _name_after_object(view: View, found: Sequence[Candidate]) -> None:
    """Name a protocol after the agreement that follows it: protokol kojim se sprovodi Sporazum … Changes the fields."""
    starts = {candidate.start: candidate for candidate in found}
    for candidate in found:
        following = starts.get(candidate.end + 1)
        if candidate.fields.get("subtype") == "implementing_protocol" and following is not None:
            candidate.fields["name"] = re.sub(r"\s+", " ", view.text[candidate.start : following.end])


def _defined(view: View, found: Sequence[Candidate]) -> list[Candidate]:
    """Return abbreviations that the text defines after an instrument: (EPCA)."""
    defined: dict[str, Candidate] = {}
    for candidate in found:
        match = _DEFINED.match(view.text, candidate.end)
        if match is not None and sum(char.isupper() for char in match.group(1)) > 1:
            defined.setdefault(match.group(1), candidate)
    rule = "instrument.defined"
    return [
        Candidate("instrument", start, end, rule, prior(rule), {**named.fields, "antecedent": named})
        for form, start, end in find_repeats(view.text, defined)
        for named in (defined[form],)
    ]
