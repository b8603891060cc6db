import json
from collections.abc import Callable

import pytest

from warehouse.mishaps import describe_mishap


def fail_here() -> None:
    raise LookupError("nothing of the kind")


def fail_in_a_library() -> None:
    json.loads("{")


def fail_with_an_address() -> None:
    raise ValueError(f"cannot read {object()!r}")


def fail_with_half_a_letter() -> None:
    raise ValueError("cannot read \ud83d\u202e in\n\nthis")


def mishap_of(fails: Callable[[], None]) -> str:
    try:
        fails()
    except Exception as error:
        return describe_mishap(error)
    raise AssertionError("it did not fail")


@pytest.mark.parametrize(
    ("fails", "begins"),
    [
        (fail_here, "LookupError: nothing of the kind, in tests/unit/warehouse/test_mishaps.py:"),
        (fail_in_a_library, "JSONDecodeError: Expecting property name enclosed in double quotes"),
        (fail_with_an_address, "ValueError: cannot read <object object at 0x…>, in tests/"),
        (fail_with_half_a_letter, "ValueError: cannot read \\ud83d\\u202e in this, in tests/"),
    ],
)
def test_a_mishap_is_told_in_one_line_with_its_innermost_place_in_our_code(fails, begins):
    said = mishap_of(fails)
    assert said.startswith(begins)
    assert said.endswith(f"({fails.__name__})")
    assert said.encode("utf-8")


def test_a_message_that_holds_a_document_is_cut():
    def fail() -> None:
        raise ValueError("long " * 10_000)

    assert len(mishap_of(fail)) < 400


def test_a_mishap_without_message_and_place_is_its_type():
    assert describe_mishap(RecursionError()) == "RecursionError"
