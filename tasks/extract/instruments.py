"""Instruments: listed titles, numbered acts, terms for one sort of instrument with what completes them, capitalised titles.

The name is descriptive where the text gives no title: `readmission agreement between Belarus and the European Union`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.instrument_spans import complement_end, parties_end, prefix_start
from tasks.extract.instrument_titles import find_titles
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View

_ACT = re.compile(
    r"(?:(?:Council|Commission|Implementing|Delegated|Framework)[ \u00a0]){0,2}"
    r"(?P<head>Regulation|Directive|Decision|Verordnung|Richtlinie|Beschluss|Verordening|Richtlijn|Besluit|[Rr]eglament\w{1,3}|"
    r"[Dd]irektyv\w{1,3}|Uredb\w|Direktiv\w|Odluk\w|Règlement|Décision|Уредба|Директива)[ \u00a0]"
    r"(?:\((?:EU|EC|EEC|EG|EWG|CE|UE|ES|EZ|Euratom)\)[ \u00a0])?(?:No\.?[ \u00a0]|Nr\.?[ \u00a0]|br\.[ \u00a0])?"
    r"\d{1,4}/\d{1,4}(?:/(?:EU|EC|EEC|JHA|EG|ES|EZ|CE|UE))?|COM[ \u00a0]?\(\d{4}\)[ \u00a0]?\d{1,4}"
)
_ACT_NUMBER = re.compile(r"\d{1,4}/\d{1,4}(?:/[A-Z]{2,3})?|COM[ \u00a0]?\(\d{4}\)[ \u00a0]?\d{1,4}")
_ACT_KINDS = (
    ("eu_directive", ("directive", "richtlinie", "richtlijn", "direktyv", "direktiv", "директив")),
    ("eu_decision", ("decision", "beschluss", "besluit", "odluk", "décision", "COM")),
)
_ACT_GATE = re.compile(r"\d/\d|COM[ \u00a0]?\(")
# "visa and readmission agreements": one noun for two.
_COORDINATED = re.compile(
    r"\b(?P<first>visa(?:[ -](?:facilitation|liberalisation|waiver))?)(?:s)? (?:and|or) (?:on )?(?P<second>readmission|returns?)(?P<noun> (?:agreements?|accords?|deals?|treat(?:y|ies)))\b",
    re.IGNORECASE,
)
# "two agreements …, one on visa facilitation and one on the readmission of persons".
_ONE_ON = re.compile(
    r"\bone (?P<link>on|for|about) (?P<topic>(?:the )?(?:visa facilitation|visas|readmission|return)\b)", re.IGNORECASE
)
_PLURAL_NOUN = re.compile(r"\b(?:agreements|accords|documents|texts|treaties|protocols)\b")
_DEFINED = re.compile(r"[ \u00a0]\(([A-Z][A-Za-z]{1,9})\)")


def find_instruments(view: View, hits: Sequence[Hit], references: Mapping[str, tuple[str, str]]) -> list[Candidate]:
    """Return the instruments of a text; overlapping ones are not resolved yet.

    Args:
        view: The text.
        hits: Gazetteer hits.
        references: Number of an act → (instrument id, name) of the reference table.
    """
    listed = [_listed(hit) for hit in hits if hit.entry.kind == "instrument" and not hit.named.needs_context]
    found = [*listed, *_acts(view, references)]
    found.extend(_terms(view, hits, found))
    found.extend(find_titles(view, hits, found))
    found.extend(_coordinated(view))
    _name_after_object(view, found)
    return [*found, *_abbreviations(view, found)]


def _listed(hit: Hit) -> Candidate:
    entry = hit.entry
    fields: dict[str, object] = {"name": entry.name, "reference_id": entry.reference_id, "subtype": entry.subtype}
    return Candidate("instrument", hit.start, hit.end, "instrument.name", prior("instrument.name"), fields, priority=2)


def _acts(view: View, references: Mapping[str, tuple[str, str]]) -> list[Candidate]:
    """Acts of the Union with their number: Regulation (EU) 2024/1351, Directive 2008/115/EC, COM(2025) 101."""
    if not _ACT_GATE.search(view.text):
        return []
    found = []
    for match in _ACT.finditer(view.text):
        number = _ACT_NUMBER.search(match.group())
        reference, name = references.get(number.group().replace("\u00a0", " ") if number else "", (None, match.group()))
        head = (match.group("head") or "COM").lower()
        kind = next(
            (kind for kind, heads in _ACT_KINDS if head.startswith(tuple(h.lower() for h in heads))), "eu_regulation"
        )
        fields: dict[str, object] = {"name": name, "reference_id": reference, "subtype": kind}
        found.append(
            Candidate("instrument", *match.span(), "instrument.act", prior("instrument.act"), fields, priority=3)
        )
    return found


def _terms(view: View, hits: Sequence[Hit], known: Sequence[Candidate]) -> list[Candidate]:
    found = []
    for hit in hits:
        if hit.entry.kind != "instrument_term" or any(c.start <= hit.start < c.end for c in known):
            continue
        candidate = _term(view, hit, hits)
        if candidate is not None:
            found.append(candidate)
    return found


def _term(view: View, hit: Hit, hits: Sequence[Hit]) -> Candidate | None:
    condition, kind = hit.entry.name, hit.entry.reference_id
    start = prefix_start(view, hit, hits)
    end = complement_end(view, hit.end)
    if end == hit.end:
        end = parties_end(view, hit.end, hits)
    is_title = view.text[hit.start].isupper() and view.document.language not in ("de",)
    if condition == "title":
        # A law needs its title: Law on the Legal Status of Aliens, Zakon o strancima.
        if not is_title or end == hit.end:
            return None
    elif condition == "parties":
        # Any agreement is one when the text says between whom.
        if parties_end(view, hit.end, hits) == hit.end:
            return None
    elif condition == "capital" and not (is_title and (start < hit.start or end > hit.end)):
        return None
    elif condition == "complement" and end == hit.end and start == hit.start and not is_title:
        return None
    text = view.text[start:end]
    fields: dict[str, object] = {"name": _description(text), "subtype": kind}
    return Candidate("instrument", start, end, "instrument.term", prior("instrument.term"), fields, priority=1)


def _name_after_object(view: View, found: Sequence[Candidate]) -> None:
    """A protocol is named after the agreement it implements, which follows it: protokol kojim se sprovodi Sporazum …"""
    starts = {candidate.start: candidate for candidate in found}
    for candidate in found:
        following = starts.get(candidate.end + 1)
        if candidate.fields.get("subtype") == "implementing_protocol" and following is not None:
            candidate.fields["name"] = _description(view.text[candidate.start : following.end])


def _description(text: str) -> str:
    """Return the name as a description: one space between words."""
    return re.sub(r"\s+", " ", text)


def _coordinated(view: View) -> list[Candidate]:
    if view.document.language not in ("en", "und"):
        return []
    found = []
    for match in _COORDINATED.finditer(view.text):
        noun = re.sub(r"ies$", "y", match.group("noun").strip()).rstrip("s")
        visa = {"name": f"{match.group('first')} {noun}", "subtype": "visa_agreement"}
        readmission = {"name": f"{match.group('second')} {noun}", "subtype": "readmission_agreement"}
        rule = "instrument.coordinated"
        found.append(Candidate("instrument", match.start("first"), match.end("first"), rule, prior(rule), dict(visa)))
        found.append(
            Candidate("instrument", match.start("second"), match.end("noun"), rule, prior(rule), dict(readmission), 3)
        )
    for match in _ONE_ON.finditer(view.text):
        sentence = view.sentence(match.start())
        if not _PLURAL_NOUN.search(view.text, sentence.start, match.start()):
            continue
        end = complement_end(view, match.end())
        topic = view.text[match.start("topic") : end]
        kind = "visa_agreement" if "visa" in topic.lower()[:8] else "readmission_agreement"
        rule = "instrument.coordinated"
        fields: dict[str, object] = {"name": f"agreement on {topic}", "subtype": kind}
        found.append(Candidate("instrument", match.start(), end, rule, prior(rule), fields))
    return found


def _abbreviations(view: View, found: Sequence[Candidate]) -> list[Candidate]:
    """Abbreviations that the text defines after an instrument: (EPCA)."""
    out = []
    for candidate in found:
        match = _DEFINED.match(view.text, candidate.end)
        if match is None or sum(char.isupper() for char in match.group(1)) < 2:
            continue
        for again in re.finditer(rf"(?<![\w-]){re.escape(match.group(1))}(?!\w)", view.text):
            fields = {**candidate.fields, "antecedent": candidate}
            out.append(Candidate("instrument", *again.span(), "instrument.short", 0.85, fields))
    return out
