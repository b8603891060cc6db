import base64
import hashlib
import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from warehouse.ids import (
    ID_PATTERN,
    claim_id,
    document_id,
    document_version_id,
    make_id,
    mention_id,
    normalise_sentence,
    sentence_id,
)

# Lone surrogates included: whatever a broken page gives must still have an id.
ANY_TEXT = st.text(st.characters(), max_size=40)
PART = st.one_of(ANY_TEXT, st.integers(), st.none())


@given(st.lists(PART, max_size=5))
def test_every_id_has_the_form(parts: list[str | int | None]) -> None:
    assert re.fullmatch(ID_PATTERN, make_id("evt", *parts))


@given(ANY_TEXT)
def test_an_id_is_the_beginning_of_a_hash_in_base32(part: str) -> None:
    raw = part.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(str(len(raw)).encode() + b":" + raw).digest()
    assert make_id("evt", part) == "evt_" + base64.b32encode(digest[:16]).decode("ascii").rstrip("=").lower()


@given(st.lists(ANY_TEXT, max_size=4), st.lists(ANY_TEXT, max_size=4))
def test_ids_are_equal_exactly_when_their_parts_are(left: list[str], right: list[str]) -> None:
    assert (make_id("doc", *left) == make_id("doc", *right)) == (left == right)


def test_parts_do_not_run_into_each_other_and_none_is_not_empty() -> None:
    ids = {
        make_id("doc", *parts) for parts in [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("abc", None), ("1:a",)]
    }
    assert len(ids) == 6


def test_the_prefix_is_not_part_of_the_hash_and_shows() -> None:
    assert make_id("evt", "x").removeprefix("evt_") == make_id("clm", "x").removeprefix("clm_")


def test_an_id_does_not_depend_on_the_hash_seed() -> None:
    code = "from warehouse.ids import make_id; print(make_id('evt', 'é', 3, None))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert seen == {f"{make_id('evt', 'é', 3, None)}\n"}


def test_layout_and_case_make_no_other_sentence_and_a_typo_does() -> None:
    same = {sentence_id("doc_a", text, 0) for text in ("Budva, 12 May", " budva,\n12\u00a0MAY ", "Ｂudva, 12 May")}
    assert len(same) == 1
    assert sentence_id("doc_a", "Budva, 13 May", 0) not in same
    assert sentence_id("doc_a", "Budva, 12 May", 1) not in same


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_sentence(text)
    assert normalise_sentence(once) == once


def test_a_document_is_its_address_else_its_source_and_own_id() -> None:
    assert document_id("https://a.example/1", "one", "x") == document_id("https://a.example/1", "two", "y")
    assert document_id(None, "one", "x") != document_id(None, "two", "x")
    assert document_version_id("0" * 64) != document_version_id("1" * 64)


def test_mentions_and_claims_are_told_apart_by_what_they_are_made_of() -> None:
    mentions = {mention_id("sen_a", kind, start, 4) for kind in ("person", "place") for start in (0, 7)}
    claims = {claim_id("sen_a", kind, 0, ordinal) for kind in ("meeting", "visit") for ordinal in (0, 1)}
    assert (len(mentions), len(claims)) == (4, 4)
