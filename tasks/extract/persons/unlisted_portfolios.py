"""Portfolios no table has, with the name right behind them: State Secretary for Return Policy Jane Doe.

Nothing but capitals tells the portfolio from the name: the given names say where the name begins.
"""

from __future__ import annotations

import re

from tasks.extract.persons.names import Name
from tasks.extract.persons.offices import OfficePhrase
from tasks.extract.persons.person_names import NameReader
from tasks.extract.text.tokens import SPACE, View

_CAPITAL = f"(?:(?:and|&){SPACE})?[A-Z][a-z]{{2,30}}"
# What is left of the portfolio: after of, for, a comma or "and", or the words that follow those the tables know.
_AHEAD = re.compile(
    f"(?:{SPACE}(?:of|for){SPACE}(?:the{SPACE})?|,?{SPACE})(?P<words>{_CAPITAL}(?:,?{SPACE}{_CAPITAL}){{0,6}})"
)
_WORD = re.compile("[A-Z]")


def name_past_portfolio(view: View, names: NameReader, office: OfficePhrase) -> Name | None:
    """Return the name behind a portfolio nobody lists; the office then ends with its portfolio.

    Args:
        view: The text.
        names: Reads names in the text.
        office: An office without a country or body behind it; changed where a name is found.

    Returns:
        A name of two words or more that opens with a given name of the tables; None where there is none.
    """
    ahead = _AHEAD.match(view.text, office.end) if office.title_end == office.end else None
    if ahead is None or (ahead.group().startswith(", ") and " and " not in ahead.group()):
        # "The director, Jane Doe": an apposition, not a list of fields.
        return None
    for word in _WORD.finditer(view.text, ahead.start("words") + 1, ahead.end()):
        name = names.at(word.start())
        end = word.start() - 1
        if name is not None and names.is_surely(name) and _WORD.search(view.text, office.end, end):
            office.title += view.text[office.title_end : end]
            office.title_end = office.end = end
            return name
    return None
