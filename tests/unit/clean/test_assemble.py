from datetime import date

import pytest

from tasks.clean.rejected import RejectedBodyError
from tasks.clean.repair import repair_text

SCRAPED = {
    "en": """Andorra Daily
Home | Region | World | Business
Office for foreigners opens a branch in Ordino
March 14, 2023 10:41 AM
Share Tweet
The Office for Foreigners opened a new branch in Ordino on Tuesday. It will have twelve employees.

Director Jan Jansen said that the branch would shorten the way to the border for those who need a permit.

(Source: ANA)

Share this:
Click to share on Facebook (Opens in new window)
Related
Mayor of Ordino visits school
Leave a Comment
""",
    "lt": """krastas.lt
Naujienos  Pasaulis  Verslas  Sportas
Tarnyba: prašymų vizoms sumažėjo
Tarnybos vadovė Ona Onaitė. <br>J. Jonaičio nuotr.<br>
Tarnybos vadovė Ona Onaitė. <br>J. Jonaičio nuotr.<br>
2022 m. spalio 3 d. 14:25
BNS inf.
<strong>Tarnybos vadovė Ona Onaitė pirmadienį pareiškė, kad prašymų vizoms per metus sumažėjo perpus.</strong>

Pasak vadovės, rugsėjo mėnesį gauta 1,3 tūkst. prašymų, t. y. perpus mažiau nei prieš metus.

Šaltinis: BNS
Taip pat skaitykite
Seimas svarstys biudžetą
Komentarai (15)
""",
    "sq": """24.04.2024 GMT+1 13:05
Zeri i Fshatit
Ballina  Lajme  Kulture  Forumi
E hene, 04.02.2008, 09:27 PM
Hapet zyra e re per te kthyerit ne Peshkopi
Tirane - Ministri hapi sot zyren e re per personat e kthyer, ku do te punojne gjashte veta dhe nje juriste.

Sipas ministrit, zyra do te jape keshilla falas dhe do te bashkepunoje me komunat e rajonit gjate gjithe vitit.

Komente (3)
Me te lexuarat
""",
    "nl": """Ga direct naar inhoud
Tekstgrootte: A A+ A++
november 2022
Nieuw loket voor vertrek in Zwolle geopend
Foto Jan Jansen
Het nieuwe loket helpt vreemdelingen die zelf willen vertrekken met papieren, tickets en een eerste bedrag.

Medewerkers van de dienst zitten er elke dinsdag. Afspraken zijn niet nodig, zegt de directeur van de dienst.

Deel dit artikel   Facebook  LinkedIn
Meer artikelen
Een dag mee met de tolk
Colofon | Privacy | Archief
""",
}
EXPECTED = {
    "en": ("Office for foreigners opens a branch in Ordino", date(2023, 3, 14), "The Office", "need a permit."),
    "lt": ("Tarnyba: prašymų vizoms sumažėjo", date(2022, 10, 3), "Tarnybos vadovė Ona Onaitė", "prieš metus."),
    "sq": ("Hapet zyra e re per te kthyerit ne Peshkopi", date(2008, 2, 4), "Tirane - Ministri", "gjithe vitit."),
    "nl": ("Nieuw loket voor vertrek in Zwolle geopend", None, "Het nieuwe loket", "directeur van de dienst."),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(SCRAPED))
def test_scraped_text_loses_its_frame_and_nothing_else(clean, language):
    found = clean(SCRAPED[language])
    title, day, beginning, end = EXPECTED[language]
    body = found.text[found.body_start :]
    assert found.title == title
    assert found.published.day == day
    assert body.startswith(beginning)
    assert body.endswith(end)
    assert body.count("\n\n") == 1
    assert found.language.language == language


@pytest.mark.parametrize("language", sorted(SCRAPED))
def test_every_line_is_kept_or_recorded_and_offsets_lead_to_it(clean, language):
    raw = SCRAPED[language]
    found = clean(raw)
    told = found.text + "\n".join(removal.text for removal in found.removed)
    for line in raw.replace("<br>", "\n").splitlines():
        assert repair_text(line) in told
    for removal in found.removed:
        assert repair_text(raw[removal.start : removal.end]) == repair_text(removal.text)


def test_offsets_of_sentences_are_exact(clean):
    found = clean(SCRAPED["en"])
    assert found.text[found.sentences[0].start : found.sentences[0].end] == found.title
    assert found.sentences[0].zone == "title"
    assert all(sentence.start >= found.body_start for sentence in found.sentences[1:])
    joined = "".join(found.text[sentence.start : sentence.end] for sentence in found.sentences)
    assert "".join(joined.split()) == "".join(found.text.split())


