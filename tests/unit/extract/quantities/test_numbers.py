import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.quantities.numbers import Number, NumberReader
from tasks.extract.text.tokens import View

from ..conftest import document


def _read(knowledge: Knowledge, text: str, language: str) -> list[Number]:
    view = View(document(text, language=language), knowledge.word_sets)
    reader = NumberReader(view, knowledge.numbers.words(view.languages))
    found: list[Number] = []
    for index in reader.positions():
        number = reader.read(index)
        if number is not None and (not found or number.start >= found[-1].end):
            found.append(number)
            assert text[number.start : number.end].strip()
    return found


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,416", 1416), ("de", "1.416", 1416), ("en", "1.416", 1.416), ("en", "58 000", 58000),
        ("en", "21\u00a0000", 21000), ("en", "1,234,567.89", 1234567.89), ("de", "1.234.567,89", 1234567.89),
        ("en", "1.7 million", 1.7e6), ("lt", "3,16 mln. eurų", 3.16e6), ("de", "36,7 Millionen", 36.7e6),
        ("hr", "1,7 milijuna", 1.7e6), ("sq", "28 mijë", 28000), ("mk", "2 милиони", 2e6), ("sl", "5 tisoč", 5000),
        ("en", "half a million", 5e5), ("en", "fifty-eight", 58), ("en", "Forty-nine", 49), ("en", "two hundred", 200),
        ("en", "one hundred and twenty", 120), ("en", "three hundred and twenty-five", 325), ("en", "35m", 35e6),
        ("de", "fünfundzwanzig", 25), ("nl", "vijfentwintig", 25), ("sl", "petindvajset", 25), ("nl", "vijftien", 15),
        ("sr", "dvadeset i pet", 25), ("lt", "dvidešimt šeši", 26), ("lt", "aštuoniolika", 18), ("sq", "pesë", 5),
        ("en", "12,5", 12.5), ("en", "Thirty-one", 31), ("sr", "dvadeset i jedna", 21), ("lt", "dvidešimt vienas", 21),
        ("sq", "njëzet e një", 21), ("en", "one and a half million", 1.5e6), ("en", "two and a half", 2.5),
        ("hr", "dva i pol milijuna", 2.5e6), ("sl", "milijon in pol", 1.5e6), ("sq", "një milion e gjysmë", 1.5e6),
        ("de", "anderthalb", 1.5), ("de", "eine halbe Million", None), ("lt", "pusantro milijono", 1.5e6),
        ("fr", "210 M€", 210e6), ("en", "a million and a half", 1.5e6),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(
    knowledge: Knowledge, language: str, text: str, value: float | None
) -> None:
    found = _read(knowledge, text, language)
    if value is None:
        assert [number.value for number in found] == [1, 5e5]
    else:
        assert [number.value for number in found] == [pytest.approx(value)]


def test_two_numbers_side_by_side_stay_two(knowledge: Knowledge) -> None:
    assert [n.value for n in _read(knowledge, "ten and three, five six, 2025 420", "en")] == [10, 3, 5, 6, 2025, 420]


def test_a_code_of_many_digits_is_no_number(knowledge: Knowledge) -> None:
    assert _read(knowledge, "1" * 40, "en") == []
    assert _read(knowledge, ",".join(["111"] * 30), "en") == []


def test_the_scale_is_taken_off_again(knowledge: Knowledge) -> None:
    (number,) = _read(knowledge, "150 thousand", "en")
    assert (number.value, number.scale, number.has_scale) == (150000, 1000, True)


def test_a_decimal_of_a_million_keeps_its_scale(knowledge: Knowledge) -> None:
    (number,) = _read(knowledge, "1.5 million", "en")
    assert (number.value, number.scale) == (1.5e6, 1e6)
