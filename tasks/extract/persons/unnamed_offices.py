"""Offices of holders the document does not name: "the Minister of the Interior of Albania", and no name anywhere.

Such a holder is no person of the text. The country or body that stands for the holder bears the office, so that others
can say who held it on that day; who that was is never decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tasks.extract.persons.affiliation import Affiliation
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.text.tokens import Candidate

# A text that names "Minister Jane Doe" of a state may mean her by "the interior minister" of that state.
_ANY_MINISTER = "MINISTER"


def mark_unnamed(
    offices: Sequence[OfficePhrase],
    named: Sequence[tuple[OfficePhrase, Affiliation]],
    territories: Iterable[Candidate],
    organisations: Iterable[Candidate],
) -> None:
    """Give countries and bodies the office whose unnamed holder they stand for. Changes the candidates.

    Args:
        offices: Offices of the text, in order; they do not overlap.
        named: Offices beside names, each with what it belongs to.
        territories: Countries of the text.
        organisations: Bodies of the text.
    """
    beside = {id(office) for office, _ in named}
    known = {key for office, where in named for key in _keys(office.office_id, where.country_code, where.reference_id)}
    known.update(key for office, _ in named for country in office.countries for key in _keys(office.office_id, country))
    states, bodies = list(territories), list(organisations)
    for office in offices:
        if id(office) in beside or office.former:
            continue
        body = office.organisation
        # Of "Minister of the Interior of Albania" Albania; a body in the phrase may bear a country in its own name.
        if body is not None:
            _mark(office, [found for found in bodies if found.span == body.span], known)
        outside = [
            found
            for found in states
            if office.start <= found.start and found.end <= office.end
            and not (body is not None and body.start <= found.start and found.end <= body.end)
        ]  # fmt: skip
        _mark(office, [found for found in outside if found.text_field("country_code") in office.countries], known)


def _mark(office: OfficePhrase, found: Sequence[Candidate], known: set[tuple[str, str]]) -> None:
    for candidate in found:
        own = _keys(office.office_id, candidate.text_field("country_code"), candidate.text_field("reference_id"))
        own |= _keys(_ANY_MINISTER, candidate.text_field("country_code"))
        if not own & known:
            candidate.fields["unnamed_office"] = office.title
            candidate.fields["unnamed_office_id"] = None if office.qualified else office.office_id


def _keys(office_id: str, *whose: str | None) -> set[tuple[str, str]]:
    """Return the office with each state or body it may belong to."""
    return {(office_id, one) for one in whose if one is not None}
