"""Places: listed ones, and capitalised words where only a place can stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extract.gazetteer import Hit
from tasks.extract.rules import prior
from tasks.extract.tokens import Candidate, View, fold

_LOCATIVE = frozenset(
    fold(word)
    for word in "in at near to from through around outside via u kod na iz do v pri iz į iš prie bei nach aus te in naar uit në nga во од кај".split()
)
_WORD = r"[A-ZČŠŽĆĐÄÖÜËÇĖĄĘĮŲŪА-ЯЈЉЊЏЌЃ][^\W\d_]{2,}"
_NAME = rf"{_WORD}(?:[ -](?:{_WORD}|pri|na|i|e)){{0,2}}"
# A sort of place beside a name: the Vaalimaa border crossing, municipality of Bužim, Zračna luka Zagreb.
_SORTED = re.compile(
    rf"(?P<n1>{_NAME}) (?:border crossing(?: point)?|border post|checkpoint|[Aa]irport|[Cc]anton|[Mm]unicipality|[Cc]ounty|[Dd]istrict|[Ii]sland|[Pp]rovince|[Pp]refecture)\b"
    rf"|\b(?:border crossing(?: point)?(?: of| at)?|municipality of|town of|city of|village of|island of|port of|grad|gradu|općina|općini|opštini|mjestu|selu|"
    rf"gemeente|stad|dorp|Gemeinde|Stadt|Ort|Insel|miestas|mieste|miesto|општина|градот|qyteti|qytetin|mestu|občina|občini) (?P<n2>{_NAME})"
)
_SORTS = frozenset(
    fold(word)
    for word in """crossing post checkpoint airport canton municipality county district island province prefecture town city
    village port grad gradu općina općini opštini mjestu selu gemeente stad dorp gemeinde stadt ort insel miestas mieste
    miesto општина градот qyteti qytetin mestu občina občini""".split()
)
# "in Ohrid (North Macedonia)", "in Neum, Bosnia and Herzegovina": an unknown town with its country.
_BEFORE_NAME = re.compile(
    rf"(?:^|[^\w])(?:in|at|near|from|u|kod|v|pri|bei|te|in|Prie|prie|në|во) (?P<name>{_NAME})(?P<link> \(|, )$"
)

# An act that happens somewhere, then a capitalised word: held in Ohrid, arrived at Chernelytsia.
_HELD = re.compile(
    rf"\b(?:held|met|meet|meets|meeting|conference|workshop|training|place|gathered|hosted|opened|arrived|arrive|signed|organised|organized|"
    rf"visited|centre|center|camp|office|stationed|deployed|landed|accommodated|based|located|born)(?: again| today| yesterday| jointly| near)? "
    rf"(?:in|at|near|to) (?:the (?:town|city|village) of )?(?P<name>{_WORD}(?: {_WORD})?)"
)
_HELD_GATE = frozenset({"held", "met", "meet", "meeting", "conference", "workshop", "training", "place", "gathered", "hosted", "opened",
                        "arrived", "signed", "organised", "organized", "visited", "centre", "center", "camp", "office", "landed"})  # fmt: skip
# The first words of a news item: BIHAĆ, November 19 (FENA) -
_DATELINE = re.compile(
    r"(?P<name>[A-ZČŠŽĆĐÄÖÜËÇĖĄĘĮŲŪА-ЯЈЉЊЏЌЃ]{3,}(?:[ -][A-ZČŠŽĆĐА-Я]{3,})?)(?:, [^\n]{3,30}?)?(?: \([A-ZČŠŽa-z]{2,12}\))? ?[–—-] "
)
_NO_PLACE = frozenset(
    fold(word)
    for word in """parliament government english german french council commission union april may june march july august january
    february september october november december monday tuesday wednesday thursday friday saturday sunday spring autumn
    european national international joint article annex part general public brussels-based press geneva-based""".split()
)


def find_places(view: View, hits: Sequence[Hit], taken: Sequence[Candidate]) -> list[Candidate]:
    """Return the places of a text outside the names already taken.

    Args:
        view: The text.
        hits: Gazetteer hits.
        taken: Organisations, persons, projects, whose names may hold names of towns.
    """
    found = [candidate for hit in hits if hit.entry.kind == "place" for candidate in _listed(view, hit)]
    spans = [(c.start, c.end) for c in (*taken, *found)]
    spans += [(hit.start, hit.end) for hit in hits if hit.entry.kind in ("territory", "region")]
    spans += [(hit.start, hit.end) for hit in hits if hit.entry.kind in ("office", "organisation_type", "instrument")]
    unknown = [*_sorted_places(view), *_with_country(view, hits), *_held(view), *_dateline(view)]
    return [*found, *(c for c in unknown if not any(s < c.end and c.start < e for s, e in spans))]


def _listed(view: View, hit: Hit) -> list[Candidate]:
    rule = "place.name"
    if hit.named.needs_context:
        index = view.token_index(hit.start)
        if index == 0 or view.tokens[index - 1].folded not in _LOCATIVE:
            return []
        rule = "place.context"
    entry = hit.entry
    fields: dict[str, object] = {
        "name": entry.name,
        "reference_id": entry.reference_id,
        "subtype": entry.subtype,
        "country_code": entry.country_code,
    }
    return [Candidate("place", hit.start, hit.end, rule, prior(rule), fields, priority=1)]


def _sorted_places(view: View) -> list[Candidate]:
    if not _SORTS & view.vocabulary:
        return []
    found = []
    for match in _SORTED.finditer(view.text):
        group = "n1" if match.group("n1") else "n2"
        sort = re.search(
            r"border|airport|canton|municipality|county|district|island|province", match.group(), re.IGNORECASE
        )
        subtype = {"border": "border_crossing"}.get(sort.group().lower(), sort.group().lower()) if sort else "town"
        start, end = match.span(group)
        fields: dict[str, object] = {"name": match.group(group), "subtype": subtype}
        found.append(Candidate("place", start, end, "place.pattern", prior("place.pattern"), fields))
    return found


def _held(view: View) -> list[Candidate]:
    if view.document.language not in ("en", "und") or not _HELD_GATE & view.vocabulary:
        return []
    found = []
    for match in _HELD.finditer(view.text):
        name, (start, end) = match.group("name"), match.span("name")
        first, *rest = name.split(" ")
        if fold(first) in _NO_PLACE or first.isupper():
            continue
        if rest and fold(rest[0]) in _NO_PLACE:
            end = start + len(first)
        fields: dict[str, object] = {"name": view.text[start:end], "subtype": None}
        found.append(Candidate("place", start, end, "place.pattern", prior("place.pattern"), fields))
    return found


def _dateline(view: View) -> list[Candidate]:
    match = _DATELINE.match(view.text, view.document.body_start)
    if match is None or fold(match.group("name")) in _NO_PLACE:
        return []
    start, end = match.span("name")
    name = "-".join(" ".join(w.capitalize() for w in part.split(" ")) for part in match.group("name").split("-"))
    fields: dict[str, object] = {"name": name, "subtype": None}
    return [Candidate("place", start, end, "place.pattern", prior("place.pattern"), fields)]


def _with_country(view: View, hits: Sequence[Hit]) -> list[Candidate]:
    found = []
    for hit in hits:
        if hit.entry.kind != "territory" or view.text[max(0, hit.start - 2) : hit.start] not in (" (", ", "):
            continue
        match = _BEFORE_NAME.search(view.text, max(0, hit.start - 60), hit.start)
        if match is None or (match.group("link") == " (" and view.text[hit.end : hit.end + 1] != ")"):
            continue
        if match.group("link") == ", " and view.text[hit.end : hit.end + 1] not in (",", ".", ";", ")"):
            # "in Skopje, Kosovo and Serbia agreed": the country may begin the next clause.
            continue
        fields: dict[str, object] = {
            "name": match.group("name"),
            "subtype": None,
            "country_code": hit.entry.country_code,
        }
        start, end = match.span("name")
        found.append(Candidate("place", start, end, "place.pattern", prior("place.pattern"), fields))
    return found
