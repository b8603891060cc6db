"""A name set behind an office and all that the office is of: le chef de la mission en Libye, Jean Roux.

Names right behind or right before an office are read in `persons.persons`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.persons.names import Name
from tasks.extract.persons.office_patterns import COMPLEMENT
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.persons.person_names import NameReader
from tasks.extract.text.forms import GROUPS
from tasks.extract.text.tokens import View

# Languages in which an office needs no word for "of": vodja delegacije.
_GENITIVE = frozenset({*GROUPS["hbs"], "sl"})


def past_complement(
    view: View, names: NameReader, office: OfficePhrase, offices: Sequence[OfficePhrase]
) -> Name | None:
    """Return the name behind the complement of an office and a comma.

    The complement opens with a word for "of", unless the office has a body already or the language has the genitive; it
    names no other office. The name must be sure, or end in a comma.

    Args:
        view: The text.
        names: Reads names in the text.
        office: The office.
        offices: All offices of the text.
    """
    complement = COMPLEMENT.match(view.text, office.end)
    if complement is None or any(office.end < other.start < complement.end() for other in offices):
        return None
    if not (complement.group("of") or office.organisation is not None or view.language in _GENITIVE):
        return None
    name = names.at(names.after_title(complement.end()))
    if name is None or not (names.is_surely(name) or view.text[name.end : name.end + 1] == ","):
        return None
    return name
