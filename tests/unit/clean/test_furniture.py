import pytest

from tasks.clean.furniture import classify, is_date_line
from tasks.clean.lines import is_prose
from tasks.clean.phrases import load_phrases
from warehouse.errors import ConfigurationError


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Published on:", "empty_label"),
        ("Budget Amount (USD)", "empty_label"),
        ("Objavljeno:", "empty_label"),
        ("Skip to main content", "navigation"),
        ("Ga direct naar inhoud", "navigation"),
        ("Vijesti › BiH", "navigation"),
        ("Colofon | Privacy | Archief", "furniture"),
        ("Politics | Economy | Culture | Weather", "navigation"),
        ("Početna / Vijesti / Saopćenja", "navigation"),
        ("Share this article", "share_widget"),
        ("Teksto dydis: Spausdinti", "share_widget"),
        ("Podijeli ovo:", "share_widget"),
        ("Deel dit bericht op Facebook", "share_widget"),
        ("Press contacts:", "contact_block"),
        ("Contactpersoon voor de pers: J. de Vries", "contact_block"),
        ("Ana ANIĆ (+387 33 000 000)", "contact_block"),
        ("Rückfragehinweis: Bundesministerium für Inneres", "contact_block"),
        ("READ ALSO", "related_items"),
        ("Više iz rubrike", "related_items"),
        ("Taip pat skaitykite", "related_items"),
        ("Најчитани", "related_items"),
        ("Comments (12)", "furniture"),
        ("0 Comments", "furniture"),
        ("Još nema komentara", "furniture"),
        ("Tags: EU, Frontex, Montenegro", "furniture"),
        ("© 2025 Ministry of the Interior", "furniture"),
        ("Pravo preuzimanja teksta imaju isključivo pretplatnici naše agencije.", "furniture"),
        ("All rights reserved. No part of this page may be copied without the consent of the publisher.", "furniture"),
        ("ENDS", "agency_credit"),
        ("(Source: Fena)", "agency_credit"),
        ("šaltinis: BNS", "agency_credit"),
        ("BNS inf.", "agency_credit"),
        ("(HINA) M. N.", "agency_credit"),
        ("K. Lm., STA", "byline"),
        ("Foto: Pixsell", "caption"),
        ("A. Vaitkevičiaus nuotr.", "caption"),
        ("Bild 043 (c) BMI Karl Schober.jpg", "caption"),
        ("Ministers after the signature in Skopje / @newsroom", "caption"),
        ("STATEMENT/19/777", "reference_number"),
        ("Reference: EN/19/0042", "reference_number"),
        ("07/02/2019 by editor", "date_line"),
        ("In Region by Our Correspondent on 5 June 2019", "date_line"),
        ("EU-Kommission / 03.02.2019", "date_line"),
        ("TIRANA -", "date_line"),
        ("Maribor - RTV SLO", "date_line"),
        ("balkan-vijesti.info", "site_name"),
        ("More about the project: https://hwi.example/en/projects/22", "project_link"),
        ("***", "furniture"),
    ],
)
def test_what_pages_say_around_their_text(phrases, line, kind):
    verdict = classify(line, phrases)
    assert verdict is not None
    assert verdict.kind == kind
    assert verdict.rule_id.startswith(f"clean.{kind}.")


@pytest.mark.parametrize(
    "line",
    [
        "Iceland signs a protocol on returns with Andorra",
        "Source countries must take back their nationals, the ministers said after the meeting in Tirana.",
        "Comments by the parties were taken into account before the agreement was signed in Sarajevo.",
        "More news is expected after the summit, the spokesperson of the ministry told reporters on Monday.",
        "Foto-Ausweise werden künftig anerkannt, wie der Minister am Montag in Wien vor der Presse sagte.",
        "The text was initialled on 8 May 2019 in Andorra.",
        "TUZLA, May 8 (FENA) - The cantonal assembly today took note of the report on foreigners.",
        "Vaduz ceremony: Andorra and Iceland put their names to a visa accord",
        "EU–Armenia | what comes after the visa dialogue",
        "Next steps",
        "*Ministers Ana ANIĆ, Jan JANSEN, Petra PETROVIĆ",
        "The two sides met again (...)",
        "The ministers in Bar ()",
        "Diese Seite der Abmachung betrifft nur die Rückkehr.",
        "Prijavite se za dobrovoljni povratak u centru u Tuzli, poručila je ministrica svim osobama bez boravka.",
        "Einen Kommentar lehnte der Minister am Montag ab, wie eine Zeitung in Wien über das Treffen berichtet.",
        "No comments were made by either side after the meeting, which ended late on Tuesday evening.",
        "Published by the Commission in May, the plan foresees joint returns from all member states.",
        "Služba za odnose s javnošću saopćila je danas da je protokol potpisan u Vaduzu na sastanku ministara.",
    ],
)
def test_text_is_no_furniture(phrases, line):
    assert classify(line, phrases) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published on Tuesday 3 March 2020.", True),
        ("PUBLISHED: December 23, 2023 at 3:17 p.m. | UPDATED: December 23, 2023 at 5:22 p.m.", True),
        ("29. 02. 2016.", True),
        ("On 3 March 2020 the government approved the protocol and sent it to parliament", False),
        ("Ugovor je ratificiran 8. maja 2019. godine u Andori.", False),
    ],
)
def test_date_lines(line, expected):
    assert is_date_line(line) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister met his colleagues in Tirana on Monday and signed the protocol.", True),
        ("Both sides agreed that the Western Balkans route must be managed jointly by all:", True),
        ("He came. He signed. He left.", True),
        ("Iceland to admit seventeen families from the region under its programme for the coming year", False),
        ("Who will pay for returns?", False),
    ],
)
def test_prose(text, expected):
    assert is_prose(text) is expected


def test_a_wrong_row_names_its_line(tmp_path):
    (tmp_path / "furniture.csv").write_text("kind,scope,match,language,phrase\nnavigation,everywhere,line,en,Home\n")
    with pytest.raises(ConfigurationError, match="everywhere") as caught:
        load_phrases(tmp_path)
    assert "furniture.csv:2" in str(caught.value)
