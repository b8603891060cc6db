"""The country a document reports from, for events of one country that the text gives no place.

A ministry that writes "the bill was tabled in November" does not say in which country; the reader knows from the bodies
and people of the text. The rule of the codebook: without a place it is the one country concerned.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from tasks.extract.annotations import Document, Mention
from tasks.extract.organisations.home_country import HOME_OF_LANGUAGE

# Set by hand. A national body or office holder acts for its country, most surely where its name says which ("Finnish
# Immigration Service") or it is a known one; the first country of a headline and a dateline tell whose news it is; a
# country, a nationality or a city named in passing tells little.
_KNOWN_BODY, _BODY, _PERSON, _NAMED, _PLACE = 2.0, 0.5, 0.5, 0.5, 0.5
_HEADLINE, _DATELINE = 3.0, 3.0
# A dateline opens the body: "BIHAĆ, November 19 (FENA) -".
_DATELINE_REACH = 2
# A dash behind the place, or behind the date or agency that follows it.
_DASH = re.compile(r"(?:,?[^.,;\n]{0,30})? ?(?:[–—]|-(?= )) ?")
# The leading country must weigh this many times the next one, else two are concerned.
_LEAD = 1.5
_CODE = 2
# Bodies that lie in a country without standing for it.
INTERNATIONAL = frozenset(
    {
        "supranational",
        "eu_institution",
        "eu_agency",
        "un_agency",
        "intergovernmental",
        "regional_initiative",
        "forum",
        "fund",
        "ngo",
    }
)


def reporting_country(document: Document, mentions: Sequence[Mention]) -> str | None:
    """Return the ISO code of the country that leads the text, or None where none does.

    Args:
        document: The text.
        mentions: Its mentions, by start.
    """
    if document.language in HOME_OF_LANGUAGE:
        return HOME_OF_LANGUAGE[document.language]
    weights: dict[str, float] = defaultdict(float)
    certain: set[str] = set()
    headline = next((m for m in mentions if m.kind == "territory" and m.start < document.body_start), None)
    body_end = 0
    for mention in mentions:
        if mention.kind == "organisation" and mention.subtype not in INTERNATIONAL:
            body_end = max(body_end, mention.end)
        if mention.country_code is None or len(mention.country_code) != _CODE:
            continue
        if mention is headline:
            weight = _HEADLINE
        elif mention.kind == "territory" and mention.end <= body_end:
            weight = _KNOWN_BODY - _BODY
        else:
            weight = _weight(document, mention)
        weights[mention.country_code] += weight
        if weight > _BODY:
            certain.add(mention.country_code)
    ranked = sorted(((weight, code) for code, weight in weights.items()), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] < _LEAD * ranked[1][0]):
        return None
    # Bodies and persons without a country of their own were given one from the text: they alone prove nothing.
    return ranked[0][1] if ranked[0][1] in certain else None


def dateline_country(document: Document, mentions: Sequence[Mention]) -> str | None:
    """Return the ISO code of the country in whose city, or in which, the dateline says the text was written, or None.

    Args:
        document: The text.
        mentions: Its mentions, by start.
    """
    for mention in mentions:
        behind = mention.start - document.body_start
        if behind > _DATELINE_REACH:
            return None
        if behind >= 0 and mention.kind in ("place", "territory") and mention.country_code is not None:
            return mention.country_code if _DASH.match(document.text, mention.end) else None
    return None


def _weight(document: Document, mention: Mention) -> float:
    """Return what a mention says about whose news it is; 0 for what says nothing."""
    if mention.kind == "organisation" and mention.subtype not in INTERNATIONAL:
        return _KNOWN_BODY if mention.reference_id is not None else _BODY
    if mention.kind == "place" and 0 <= mention.start - document.body_start <= _DATELINE_REACH:
        return _DATELINE
    return {"territory": _NAMED, "place": _PLACE, "person": _PERSON}.get(mention.kind, 0.0)
