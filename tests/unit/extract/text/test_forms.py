import pytest

from tasks.extract.text.forms import Form, FormReader, is_abbreviation
from tasks.extract.text.tokens import fold
from warehouse.errors import ConfigurationError

READER = FormReader({"lt": ("a", "os", "oje"), "hbs": ("a", "e", "i", "om"), "de": ("en", "es")})


def _match(form: Form, text: str, start: int = 0) -> str | None:
    end = form.match(text, fold(text), start)
    return None if end is None else text[start:end]


def test_a_literal_form_ignores_diacritics_and_quotes() -> None:
    form = READER.make("*", "Service for Foreigners' Affairs", "x")
    assert form.languages is None
    assert _match(form, "Service for Foreigners’ Affairs (SFA)") == "Service for Foreigners’ Affairs"
    assert _match(form, "service for Foreigners' Affairs") is None, "a capital is asked for"


def test_an_inflected_form_takes_the_endings_of_its_language_and_no_others() -> None:
    form = READER.make("lt", "Lietuv+", "x")
    assert form.languages == {"lt"}
    assert _match(form, "Lietuvoje vyks") == "Lietuvoje"
    assert _match(form, "Lietuvos") == "Lietuvos"
    assert _match(form, "Lietuviai") is None
    assert _match(form, "lietuvos") is None


def test_every_word_of_a_form_may_be_inflected() -> None:
    form = READER.make("hbs", "Crn+ Gor+", "x")
    assert form.languages == {"bs", "hr", "sr", "sh"}
    assert _match(form, "Crne Gore i Slovenije") == "Crne Gore"
    assert _match(form, "Crna Goraca") is None


def test_an_ellipsis_bridges_a_few_words_of_one_clause() -> None:
    form = READER.make("hbs", "sporazum+ … o readmisiji", "x")
    assert _match(form, "Sporazum Evropske zajednice i Crne Gore o readmisiji lica") == (
        "Sporazum Evropske zajednice i Crne Gore o readmisiji"
    )
    assert _match(form, "sporazum je potpisan. Govori o readmisiji") is None
    assert _match(form, "sporazum " + "vrlo " * 30 + "o readmisiji") is None


def test_an_abbreviation_stands_as_it_is_written() -> None:
    assert is_abbreviation("DT&V") and is_abbreviation("DG HOME") and not is_abbreviation("IPA III x")
    form = READER.make("*", "IOM", "x")
    assert _match(form, "IOM") == "IOM"
    assert _match(form, "Iom") is None


def test_serbian_forms_are_read_in_both_scripts() -> None:
    written = [form.written for form in READER.read("hbs:Srbij+", "x")]
    assert written == ["Srbij+", "Србиј+"]
    assert [form.written for form in READER.read("hbs:MUP", "x")] == ["MUP"]


def test_spellings_write_the_endings_out() -> None:
    assert READER.spellings("de:Mai+;lt:kovą", "x") == [
        ("de", "mai"), ("de", "maien"), ("de", "maies"), ("lt", "kova"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("Vilnius", "is not `language:form`"),
        ("xx:Vilnius", "is not `language:form`"),
        ("en:", "is not `language:form`"),
        ("sl:Vilni+", "has no endings for 'sl'"),
        ("lt:V+", "too short"),
    ],
)
def test_a_malformed_form_is_an_error_with_its_place(cell: str, what: str) -> None:
    with pytest.raises(ConfigurationError, match=r"places\.csv:7") as caught:
        READER.read(cell, "places.csv:7")
    assert what in str(caught.value)
