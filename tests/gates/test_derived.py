"""The truth values that rules assert, at their borders: names, spans, damaged letters, days, redirects."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from expectations import derived, derived_documents, derived_events, derived_mentions
from expectations.derived import Derivation
from warehouse.tables import contract_of


def answer(
    derive: Derivation, rows: list[dict[str, object]], table: str, **tables: list[dict[str, object]]
) -> list[bool]:
    """Return the truth value of each row; the columns a row does not give are null."""

    def made(name: str, own: list[dict[str, object]]) -> pa.Table:
        schema = contract_of(*name.split(".")).schema
        return pa.Table.from_pylist(own, schema=pa.schema([field.with_nullable(True) for field in schema]))

    others = {name.replace("__", "."): made(name.replace("__", "."), own) for name, own in tables.items()}
    return derive(made(table, rows), others).to_pylist()


@pytest.mark.parametrize(
    ("name", "plausible"),
    [
        ("Ana Petrović", True),
        ("V. Kondratovič", True),
        ("Jean-Claude Juncker", True),
        ("Sinéad O’Neill", True),
        ("’t Hooft", True),
        ("Џон Петровић", True),
        ("Ylva Johansson (Sweden)", True),
        ("Zoe\u0308 Müller", True),
        ("zzzzzz Petrović", False),
        ("minister", False),
        ("A", False),
        ("+387 33 123 456", False),
        ("ana@ministry.example", False),
        ("Ana\nPetrović", False),
        ("Ana <b>", False),
        ("A" * 81, False),
        (None, False),
    ],
)
def test_a_person_has_a_name_that_can_be_one(name: str | None, plausible: bool) -> None:
    rows = [{"kind": "person", "name": name}]
    assert answer(derived_mentions.person_names_plausible(), rows, "extracted.mentions") == [plausible]


def test_other_things_may_be_called_what_they_like() -> None:
    rows = [{"kind": "instrument", "name": "2024/1351"}]
    assert answer(derived_mentions.person_names_plausible(), rows, "extracted.mentions") == [True]


@pytest.mark.parametrize(
    ("start", "end", "quote", "holds"),
    [
        (0, 5, "Ниш 𝐀", True),
        (4, 5, "𝐀", True),
        (0, 4, "Ниш", False),
        (-1, 5, "𝐀", False),
        (0, 6, "Ниш 𝐀", False),
        (2, 2, "", False),
        (3, 1, "", False),
        (None, 5, "Ниш 𝐀", False),
        (0, 5, None, False),
    ],
)
def test_a_span_counts_code_points_and_forgives_nothing(
    start: int | None, end: int | None, quote: str | None, holds: bool
) -> None:
    version = {"doc_id": "doc_a", "document_version_id": "ver_a"}
    rows = [version | {"start": start, "end": end, "text": quote}]
    texts = [version | {"text": "Ниш 𝐀"}]
    found = answer(derived.span_equals_text("text"), rows, "documents.sentences", documents__documents=texts)
    assert found == [holds]


def test_a_span_of_a_document_that_is_not_there_holds_nothing() -> None:
    rows = [{"doc_id": "doc_a", "document_version_id": "ver_b", "start": 0, "end": 1, "text": "x"}]
    texts = [{"doc_id": "doc_a", "document_version_id": "ver_a", "text": "x"}]
    assert answer(derived.span_equals_text("text"), rows, "documents.sentences", documents__documents=texts) == [False]


def test_a_reference_is_looked_for_in_its_own_version() -> None:
    argument = {"mention_id": "men_a", "doc_id": "doc_a", "document_version_id": "ver_b"}
    mention = {"mention_id": "men_a", "doc_id": "doc_a", "document_version_id": "ver_a"}
    exists = derived.exists("mention_id", contract_of("extracted", "mentions"), "mention_id")
    assert answer(exists, [argument], "extracted.claim_arguments", extracted__mentions=[mention]) == [False]
    own = argument | {"document_version_id": "ver_a"}
    assert answer(exists, [own], "extracted.claim_arguments", extracted__mentions=[mention]) == [True]


@pytest.mark.parametrize(
    ("text", "legible"),
    [
        ("Ministri Petrović i Živković, „Granica“ – 12. maja", True),
        ("Große Änderung: „Ärzte“ Âge Åland ESPAÑA", True),
        ("MinistÃ¨re de lâ€™IntÃ©rieur", False),
        ("PetroviÄ‡ Å½ivkoviÄ‡ ÄŒaÄ\u008dak", False),
        ("Ð¡Ñ€Ð±Ð¸Ñ˜Ð°", False),
        ("", True),
    ],
)
def test_letters_read_in_the_wrong_encoding_are_seen(text: str, legible: bool) -> None:
    assert answer(derived_documents.mojibake_at_most(0.005), [{"text": text}], "documents.documents") == [legible]


@pytest.mark.parametrize(
    ("published", "retrieved", "in_time"),
    [
        (date(2025, 7, 4), datetime(2025, 7, 4, 6, tzinfo=UTC), True),
        (date(2025, 7, 5), datetime(2025, 7, 4, 23, tzinfo=UTC), True),
        (date(2025, 7, 6), datetime(2025, 7, 4, 23, tzinfo=UTC), False),
        (date(1989, 12, 31), datetime(2025, 7, 4, tzinfo=UTC), False),
        (None, datetime(2025, 7, 4, tzinfo=UTC), True),
        # A file whose clock was never set cannot bound the day of publication.
        (date(2025, 7, 4), datetime(1980, 1, 1, tzinfo=UTC), True),
    ],
)
def test_publication_lies_before_retrieval(published: date | None, retrieved: datetime, in_time: bool) -> None:
    rows = [{"published_on": published, "retrieved_at": retrieved}]
    assert answer(derived_documents.published_in_time, rows, "documents.documents") == [in_time]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/x", True),
        ("HTTP://example.org", True),
        (None, True),
        ("javascript:alert(1)", False),
        ("https:///x", False),
        (" https://example.org", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_may_be_followed(url: str | None, safe: bool) -> None:
    rule = derived.match(["target_url"], derived_documents.HTTP)
    assert answer(rule, [{"target_url": url}], "documents.links") == [safe]


@pytest.mark.parametrize(
    ("low", "high", "unit", "plausible"),
    [
        (58.0, 58.0, "people", True),
        (1.5e6, 2e6, "EUR", True),
        (-3.0, -3.0, "percent", True),
        (2.0, 1.0, "people", False),
        (float("nan"), 1.0, "people", False),
        (1.0, float("inf"), "people", False),
        (38733123456789.0, 38733123456789.0, "people", False),
        (1.0, 1.0, None, False),
        (None, 1.0, "people", False),
    ],
)
def test_quantities_are_finite_ordered_and_counted_in_something(
    low: float | None, high: float | None, unit: str | None, plausible: bool
) -> None:
    rows = [{"kind": "quantity", "value_min": low, "value_max": high, "unit": unit}]
    assert answer(derived_mentions.quantities_plausible("kind"), rows, "extracted.mentions") == [plausible]


@pytest.mark.parametrize(
    ("mention", "says"),
    [
        ({"date_precision": "day", "date_start": date(2025, 7, 1), "date_end": date(2025, 7, 1)}, True),
        ({"date_precision": "session"}, True),
        ({"date_precision": "unknown"}, True),
        ({"date_precision": "month"}, False),
        ({"date_precision": "day", "date_start": date(2025, 7, 1)}, False),
        ({}, False),
    ],
)
def test_a_date_mention_says_when_or_that_nobody_knows(mention: dict[str, object], says: bool) -> None:
    rows = [{"kind": "date", **mention}]
    assert answer(derived_mentions.date_mentions_say_when, rows, "extracted.mentions") == [says]


def test_redirects_may_be_chained_but_must_arrive() -> None:
    def entry(name: str, status: str, target: str | None = None) -> dict[str, object]:
        return {"id": name, "status": status, "redirect_to": target}

    rows = [
        entry("a", "active"),
        entry("b", "redirected", "a"),
        entry("c", "redirected", "b"),
        entry("d", "redirected", "d"),
        entry("e", "redirected", "f"),
        entry("f", "redirected", "e"),
        entry("g", "redirected", "gone"),
        entry("h", "redirected"),
        entry("i", "active", "a"),
        entry("j", "redirected", "e"),
    ]
    arrive = answer(derived_events.redirect_leads_to_a_live_id, rows, "resolved.id_registry")
    assert dict(zip("abcdefghij", arrive, strict=True)) == {name: name in "abc" for name in "abcdefghij"}


def test_sentences_are_counted_per_document_without_hole_or_overlap() -> None:
    def sentence(version: str, ordinal: int, start: int, end: int) -> dict[str, object]:
        return {"doc_id": "doc", "document_version_id": version, "ordinal": ordinal, "start": start, "end": end}

    rows = [sentence("v", 1, 6, 9), sentence("v", 0, 0, 5), sentence("v", 2, 8, 12), sentence("w", 1, 0, 3)]
    table = pa.Table.from_pylist(
        [{**row, "partition.source_id": "s", "partition.logical_date": date(2025, 7, 4)} for row in rows]
    )
    assert derived_documents.sentences_in_order(table, {}).to_pylist() == [True, True, False, False]
