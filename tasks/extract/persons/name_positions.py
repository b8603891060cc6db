"""Where a name may stand beside an office or a body: past an adjective, in front of a body, behind a signature."""

from __future__ import annotations

import re

from tasks.extract.persons.names import Name
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.persons.person_links import OF_BODY, OF_ORGANISATION
from tasks.extract.persons.person_names import NameReader
from tasks.extract.text.tokens import SPACE, Candidate, View

_LONGEST_OF = 40
# The signature of a body, then the name: on behalf of Frontex by Hans Leijtens.
_SIGNED_BY = re.compile(f",?{SPACE}(?:by|von|door){SPACE}")
# Shorter words between an office and a name join two clauses.
_SHORTEST_ADJECTIVE = 5
# How far before a phrase its link to a name may reach.
_WINDOW = 60


def past_adjective(view: View, names: NameReader, offset: int) -> Name | None:
    """Return what is surely a name after one small word: le ministre sénégalais Jean Baptiste Tine."""
    word = view.token_at(offset)
    if word is None or not word.text.islower() or not word.is_word or len(word.text) < _SHORTEST_ADJECTIVE:
        return None
    name = names.at(word.end + 1)
    return name if name is not None and names.is_surely(name) else None


def before_body(view: View, names: NameReader, office: OfficePhrase) -> Name | None:
    """Return the name in front of a body and its office: "Jane Doe, Europol's Executive Director"."""
    match = OF_BODY.search(view.text, max(office.start - _WINDOW, 0), office.start)
    name = names.ending(match.start()) if match is not None and view.language == "en" else None
    return name if name is not None and name.is_full and name.has_given_name else None


def name_tied_to(view: View, names: NameReader, organisation: Candidate) -> Name | None:
    """Return the name that a small word, brackets or a signature ties to an organisation."""
    text = view.text
    link = OF_ORGANISATION.search(text, max(organisation.start - _LONGEST_OF, 0), organisation.start)
    if link is not None:
        return names.ending(link.start())
    signed = _SIGNED_BY.match(text, organisation.end)
    return names.at(signed.end()) if signed is not None else None
