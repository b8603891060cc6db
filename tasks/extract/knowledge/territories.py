"""Names of countries and territories: CLDR's in our ten languages, inflected, and the forms of `territories.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale

from tasks.extract.text.forms import Form, FormReader, is_abbreviation
from tasks.extract.text.gazetteer import Entry, NamedForm
from tasks.extract.text.tokens import fold
from warehouse.reference import Row

COLUMNS = (
    "iso2", "iso3", "name", "eu_member_since_on", "eu_member_until_on", "is_wb6", "forms", "blocked_forms", "note",
    "source", "certainty",
)  # fmt: skip

# Locale of CLDR → language tag of our forms.
LOCALES = {
    "en": "en", "lt": "lt", "nl": "nl", "de": "de", "fr": "fr", "bs": "hbs", "hr": "hbs", "sr_Latn": "hbs",
    "mk": "mk", "sq": "sq", "sl": "sl",
}  # fmt: skip

# What a nominative loses before it takes another ending. German and English names only add to theirs.
_NOMINATIVE = {
    "lt": re.compile(r"(?:as|is|us|ys|ai|os|ės|a|ė|i|o)$"),
    "hbs": re.compile(r"[aeio]$"),
    "sl": re.compile(r"[aeio]$"),
    "mk": re.compile(r"[аеио]$"),
    "sq": re.compile(r"[aeë]$"),
    "de": re.compile(r"$"),
}
# Names that take an article within another name: Government of the Netherlands.
_WITH_ARTICLE = frozenset(
    {"AE", "BS", "CD", "CF", "CG", "DO", "GB", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US", "VA"}
)
# How a republic is named in full, by language; `{}` is the inflected name.
_REPUBLIC = {
    "lt": ("{} Respublik+",), "hbs": ("Republik+ {}",), "sl": ("Republik+ {}",), "mk": ("Републик+ {}",),
    "sq": ("Republik+ e {}", "Republik+ së {}"), "de": ("Republik {}",), "nl": ("Republiek {}",),
}  # fmt: skip
# A shorter stem with any ending would be found in common words.
_SHORTEST_STEM = 4


def in_a_name(code: str, name: str) -> str:
    """Return the English name of a territory as it stands within a longer one."""
    return f"the {name}" if code in _WITH_ARTICLE else name


def inflected(name: str, tag: str) -> str | None:
    """Return a CLDR name with `+` after the stem of each of its words, or None where it must stand as it is."""
    strip = _NOMINATIVE.get(tag)
    if strip is None or is_abbreviation(name) or not all(char.isalpha() or char in " -" for char in name):
        return None
    words = []
    for word in name.split(" "):
        stem = strip.sub("", word)
        long_enough = len(stem) >= _SHORTEST_STEM
        if not long_enough and len(word) >= _SHORTEST_STEM:
            return None
        words.append(f"{stem}+" if long_enough else word)
    # One word is inflected at least, and the first: it anchors the search.
    return " ".join(words) if words[0].endswith("+") else None


def territory_forms(rows: list[Row], reader: FormReader, file: str) -> Iterator[NamedForm]:
    """Yield every form of every territory of the file; CLDR's names first, then the file's own.

    Raises:
        ConfigurationError: A form is not `language:form`.
    """
    names = {locale: dict(Locale.parse(locale).territories) for locale in LOCALES}
    for row in rows:
        where = f"{file}:{row.line}"
        entry = Entry("territory", row["iso2"], row["name"], None, row["iso2"], where)
        blocked = {
            (language, fold(form.written))
            for form in reader.read(row["blocked_forms"], where)
            for language in form.languages or ()
        }
        own = reader.read(row["forms"], where)
        for form in (*_cldr(row, names, reader, where), reader.make("en", row["name"], where), *own):
            if form.languages and any((language, fold(form.written)) in blocked for language in form.languages):
                continue
            yield NamedForm(entry, form)


def _cldr(row: Row, names: dict[str, dict[str, str]], reader: FormReader, where: str) -> Iterator[Form]:
    for locale, tag in LOCALES.items():
        name = names[locale].get(row["iso2"])
        if name is None or (len(name) < _SHORTEST_STEM and not is_abbreviation(name)):
            continue
        stem = inflected(name, tag)
        # The form as CLDR writes it carries what `blocked_forms` compares.
        yield reader.make(tag, name, where)
        if stem is not None:
            yield from reader.read(f"{tag}:{stem}", where)
        republic = _REPUBLIC.get(tag)
        if republic is not None and row["forms"] and " " not in name:
            # Only for countries that the field writes about: those that have forms of their own.
            yield from reader.read(";".join(f"{tag}:{form.format(stem or name)}" for form in republic), where)
