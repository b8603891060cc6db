"""How ministries write in the other languages: what they tell as done, as planned, and what is no event."""

from datetime import date

import pytest

from tasks.extract.knowledge.knowledge import Knowledge
from tasks.extract.step import annotate

from .conftest import document

# Published on Thursday 3 July 2025: language, text, claims as (type, status, first day).
CASES = [
    ("sl", "Vlada je danes sklenila, da se za nastanitev prosilcev za azil ustanovita dva centra.",
     [("legislation_adopted", "occurred", "2025-07-03")]),
    ("sl", "Vlada se je na današnji seji odločila, da Slovenija iz Turčije sprejme 30 beguncev.",
     [("pledge_or_commitment", "occurred", "2025-07-03")]),
    ("nl", "Vorig jaar oktober besprak minister Anna de Vries het migratieplan tijdens een bezoek aan Ghana.",
     [("meeting", "background", "2024-10-01"), ("visit", "background", "2024-10-01")]),
    ("nl", "Minister Bert de Boer reist volgende maand naar Ghana om te praten over terugkeer van asielzoekers.",
     [("visit", "planned", "2025-08-01")]),
    ("lt", "„Šiandien Vilniuje pasirašėme readmisijos protokolą su Kosovu“, – sakė ministrė.",
     [("agreement_signed", "occurred", "2025-07-03")]),
    ("sq", "Sot në Kuvend ratifikuam Protokollin për migracionin me Republikën Italiane.",
     [("agreement_approved", "occurred", "2025-07-03")]),
    ("mk", "На утрешната средба (04.07.) во Охрид министрите на Србија и Албанија ќе потпишат договор за миграција.",
     [("meeting", "planned", "2025-07-04"), ("agreement_signed", "planned", "2025-07-04")]),
    ("sr", "Nacrt zakona o azilu predviđa otvaranje kancelarije Fronteksa u Srbiji.", [("opening", "planned", "None")]),
    ("hr", "Tijekom srpnja očekuje se dolazak još 51 izbjeglice u sklopu preseljenja u Hrvatsku, temeljem odluka Vlade "
     "iz 2015. i 2017. godine.", [("relocation", "planned", "2025-07-01")]),
    ("sq", "Ceremonia për migracionin, e ndjekur nga një konferencë për shtyp, do të mbahet në Tiranë me Agron Leka.",
     [("meeting", "planned", "None")]),
    ("fr", "Le ministre belge de l'Intérieur Jean Roux et son homologue tunisien Ali Gharbi ont signé un accord sur la "
     "migration.", [("agreement_signed", "occurred", "2025-07-03")]),
    # What an agreement is for, what a team is formed for, and the sitting of a government are none.
    ("de", "Das Abkommen soll für eine schnellere Rückführung abgelehnter Asylbewerber nach Ghana sorgen.", []),
    ("fr", "Le ministre a évoqué un accord sur la réadmission des migrants expulsés du Ghana.", []),
    ("fr", "Le ministre a annoncé lundi la formation d'une équipe chargée des migrants en France.", []),
    ("de", "Im Januar wurden Vereinbarungen zur Migration mit Ghana getroffen.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_what_the_sentence_tells(
    language: str, text: str, expected: list[tuple[str, str, str]], knowledge: Knowledge
) -> None:
    claims = annotate(document(text, language, date(2025, 7, 3)), knowledge).claims
    assert sorted((claim.claim_type, claim.status, str(claim.date_start)) for claim in claims) == sorted(expected)


def test_who_signs_today_did_not_sign_what_is_recalled(knowledge: Knowledge) -> None:
    text = (
        "Innenministerin Anna Huber hat ein Migrationsabkommen mit Kenia unterzeichnet. "
        "Ein erstes Abkommen schloss Deutschland 2022 mit Ghana."
    )
    claims = annotate(document(text, "de"), knowledge).claims
    signed = {claim.status: {a.role for a in claim.arguments} for claim in claims}
    assert "signatory" in signed["occurred"]
    assert "signatory" not in signed["background"]