def test_the_repeated_headline_stands_once_and_menus_above_it_are_gone(clean):
    found = clean(
        "<strong>Noriu dirbti Andoroje</strong><br>\n- Noriu studijuoti\n- Noriu tapti piliečiu\nNoriu dirbti "
        "Andoroje\n"
        "Leidimas dirbti – tai dokumentas, kurį Andora suteikia užsieniečiui, radusiam darbą pas vietos darbdavį.\n\n"
        "Prašymą galima pateikti tarnybai arba paštu. Atsakymas ateina per trisdešimt dienų nuo prašymo gavimo.\n"
        "<br>Informacija atnaujinta 2023-05-11<br>- Atmintinė\n"
    )
    assert found.title == "Noriu dirbti Andoroje"
    assert found.text[found.body_start :].startswith("Leidimas dirbti")
    assert found.text.endswith("prašymo gavimo.")
    assert (found.published.day, found.published.reason) == (None, "updated_only")


def test_filler_empty_label_and_notes_after_a_star(clean):
    found = clean(
        "\t\n\nOffices of three towns work together zzzzzz\nPublished on:\n"
        "The mayors of three towns* agreed on Monday to share the costs of the advice office for those who return.\n\n"
        "They will meet again in June.\n\n* Mayors Ana ANIĆ, Jan JANSEN, Petra PETROVIĆ\n\n"
        "Press contacts:\nJan Jansen, +387 33 000 000\n"
    )
    assert found.title == "Offices of three towns work together"
    assert found.text.endswith("They will meet again in June.\n\n* Mayors Ana ANIĆ, Jan JANSEN, Petra PETROVIĆ")
    assert found.sentences[-1].zone == "footnote"
    assert {removal.kind for removal in found.removed} == {"filler", "empty_label", "contact_block"}
    assert found.published.day is None


def test_lists_keep_their_items_and_the_line_that_introduces_them(clean):
    found = clean(
        "Three points for returns\n\n"
        "The ministers agreed in the capital on Monday that the following is needed most of all:\n\n"
        "- one form for all requests,\n- one contact point in each ministry.\n\nRelated\nSnow closes the road\n"
    )
    assert found.text.endswith("most of all:\n\n- one form for all requests,\n- one contact point in each ministry.")


def test_a_text_without_a_headline_has_none(clean):
    text = (
        "ZAGREB, 29 March 2022 (Hina) - The ministers of six countries agreed on Tuesday to exchange data on visas.\n\n"
        "The agreement covers both kinds of visas and will be reviewed after one year, the Croatian minister said."
    )
    found = clean(text)
    assert (found.title, found.body_start, found.text) == (None, 0, text)
    assert (found.published.day, found.published.method) == (date(2022, 3, 29), "dateline")


def test_the_page_itself_is_no_source_of_the_page(clean):
    url = "https://a.example/1"
    body = "The Office for Foreigners opened a new branch in Ordino on Tuesday at noon."
    text = f"Branch opened in Ordino\n\n{body}\n\nSource: {url}\n"
    assert clean(text, url=url).links == ()
    assert [link.url for link in clean(text).links] == [url]


def test_the_same_body_gives_the_same_document(clean):
    assert clean(SCRAPED["lt"]) == clean(SCRAPED["lt"])


@pytest.mark.parametrize("body", ["Home | News | Contact", "404", "<html><body><nav>Home</nav></body></html>", "* * *"])
def test_a_body_without_text_is_refused(clean, body):
    with pytest.raises(RejectedBodyError) as caught:
        clean(body, "a.html" if body.startswith("<") else "a.txt")
    assert caught.value.reason == "no_text"


def test_a_page_of_teasers_is_refused(clean):
    teaser = (
        '<div><span class="date">{0}.03.2024</span>'
        '<h3><a href="/n/{0}">Minister visits town {0} of the border region</a></h3>'
        "<p>The minister visited town {0} and spoke with the officers about their work there...</p>"
        '<a href="/n/{0}">Read more</a></div>'
    )
    teasers = "".join(teaser.format(day) for day in range(10, 25))
    with pytest.raises(RejectedBodyError) as caught:
        clean(
            f"<html><head><title>News of the ministry</title></head><body><h1>News</h1>{teasers}</body></html>",
            "a.html",
        )
    assert caught.value.reason == "list_page"
