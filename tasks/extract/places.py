"""Places: listed ones, and capitalised words where only a place can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tasks.extract.rules import prior
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.spans import SpanMask
from tasks.extract.text.tokens import Candidate, View, fold

_CAPITAL = "A-ZČŠŽĆĐÄÖÜËÇĖĄĘĮŲŪÁÉÍÓÚÅØÆŁŚŹŻŃĦĠĊĢĶĻŅĀĒĪŞŘŤŇА-ЯЈЉЊЏЌЃ"
_WORD = rf"[{_CAPITAL}][^\W\d_]{{2,30}}"
_NAME = rf"{_WORD}(?:[ -](?:{_WORD}|pri|na|i|e)){{0,2}}"
# A sort of place beside a name: the Vaalimaa border crossing, municipality of Bužim, gradu Cazinu.
_SORTS_AFTER = (
    "border crossing(?: point)?|border post|checkpoint|[Aa]irport|[Cc]anton|"
    "[Mm]unicipality|[Cc]ounty|[Dd]istrict|"
    "[Ii]sland|[Pp]rovince|[Pp]refecture|[Rr]egion|canal|river|valley|camp|"
    "(?:(?:first|temporary) )?(?:reception|transit|accommodation|registration|refugee|asylum) (?:cent(?:re|er)|camp)"
)
_SORTS_BEFORE = (
    "(?:transit |reception |refugee |registration )?(?:cent(?:re|er)|camp|settlement) of|"
    "border crossing(?: point)?(?: of| at)?|municipality of|town of|city of|village of|island of|port of|grad|gradu|"
    "općina|općini|opštini|mjestu|selu|gemeente|stad|dorp|Gemeinde|Stadt|Ort|Insel|miestas|mieste|miesto|општина|градот|qyteti|"
    "qytetin|mestu|občina|občini"
)
_SORTED = re.compile(rf"\b(?P<n1>{_NAME}) (?:{_SORTS_AFTER})\b|\b(?:{_SORTS_BEFORE}) (?P<n2>{_NAME})")
# The Aflao and Elubo border posts.
_SORTED_PAIR = re.compile(
    rf"\b(?P<n1>{_WORD}) (?:and|und|en) (?P<n2>{_WORD}) (?:border (?:crossings|posts|crossing points)|checkpoints|"
    "airports|[Mm]unicipalities|[Dd]istricts|[Ii]slands|[Pp]rovinces|camps|"
    "(?:reception|transit) (?:cent(?:re|er)s|camps))\\b"
)
_SORT = re.compile(r"border|airport|canton|municipality|county|district|island|province|prefecture", re.IGNORECASE)
# "in Ohrid (North Macedonia)", "in Neum, Bosnia and Herzegovina": an unknown town with its country.
_BEFORE_COUNTRY = re.compile(
    rf"(?:^|[^\w])(?:in|at|near|from|u|kod|v|pri|bei|te|Prie|prie|në|во) (?P<name>{_NAME})(?P<link> \(|, )$"
)
_COUNTRY_WINDOW = 60
# An act that happens somewhere, then a capitalised word: held in Ohrid, arrived at Lipa.
_ACTS = (
    "held|met|meets?|meeting|conference|workshop|training|place|gathered|hosted|opened|arrived?|signed|organised|organized|"
    "visited|centre|center|camp|office|stationed|landed|accommodated|based|located"
)
_HELD = re.compile(
    rf"\b(?:{_ACTS})(?: again| today| yesterday| jointly| near)? (?:in|at|near|to) (?:the (?:town|city|village) of )?"
    rf"(?P<name>{_WORD}(?: {_WORD})?)"
)
# The first words of a news item: BIHAĆ, November 19 (FENA) -
_CAPITALS = f"[{_CAPITAL}]{{3,30}}"
_DATELINE = re.compile(
    rf"(?P<name>{_CAPITALS}(?:[ -]{_CAPITALS})?)(?:, [^\n]{{3,30}}?)?(?: \([A-ZČŠŽa-z]{{2,12}}\))? ?[–—-] "
)


# Languages that write a capital for names alone; German does for every noun.
_SPARING = frozenset({"en", "nl", "fr", "lt", "bs", "hr", "sr", "sh", "mk", "sl", "sq", "und"})
_SHORTEST = 4
_MOST_IN_LIST = 8
_INTERNATIONAL = " International"
_LITHUANIAN_CASES = (("oje", "a"), ("ėje", "ė"), ("uje", "us"), ("yje", "is"))
_LITHUANIAN_LOCATIVES = ("oje", "uje", "yje", "eje", "iuose", "uose", "ose")


def find_places(view: View, hits: Hits, named: Sequence[Candidate]) -> list[Candidate]:
    """Return the places of a text.

    Args:
        view: The text.
        hits: Gazetteer hits.
        named: Organisations, persons, projects: their names may hold what looks like a place.
    """
    found = [candidate for hit in hits.of("place") if (candidate := _listed(view, hit)) is not None]
    taken = SpanMask(len(view.text), (candidate.span for candidate in (*named, *found)))
    blocked = SpanMask(len(view.text), (candidate.span for candidate in named))
    for hit in hits.of("territory", "region", "office", "organisation_type", "instrument"):
        taken.add(hit.start, hit.end)
        blocked.add(hit.start, hit.end)
    # Helsinki-Vantaa airport is more than the Helsinki in it; which of the two stays is settled with all conflicts.
    for start, end, fields in _sorted(view):
        if not blocked.touches(start, end):
            found.append(Candidate("place", start, end, "place.pattern", prior("place.pattern"), fields))
            taken.add(start, end)
    for start, end, fields in (*_with_country(view, hits), *_pairs(view), *_held(view), *_dateline(view)):
        if not taken.touches(start, end):
            taken.add(start, end)
            found.append(Candidate("place", start, end, "place.pattern", prior("place.pattern"), fields))
    for hit in hits.words("relation"):
        taken.add(hit.start, hit.end)
    for start, end in _located(view, taken):
        fields = {"name": _nominative(view, start, end)}
        found.append(Candidate("place", start, end, "place.located", prior("place.located"), fields))
        taken.add(start, end)
    for start, end in _beside(view, found, taken):
        fields = {"name": _nominative(view, start, end)}
        found.append(Candidate("place", start, end, "place.located", prior("place.located"), fields))
    return found


def _beside(view: View, places: Sequence[Candidate], taken: SpanMask) -> Iterator[tuple[int, int]]:
    """Yield the capitalised words of a list that a place after a preposition opens: in Lesvos, *Kos* and *Chios*.

    A list is told by the conjunction before its last name; a comma alone may begin a clause.
    """
    if view.language not in _SPARING:
        return
    ends = {place.start: place.end for place in places}
    for place in places:
        before = view.word_before(place.start)
        is_located = before in view.words["located"] or before in view.words["locative"]
        if view.language == "lt":
            is_located = is_located or fold(view.text[place.start : place.end]).endswith(_LITHUANIAN_LOCATIVES)
        if is_located:
            yield from _rest_of_list(view, view.token_index(place.end), ends, taken)


def _rest_of_list(view: View, at: int, places: Mapping[int, int], taken: SpanMask) -> Iterator[tuple[int, int]]:
    """Yield the unlisted names of the list that goes on at a token, if it ends in a conjunction and a name."""
    new = []
    tokens = view.tokens
    for _ in range(_MOST_IN_LIST):
        if at + 1 >= len(tokens):
            return
        joint, token = tokens[at], tokens[at + 1]
        is_last = joint.folded in view.words["date_a"]
        if not is_last and joint.text != ",":
            return
        if token.start in places:
            at = view.token_index(places[token.start])
        elif token.is_capitalised and not token.is_upper and len(token.text) > 2 and _stands_alone(view, at + 1, taken):
            new.append((token.start, token.end))
            at += 2
        else:
            return
        if is_last:
            yield from new
            return


def _stands_alone(view: View, index: int, taken: SpanMask) -> bool:
    """Return whether a capitalised word is a name by itself, and nothing else that we know."""
    token = view.tokens[index]
    following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
    goes_on = following is not None and following.is_capitalised and following.start - token.end == 1
    joined = following is not None and following.start == token.end and following.text in "-–'’/"
    if goes_on or joined or taken.touches(token.start, token.end):
        return False
    return token.folded not in view.words["not_located"] | view.words["not_a_place"]


def _listed(view: View, hit: Hit) -> Candidate | None:
    rule = "place.name"
    if hit.needs_context:
        if view.word_before(hit.start) not in view.words["locative"]:
            return None
        rule = "place.context"
    return Candidate("place", hit.start, hit.end, rule, prior(rule), hit.entry.fields, priority=1)


_Pattern = tuple[int, int, dict[str, object]]


def _sorted(view: View) -> Iterator[_Pattern]:
    if view.vocabulary.isdisjoint(view.words["place_sort"]):
        return
    for match in _SORTED.finditer(view.text):
        group = "n1" if match.group("n1") else "n2"
        if group == "n1" and fold(match.group(group).split(" ")[0]) in view.words["not_a_place"]:
            continue
        start, end = match.span(group)
        end -= len(_INTERNATIONAL) if view.text[start:end].endswith(_INTERNATIONAL) else 0
        sort = _SORT.search(match.group())
        subtype = "town" if sort is None else sort.group().lower()
        yield start, end, {"name": view.text[start:end], "subtype": subtype.replace("border", "border_crossing")}


def _pairs(view: View) -> Iterator[_Pattern]:
    if view.vocabulary.isdisjoint(view.words["place_sort"]):
        return
    for match in _SORTED_PAIR.finditer(view.text):
        for group in ("n1", "n2"):
            if fold(match.group(group)) not in view.words["not_a_place"]:
                yield *match.span(group), {"name": match.group(group)}


def _with_country(view: View, hits: Hits) -> Iterator[_Pattern]:
    text = view.text
    for hit in hits.of("territory"):
        if text[max(0, hit.start - 2) : hit.start] not in (" (", ", "):
            continue
        match = _BEFORE_COUNTRY.search(text, max(0, hit.start - _COUNTRY_WINDOW), hit.start)
        # "in Skopje, Kosovo and Serbia agreed": after a comma the country may begin the next clause.
        closed = text[hit.end : hit.end + 1] in (")", ",", ".", ";")
        if match is not None and closed:
            fields: dict[str, object] = {"name": match.group("name"), "country_code": hit.entry.country_code}
            yield *match.span("name"), fields


def _held(view: View) -> Iterator[_Pattern]:
    if view.language not in ("en", "und") or view.vocabulary.isdisjoint(view.words["place_held"]):
        return
    for match in _HELD.finditer(view.text):
        start, end = match.span("name")
        first, *rest = match.group("name").split(" ")
        if fold(first) in view.words["not_a_place"] or first.isupper():
            continue
        if rest and fold(rest[0]) in view.words["not_a_place"]:
            end = start + len(first)
        yield start, end, {"name": view.text[start:end]}


def _located(view: View, taken: SpanMask) -> Iterator[tuple[int, int]]:
    """Yield capitalised words after a preposition of place that nothing else has claimed: in Gyumri, u Gradini.

    A word that the text also writes small, or that opens a name of several words, is left alone.
    """
    if view.language not in _SPARING:
        return
    small: frozenset[str] | None = None
    for index in view.capitalised:
        token, before = view.tokens[index], view.tokens[index - 1]
        if index == 0 or len(token.text) < _SHORTEST or token.start - before.end != 1 or token.is_upper:
            continue
        locative = view.language == "lt" and token.folded.endswith(_LITHUANIAN_LOCATIVES)
        is_case = locative and (before.text.islower() or before.text == ",")
        # Albanian writes its prepositions with an ë that the word lists do not keep.
        preposition = before.folded if view.language == "sq" and before.text.islower() else before.text
        if not is_case and preposition not in view.words["located"]:
            continue
        if small is None:
            small = frozenset([other.folded for other in view.tokens if other.text.islower()])
        if _stands_alone(view, index, taken) and token.folded not in small:
            yield token.start, token.end
        elif (compound := _compound(view, index, taken)) is not None:
            yield compound


def _compound(view: View, index: int, taken: SpanMask) -> tuple[int, int] | None:
    """Return the span of a name in two words that a hyphen joins: Grande-Synthe, Budel-Cranendonck."""
    if index + 2 >= len(view.tokens):
        return None
    first, hyphen, second = view.tokens[index : index + 3]
    touching = hyphen.text == "-" and first.end == hyphen.start and hyphen.end == second.start
    if not touching or not second.is_capitalised or second.is_upper or taken.touches(first.start, second.end):
        return None
    return (first.start, second.end) if _stands_alone(view, index + 2, taken) else None


def _nominative(view: View, start: int, end: int) -> str:
    """Return the name; a Lithuanian locative in the nominative: Lampedūzoje is in Lampedūza."""
    name = view.text[start:end]
    if view.language == "lt":
        for ending, nominative in _LITHUANIAN_CASES:
            if name.endswith(ending):
                return name.removesuffix(ending) + nominative
    return name


def _dateline(view: View) -> Iterator[_Pattern]:
    match = _DATELINE.match(view.text, view.document.body_start)
    if match is not None and fold(match.group("name")) not in view.words["not_a_place"]:
        yield *match.span("name"), {"name": match.group("name").title()}
