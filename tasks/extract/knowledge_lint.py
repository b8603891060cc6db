"""What is wrong, or may be, with the knowledge files: the findings of `communique knowledge lint`.

Loading stops at the first defect; this lists all of them, and beside them what loads but may mislead: a form two rows
of one sort share, two forms that only case or diacritics tell apart, a row nothing can find, a frame without examples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.extract.events.claims import find_claims
from tasks.extract.frames.examples import example_document
from tasks.extract.frames.frame_model import Example, Frames
from tasks.extract.frames.frames import load_frames
from tasks.extract.knowledge.knowledge import load_knowledge, named_forms
from tasks.extract.knowledge.reference_tables import NAMED_KINDS, TO_BE_CHECKED, Tables, read_tables
from tasks.extract.text.gazetteer import NamedForm
from tasks.extract.text.tokens import fold
from warehouse.errors import ConfigurationError

# A form this short is found by chance: "it", "no".
_SHORTEST_FORM = 2
# The check that finds rows nobody has looked up.
UNCHECKED = "to_be_checked"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at.

    Attributes:
        severity: `error` where loading stops, `warning` else.
        check: Which check found it.
        where: File and line.
        message: What is the matter.
    """

    severity: str
    check: str
    where: str
    message: str


def lint(directory: Path) -> list[Finding]:
    """Return all findings, errors first, then by check and place.

    Args:
        directory: The reference tables, with `frames/` below.
    """
    try:
        tables = read_tables(directory)
        forms = named_forms(directory, tables)
    except ConfigurationError as error:
        return [_error("table", error, directory)]
    found = [*_ambiguous(forms), *_case_twins(forms), *_short(forms), *_unfindable(tables, forms, directory)]
    found.extend(_unchecked(tables, directory))
    try:
        load_knowledge(directory)
    except ConfigurationError as error:
        if not any(finding.severity == "error" for finding in found):
            found.append(_error("load", error, directory))
    found.extend(_frames(directory))
    return sorted(found)


def _error(check: str, error: ConfigurationError, directory: Path) -> Finding:
    return Finding("error", check, str(error.args[1] if len(error.args) > 1 else directory), str(error))


def _ambiguous(forms: Iterable[NamedForm]) -> Iterator[Finding]:
    """Forms that name two things in one language although neither needs context."""
    owners: dict[tuple[str, str, bool], NamedForm] = {}
    for named in forms:
        if named.entry.kind not in NAMED_KINDS or named.needs_context:
            continue
        for language in sorted(named.form.languages or {"*"}):
            key = (language, fold(named.form.written), named.form.exact)
            other = owners.setdefault(key, named)
            if (other.entry.kind, other.entry.reference_id) != (named.entry.kind, named.entry.reference_id):
                message = f"{named.form.written!r} ({language}) is also a form of {other.entry.reference_id}"
                yield Finding("error", "ambiguous", named.entry.where, message)
                break


def _case_twins(forms: Iterable[NamedForm]) -> Iterator[Finding]:
    """Abbreviations that only their capitals tell from a word another row has (IOM, iom)."""
    exact: dict[str, NamedForm] = {}
    loose: dict[str, NamedForm] = {}
    for named in forms:
        if named.entry.kind in NAMED_KINDS and not named.needs_context:
            (exact if named.form.exact else loose).setdefault(fold(named.form.written), named)
    for folded in sorted(exact.keys() & loose.keys()):
        one, other = exact[folded], loose[folded]
        if one.entry.reference_id != other.entry.reference_id:
            message = (
                f"{one.form.written!r} and {other.form.written!r} of {other.entry.reference_id} differ in case only"
            )
            yield Finding("warning", "case_twins", one.entry.where, message)


def _short(forms: Iterable[NamedForm]) -> Iterator[Finding]:
    for named in forms:
        if named.entry.kind in NAMED_KINDS and not named.needs_context and len(named.form.written) < _SHORTEST_FORM:
            yield Finding("warning", "short_form", named.entry.where, f"{named.form.written!r} will be found by chance")


def _unfindable(tables: Tables, forms: Iterable[NamedForm], directory: Path) -> Iterator[Finding]:
    """Rows without a single form of their own, and offices and types that no other row refers to nor any form finds."""
    found: dict[str, set[str]] = defaultdict(set)
    for named in forms:
        found[named.entry.kind].add(named.entry.reference_id)
    for table, kind, key in (
        ("organisations", "organisation", "organisation_id"),
        ("instruments", "instrument", "instrument_id"),
        ("offices", "office", "office_id"),
        ("organisation_types", "organisation_type", "type_id"),
        ("units", "unit", "unit"),
        ("topics", "topic", "topic"),
    ):
        for row in tables[table]:
            if row[key] not in found[kind]:
                where = f"{directory / table}.csv:{row.line}"
                yield Finding("warning", "unused", where, f"nothing in a text can find {row[key]}")


def _unchecked(tables: Tables, directory: Path) -> Iterator[Finding]:
    """Rows that are loaded although nobody has looked them up."""
    for table, rows in tables.items():
        for row in rows:
            if row.get("certainty") == TO_BE_CHECKED:
                where = f"{directory / table}.csv:{row.line}"
                yield Finding("warning", UNCHECKED, where, f"{next(iter(row.values()))}: {row['source']}")


def _frames(directory: Path) -> Iterator[Finding]:
    """Frames that do not load, and examples that do not come out as they say."""
    try:
        frames = load_frames(directory / "frames")
    except ConfigurationError as error:
        yield _error("frames", error, directory)
        return
    for example in frames.examples:
        wrong = _wrong(example, frames)
        if wrong is not None:
            yield Finding("error", "example", f"{example.path}:{example.line}", wrong)


def _wrong(example: Example, frames: Frames) -> str | None:
    """Return what is wrong with the claims of an example: their types, or who fills a role of them."""
    document, mentions = example_document(example)
    found, _ = find_claims(document, mentions, frames)
    claims = [claim for claim in found if claim.claim_type in example.types]
    wanted = [
        str(expected.get("type", claim.claim_type)) for expected, claim in zip(example.expect, claims, strict=False)
    ]
    if len(claims) != len(example.expect) or [claim.claim_type for claim in claims] != wanted:
        return f"{len(example.expect)} claims expected, found {[claim.claim_type for claim in claims]}"
    for claim, expected in zip(claims, example.expect, strict=True):
        for role, names in expected.items():
            if not isinstance(names, list):
                continue
            fillers = [a.mention for a in claim.arguments if a.role == role]
            told = sorted(m.reference_id if m.reference_id and m.reference_id in names else m.text for m in fillers)
            if told != sorted(names):
                return f"{role} of {claim.claim_type} is {told}, not {sorted(names)}"
    return None
