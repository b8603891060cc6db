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
        ("Colofon | Privacy | Archief", "navigation"),
        ("Početna / Vijesti / Saopćenja", "navigation"),
        ("Share this article", "share_widget"),
        ("Teksto dydis: Spausdinti", "share_widget"),
        ("Podijeli ovo:", "share_widget"),
        ("Deel dit artikel   Twitter  LinkedIn", "share_widget"),
        ("Press contacts:", "contact_block"),
        ("Contactpersoon voor de pers: J. de Vries", "contact_block"),
        ("Natasha BERTAUD (+32 2 296 74 56)", "contact_block"),
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
        ("Pravo preuzimanja ovog sadržaja imaju samo korisnici Agencije MINA.", "furniture"),
        ("All rights reserved. No part of this page may be copied without the consent of the publisher.", "furniture"),
        ("ENDS", "agency_credit"),
        ("(Source: Fena)", "agency_credit"),
        ("šaltinis: BNS", "agency_credit"),
        ("BNS inf.", "agency_credit"),
        ("(FENA) A. B.", "agency_credit"),
        ("Ma. F., STA", "byline"),
        ("Foto: Pixsell", "caption"),
        ("A. Vaitkevičiaus nuotr.", "caption"),
        ("Bild 043 (c) BMI Karl Schober.jpg", "caption"),
        ("The signing of the documents in Brussels / @onttvchannel", "caption"),
        ("STATEMENT/16/395", "reference_number"),
        ("Reference: EN/22/0417", "reference_number"),
        ("19/11/2021 by urednik", "date_line"),
        ("In International by Staff Report on 4 March 2026", "date_line"),
        ("EU-Kommission / 11.08.2021", "date_line"),
        ("ALMATY -", "date_line"),
        ("Ljubljana - MMC RTV SLO", "date_line"),
        ("kiseljak.info", "site_name"),
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
        "Lithuania signs readmission protocols with Bosnia and Herzegovina",
        "Source countries must take back their nationals, the ministers said after the meeting in Tirana.",
        "Comments by the parties were taken into account before the agreement was signed in Sarajevo.",
        "More news is expected after the summit, the spokesperson of the ministry told reporters on Monday.",
        "Foto-Ausweise werden künftig anerkannt, wie der Minister am Montag in Wien vor der Presse sagte.",
        "The text was initialled on 18 December 2024 in Sarajevo.",
        "BIHAĆ, November 19 (FENA) - A newly built reception centre for migrants was opened today at Lipa.",
        "Brussels ceremony: Belarus and EU put their names to visa and readmission accords",
        "EU–Armenia | what comes after the visa dialogue",
        "Next steps",
        "*Ministers Bejtush GASHI, Herbert KICKL, Dragan MEKTIC",
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
        ("Tekst je parafiran 18. decembra 2024. godine u Sarajevu.", False),
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
        ("Lithuania to relocate 58 applicants for international protection through the EU solidarity mechanism", False),
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
