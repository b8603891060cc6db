import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.persons.names import Name, read_name, read_name_back, same_person, same_word
from tasks.extract.text.tokens import Token, View

from ..conftest import document


def _never(_: Token) -> bool:
    return False


def _name(*parts: str) -> Name:
    return Name(0, 1, parts, 0, 0)


@pytest.mark.parametrize(
    ("text", "parts", "shown"),
    [
        ("Vladislav Kondratović visited", ("Vladislav", "Kondratović"), "Vladislav Kondratović"),
        ("V. Kondratovič said", ("V", "Kondratovič"), "V. Kondratovič"),
        ("Mevludin NUHODŽIĆ, Valentin", ("Mevludin", "NUHODŽIĆ"), "Mevludin Nuhodžić"),
        ("Viktorija Čmilytė-Nielsen and", ("Viktorija", "Čmilytė-Nielsen"), "Viktorija Čmilytė-Nielsen"),
        ("Ursula von der Leyen spoke", ("Ursula", "von", "der", "Leyen"), "Ursula von der Leyen"),
        ("Peter Van der Auweraert", ("Peter", "Van", "der", "Auweraert"), "Peter Van der Auweraert"),
        ("Оливер Спасовски денес", ("Оливер", "Спасовски"), "Оливер Спасовски"),
        ("Ivan van", ("Ivan",), "Ivan"),
        ("Sean O'Neill left", ("Sean", "O'Neill"), "Sean O'Neill"),
    ],
)
def test_names_end_where_they_end(knowledge: Knowledge, text: str, parts: tuple[str, ...], shown: str) -> None:
    view = View(document(text), knowledge.word_sets)
    name = read_name(view, 0, _never)
    assert name is not None
    assert (name.parts, name.text) == (parts, shown)
    assert text[name.start : name.end].replace(".", "").split()[-1] == parts[-1]
    assert read_name_back(view, name.last, _never) == name


def test_a_name_does_not_reach_over_a_full_stop_or_a_line(knowledge: Knowledge) -> None:
    for text in ("Ana\nKovač", "Ana. Kovač", "Ana, Kovač"):
        name = read_name(View(document(text), knowledge.word_sets), 0, _never)
        assert name is not None
        assert name.parts == ("Ana",)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Kondratović", "Kondratovič", True), ("Mate", "Matea", True), ("Sattler", "Sattlera", True),
        ("Kondratovičius", "Kondratovičiui", True), ("Mikulėnas", "Mikulėno", True), ("Gašić", "Gašiću", True),
        ("Kondratovich", "Kondratović", False), ("Brunner", "Bruner", False), ("Raab", "Rama", False),
        ("King", "Kin", False), ("Haekkerup", "Haekkerud", True), ("Спасовски", "Спасовска", True),
    ],
)  # fmt: skip
def test_two_spellings_of_a_surname(first: str, second: str, same: bool) -> None:
    assert same_word(first, second) is same
    assert same_word(second, first) is same


def test_given_names_and_initials_tell_persons_apart() -> None:
    full = _name("Vladislav", "Kondratović")
    assert same_person(full, _name("V", "Kondratovič"))
    assert same_person(full, _name("Kondratovič"))
    assert not same_person(full, _name("A", "Kondratovič"))
    assert not same_person(full, _name("Vytautas", "Kondratovič"))
    assert not same_person(full, _name("Vladislav", "Kasčiūnas"))
