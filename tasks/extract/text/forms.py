"""How names are written in the knowledge files: `language:form`, with `+` where a word is inflected.

``lt:Lietuv+`` stands for Lietuva, Lietuvos, Lietuvai, … in Lithuanian documents; ``*:EUAA`` for itself in any. The
endings that `+` may stand for are knowledge as well (`inflections.csv`), and `…` for a few words of the same clause. A
form that begins with a capital must begin with one in the text; an abbreviation (capitals only) must stand as it is
written; any other form may stand in any case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tasks.extract.text.tokens import fold, words_only
from warehouse.errors import ConfigurationError
from warehouse.serbian import to_serbian_cyrillic

# Codes that stand for several languages: one body of forms serves them all.
GROUPS: dict[str, tuple[str, ...]] = {"hbs": ("bs", "hr", "sr", "sh")}
LANGUAGE_TAGS = ("*", "en", "lt", "nl", "de", "fr", "hbs", "mk", "sq", "sl")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name.

    Attributes:
        written: As it stands in the knowledge file, without the language.
        languages: Languages it is valid in; None for all.
        anchor: Folded literal text that must stand at a word start before anything else is tried.
        pattern: Regular expression of an inflected form, over folded text; None for a literal.
        exact: The text must equal `written`, letter by letter (abbreviations).
        capital: The first letter must be a capital.
    """

    written: str
    languages: frozenset[str] | None
    anchor: str
    pattern: str | None
    exact: bool
    capital: bool

    def match(self, text: str, folded: str, start: int) -> int | None:
        """Return the end of the form if it stands at `start`, else None."""
        if self.pattern is not None:
            found = _compiled(self.pattern).match(folded, start)
            if found is None or (self.capital and not text[start].isupper()):
                return None
            return found.end()
        end = start + len(self.anchor)
        if self.exact:
            return end if text[start:end] == self.written else None
        if folded[start:end] != self.anchor or (self.capital and not text[start].isupper()):
            return None
        return end


def is_abbreviation(written: str) -> bool:
    """True for a word of capitals (EUAA, DG HOME, DT&V), whose case tells it from a common word."""
    letters = [char for char in written if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


# What `…` stands for: up to eighty characters of the same clause.
_GAP = r"[^.;:()\n]{0,80}? "


def _pattern(folded: str, endings: str) -> str:
    pieces = [re.escape(piece).replace("…\\ ", _GAP) for piece in folded.split("+")]
    return f"(?:{endings})?".join(pieces) + r"(?![^\W_])"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile when a text first holds the stem: of thousands of patterns a run needs a few hundred."""
    return re.compile(pattern)


class FormReader:
    """Reads forms with the endings of each language.

    Args:
        endings: Language tag → folded endings.
    """

    def __init__(self, endings: Mapping[str, tuple[str, ...]]) -> None:
        self._alternatives = {
            tag: "|".join(sorted({re.escape(fold(ending)) for ending in found if ending}, key=lambda e: (-len(e), e)))
            for tag, found in endings.items()
        }

    def read(self, cell: str, where: str) -> list[Form]:
        """Return the forms of one cell (`;` between them); Serbian forms also in Cyrillic.

        Raises:
            ConfigurationError: A form names no known language, is empty, or is inflected in all languages at once.
        """
        forms: list[Form] = []
        for raw in cell.split(";"):
            item = raw.strip()
            if not item:
                continue
            tag, colon, written = item.partition(":")
            if not colon or tag not in LANGUAGE_TAGS or not written.strip():
                raise ConfigurationError(
                    f"{item!r} is not `language:form`",
                    where,
                    f"Write one of {', '.join(LANGUAGE_TAGS)} before the colon.",
                )
            forms.append(self.make(tag, written.strip(), where))
            if tag == "hbs" and not is_abbreviation(written):
                forms.append(self.make(tag, to_serbian_cyrillic(written.strip()), where))
        return forms

    def spellings(self, cell: str, where: str) -> list[tuple[str, str]]:
        """Return (language, folded word) for every spelling of every form of a cell, endings written out.

        For function words that are looked up token by token.

        Raises:
            ConfigurationError: As `read`.
        """
        found: list[tuple[str, str]] = []
        for form in self.read(cell, where):
            tag = next((t for t, group in GROUPS.items() if form.languages and group[0] in form.languages), None)
            for language in sorted(form.languages or ()):
                if form.pattern is None:
                    found.append((language, form.anchor))
                    continue
                endings = self._alternatives[tag or language].split("|")
                found.extend((language, form.anchor + ending) for ending in ("", *endings))
        return found

    def make(self, tag: str, written: str, where: str) -> Form:
        """Return one form of one language tag."""
        folded = fold(written)
        languages = None if tag == "*" else frozenset(GROUPS.get(tag, (tag,)))
        capital = written[0].isupper()
        if tag == "*" or not ("+" in written or "…" in written):  # no endings in all languages at once: ESF+ is a name
            return Form(written, languages, folded, None, is_abbreviation(written), capital)
        if tag not in self._alternatives:
            raise ConfigurationError(
                f"{written!r} is inflected, but inflections.csv has no endings for {tag!r}", where, "Add them there."
            )
        anchor = re.split(r"[+…]", folded, maxsplit=1)[0]
        if len(words_only(anchor).strip()) < 2:
            raise ConfigurationError(f"the stem of {written!r} is too short", where, "Write the forms out, one by one.")
        return Form(written, languages, anchor, _pattern(folded, self._alternatives[tag]), False, capital)
