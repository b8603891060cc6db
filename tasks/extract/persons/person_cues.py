"""Names that a word beside them tells to be of a person in public life, where no office does.

Belongs here: honorifics and ranks, verbs of speech and of public acts, a party or country in brackets, colleagues, the
initial and surname of Lithuanian news. Offices and bodies are tied to names in `persons.persons`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extract.persons.names import Name
from tasks.extract.persons.person_names import NameReader
from tasks.extract.text.gazetteer import Hit, Hits
from tasks.extract.text.tokens import SPACE, View, fold

# Word class → rule: officials do these acts, so a name beside the verb is of one.
_PUBLIC_VERBS = (("speech", "person.speech"), ("public_act", "person.act"))
_COUNTERPART = "COUNTERPART"
# Between "colleague" and the name: kolega iz Latvije, his counterpart from Ghana,.
_COLLEAGUE_FROM = re.compile(f"{SPACE}(?:from|iš|iz|aus|uit|од|nga|of|de|du){SPACE}(?:the{SPACE})?")
_AFTER_COLLEAGUE = re.compile(f",?{SPACE}(?:(?:e|i|të){SPACE}(?:tij|saj|tyre){SPACE})?")
_LONGEST_FROM = 12
_LED_BY = re.compile(
    rf"\b[Dd]elegations?,?{SPACE}(?:(?:was|were|is|are|being){SPACE})?(?:jointly{SPACE})?"
    rf"(?:led|headed|spearheaded|chaired){SPACE}by{SPACE}(?:the{SPACE})?"
)
_LEADS = re.compile(
    rf",?{SPACE}(?:(?:has|is|will){SPACE})?(?:led|headed|leads|heads|lead|head|leading|heading){SPACE}"
    rf"(?:the|a){SPACE}(?:[^\W\d_]{{2,20}}{SPACE}){{0,2}}delegation\b"
)
# "as its new head", "to be the first director": words between an appointed person and the office.
_BEFORE_OFFICE = 3
_TO_OFFICE = frozenset({"as", "to", "its", "the", "their", "a", "his", "her", "new", "acting", "deputy"})
# V. Kazlauskas: Lithuanian news names by initial and surname whom they write about. Streets and prizes are not meant.
_NOT_A_PERSON_AFTER = frozenset({"g", "gatve", "gatveje", "gatves", "pr", "prospektas", "prospekte", "al", "premija"})
# Between a verb of speech and a name, what somebody does for a body: said IOM trainer, …; added UNHCR field officer ….
_WORK_BEFORE = re.compile(
    rf"{SPACE}(?:the{SPACE})?[A-Z]{{2,10}}(?:{SPACE}[A-Z][a-z]{{2,20}})?(?:{SPACE}[a-z-]{{3,20}}){{1,3}}(?P<comma>,?){SPACE}"
)
# KOZLOWSKI-BERG, Jan, before a bracket, a further sign or the end of the line.
_SURNAME_FIRST = re.compile(
    r"(?<![^\W_])(?P<surname>[^\W\d_a-z]{3,30}(?:-[^\W\d_a-z]{3,30})?),[ \u00a0](?P<given>[^\W\d_][^\W\d_A-Z]{2,20})"
    r"(?=[ \u00a0]\(|[;,)]|$)",
    re.MULTILINE,
)
# Written so before a name in small letters it is a ship: MS Bellriva.
_SHIPS = frozenset({"MS"})


class CuedNames:
    """Finds the names of one text that a cue tells.

    Args:
        view: The text.
        hits: Gazetteer hits.
        names: Reads names in the text.
    """

    def __init__(self, view: View, hits: Hits, names: NameReader) -> None:
        self._view = view
        self._hits = hits
        self._names = names

    def find(self) -> Iterator[tuple[Name, str]]:
        """Yield each name with the rule that found it; one name may come more than once."""
        yield from self._honorifics()
        yield from self._ranks()
        yield from self._parties()
        yield from self._speakers()
        yield from self._appointees()
        yield from self._colleagues()
        yield from self._of_countries()
        yield from self._initials()
        yield from self._surnames_first()

    def _sure(self, name: Name | None, rule: str) -> Iterator[tuple[Name, str]]:
        if name is not None and self._names.is_surely(name):
            yield name, rule

    def _honorifics(self) -> Iterator[tuple[Name, str]]:
        text = self._view.text
        for hit in self._hits.words("honorific"):
            end = hit.end + 1 if text[hit.end : hit.end + 1] == "." else hit.end
            name = self._names.at(self._names.after_title(end + 1)) if text[end : end + 1] in (" ", "\u00a0") else None
            if text[hit.start : hit.end] in _SHIPS and name is not None and not text[name.start : name.end].isupper():
                continue
            if name is not None and (name.is_full or len(name.surname) > 2):
                yield name, "person.honorific"

    def _ranks(self) -> Iterator[tuple[Name, str]]:
        text = self._view.text
        for hit in self._hits.words("rank"):
            name = self._names.at(self._names.after_title(hit.start))
            # A rank that is no common word is title enough: Captain, pulkininkas.
            is_title = fold(text[hit.start : hit.end]) not in self._view.words["rank_word"]
            if name is not None and is_title and name.is_full:
                yield name, "person.honorific"
            yield from self._sure(name, "person.honorific")

    def _parties(self) -> Iterator[tuple[Name, str]]:
        text = self._view.text
        for hit in self._hits.words("party"):
            if text[hit.start - 2 : hit.start] == " (" and text[hit.end : hit.end + 1] in ("),"):
                yield from self._sure(self._names.ending(hit.start - 2), "person.party")

    def _speakers(self) -> Iterator[tuple[Name, str]]:
        for words, rule in _PUBLIC_VERBS:
            for hit in self._hits.words(words):
                for name in (self._names.at(hit.end + 1), self._names.ending(hit.start - 1)):
                    yield from self._sure(name, rule)
                work = _WORK_BEFORE.match(self._view.text, hit.end)
                name = self._names.at(work.end()) if work is not None else None
                if name is not None and name.is_full and work is not None:
                    # A comma sets off nothing but a name; without one it has to look like a name.
                    yield from [(name, rule)] if work.group("comma") else self._sure(name, rule)
        for match in _LED_BY.finditer(self._view.text):
            name = self._names.at(self._names.after_title(match.end()))
            if name is not None and name.has_given_name:
                # Nobody but a person leads a delegation.
                yield name, "person.act"
        for match in _LEADS.finditer(self._view.text):
            name = self._names.ending(match.start())
            if name is not None and name.has_given_name:
                yield name, "person.act"

    def _appointees(self) -> Iterator[tuple[Name, str]]:
        """Find whom a body names to an office: named Ana Ilić head of the centre, elected Jan Berg as its chair."""
        appointing = self._view.words["appointing"]
        if self._view.vocabulary.isdisjoint(appointing):
            return
        tokens = self._view.tokens
        offices = {self._view.token_index(hit.start) for hit in self._hits.of("office")}
        for index, token in enumerate(tokens[:-1]):
            if token.folded not in appointing:
                continue
            name = self._names.at(tokens[index + 1].start)
            if name is None or not name.is_full:
                continue
            after = range(name.last + 1, min(name.last + 2 + _BEFORE_OFFICE, len(tokens)))
            office = next((at for at in after if at in offices), None)
            if office is not None and all(tokens[at].folded in _TO_OFFICE for at in range(name.last + 1, office)):
                yield from self._sure(name, "person.act")

    def _colleagues(self) -> Iterator[tuple[Name, str]]:
        """Find the name after a counterpart whose office the text does not tell: kolega iz Latvije Rihards Bergs."""
        countries = self._hits.starting("territory")
        for hit in self._hits.of("office"):
            if hit.entry.reference_id != _COUNTERPART:
                continue
            end = hit.end
            link = _COLLEAGUE_FROM.match(self._view.text, end)
            country: Hit | None = countries.get(link.end()) if link is not None else None
            after = _AFTER_COLLEAGUE.match(self._view.text, country.end if country is not None else end)
            if after is not None:
                yield from self._sure(self._names.at(self._names.after_title(after.end())), "person.honorific")

    def _of_countries(self) -> Iterator[tuple[Name, str]]:
        """Find names with their country in brackets, as lists of ministers have them: Bratislav Gašić (Serbia)."""
        text = self._view.text
        for hit in self._hits.of("territory"):
            if text[hit.start - 2 : hit.start] in (" (", "\u00a0(") and text[hit.end : hit.end + 1] == ")":
                yield from self._sure(self._names.ending(hit.start - 2), "person.country")

    def _initials(self) -> Iterator[tuple[Name, str]]:
        if self._view.language != "lt":
            return
        tokens = self._view.tokens
        for index in range(len(tokens) - 2):
            is_initial = len(tokens[index].text) == 1 and tokens[index].is_capitalised and tokens[index + 1].text == "."
            name = self._names.at(tokens[index].start) if is_initial else None
            if name is None or not name.is_full or name.has_given_name:
                continue
            after = tokens[name.last + 1].folded if name.last + 1 < len(tokens) else ""
            if after not in _NOT_A_PERSON_AFTER and name.start >= self._view.document.body_start:
                yield name, "person.initial"

    def _surnames_first(self) -> Iterator[tuple[Name, str]]:
        """Find the entries of lists of participants: KOZLOWSKI-BERG, Jan (Poland)."""
        for match in _SURNAME_FIRST.finditer(self._view.text):
            first = self._view.token_index(match.start())
            last = self._view.token_index(match.end()) - 1
            parts = (match.group("given"), match.group("surname"))
            name = Name(match.start(), match.end(), parts, first, last)
            blocked = any(self._names.is_blocked(token) for token in self._view.tokens[first : last + 1])
            if not blocked:
                yield from self._sure(name, "person.list")
