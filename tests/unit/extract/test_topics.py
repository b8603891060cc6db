"""Topics of a document: told by its headline, its events or a whole paragraph."""

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate
from warehouse.vocabulary import TOPICS

from .conftest import document


def topics(knowledge: Knowledge, body: str, title: str = "", language: str = "en") -> dict[str, str]:
    """Return topic → rule."""
    found = annotate(document(body, title=title, language=language), knowledge).topics
    assert [topic.topic for topic in found] == sorted((t.topic for t in found), key=TOPICS.index)
    return {topic.topic: topic.rule_id for topic in found}


def test_the_headline_tells(knowledge: Knowledge) -> None:
    assert topics(knowledge, "Nothing more is known.", "Talks on visas and readmission") == {
        "readmission": "topic.title",
        "visa": "topic.title",
    }


def test_a_paragraph_tells_what_it_says_again_and_again(knowledge: Knowledge) -> None:
    body = "Whoever speaks of smuggling means money. Smugglers take it in advance."
    assert topics(knowledge, body) == {}
    assert topics(knowledge, f"{body} No trafficking without it.") == {"smuggling_trafficking": "topic.paragraph"}


def test_two_paragraphs_tell(knowledge: Knowledge) -> None:
    body = "Whoever speaks of smuggling means money.\n\nSmugglers take it in advance."
    assert topics(knowledge, body) == {"smuggling_trafficking": "topic.paragraph"}


def test_a_term_of_art_tells_once_but_not_in_a_name(knowledge: Knowledge) -> None:
    assert topics(knowledge, "What it says on readmission is short.") == {"readmission": "topic.term"}
    assert topics(knowledge, "They asked the Department for Readmission and Asylum of Albania.") == {}


def test_an_event_tells_by_its_type(knowledge: Knowledge) -> None:
    body = "Lithuania relocated 58 refugees from Greece on 12 May 2025."
    assert {"relocation", "asylum"} <= topics(knowledge, body).keys()


def test_resettlement_is_not_relocation(knowledge: Knowledge) -> None:
    body = "On 12 May 2025, 58 refugees were resettled from Rwanda to Sweden. Resettlement saves lives."
    found = topics(knowledge, body)
    assert "resettlement" in found
    assert "relocation" not in found


def test_the_name_of_a_project_or_fund_tells_nothing(knowledge: Knowledge) -> None:
    body = "It is part of the project “Asylum and Integration Now” of the Asylum, Migration and Integration Fund."
    assert topics(knowledge, body) == {}


def test_other_languages(knowledge: Knowledge) -> None:
    assert "readmission" in topics(knowledge, "Kita.", "Pasirašytas readmisijos protokolas", "lt")
    assert "asylum" in topics(knowledge, "Ништо.", "Нов закон за азил", "mk")


def test_words_that_tell_stand_in_the_text(knowledge: Knowledge) -> None:
    doc = document("The visa was refused.\n\nThe visa is dear.", title="A new readmission agreement")
    for topic in annotate(doc, knowledge).topics:
        assert doc.text[topic.start : topic.end] == topic.text
