"""Has it happened? Each line is one rule, in the words in which announcements say it."""

from pathlib import Path

import pytest

from tasks.extract.annotations import Claim
from tasks.extract.events.claims import find_claims
from tasks.extract.frames.examples import example_document
from tasks.extract.frames.frame_model import Example
from tests.unit.extract.real_frames import FRAMES

HERE = str(Path(__file__))


def claims_of(text: str, language: str = "en", published_on: str = "2025-07-03", title: str = "") -> list[Claim]:
    document, mentions = example_document(Example(text, language, title, published_on, (), (), HERE, 0))
    return find_claims(document, mentions, FRAMES)[0]


def statuses(text: str, claim_type: str, language: str = "en", title: str = "") -> list[tuple[str, str]]:
    claims = claims_of(text, language, title=title)
    return [(claim.status, claim.polarity) for claim in claims if claim.claim_type == claim_type]


@pytest.mark.parametrize(
    ("verb", "status", "polarity"),
    [
        ("signed", "occurred", "affirmed"),
        ("have signed", "occurred", "affirmed"),
        ("will sign", "planned", "affirmed"),
        ("will soon formally sign", "planned", "affirmed"),
        ("are to sign", "planned", "affirmed"),
        ("are expected to sign", "planned", "affirmed"),
        ("plan to sign", "planned", "affirmed"),
        ("were to sign", "planned", "affirmed"),
        ("could sign", "planned", "affirmed"),
        ("agreed to sign", "planned", "affirmed"),
        ("have not yet signed", "planned", "affirmed"),
        ("did not sign", "cancelled", "negated"),
        ("didn't sign", "cancelled", "negated"),
        ("refused to sign", "cancelled", "negated"),
        ("failed to sign", "cancelled", "negated"),
        ("had signed", "background", "affirmed"),
    ],
)
def test_verb_groups(verb: str, status: str, polarity: str) -> None:
    text = f"[territory:LT|Lithuania] and [territory:XK|Kosovo] {verb} the readmission agreement."
    assert statuses(text, "agreement_signed") == [(status, polarity)]


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        ("Das Migrationsabkommen mit [territory:KE|Kenia] wurde in [place:DE|Berlin] unterzeichnet.", "de", "occurred"),
        ("Das Migrationsabkommen mit [territory:KE|Kenia] soll in Berlin unterzeichnet werden.", "de", "planned"),
        ("Das Migrationsabkommen mit [territory:KE|Kenia] wird in [place:DE|Berlin] unterzeichnet.", "de", "planned"),
        ("Das Migrationsabkommen mit [territory:KE|Kenia] wurde nicht unterzeichnet.", "de", "cancelled"),
        ("De minister heeft het terugkeerakkoord met [territory:IQ|Irak] ondertekend.", "nl", "occurred"),
        ("De minister zal het terugkeerakkoord met [territory:IQ|Irak] ondertekenen.", "nl", "planned"),
        ("[territory:LT|Lietuva] pasirašė readmisijos susitarimą.", "lt", "occurred"),
        ("[territory:LT|Lietuva] planuoja pasirašyti readmisijos susitarimą.", "lt", "planned"),
        ("[territory:LT|Lietuva] pasirašys readmisijos susitarimą.", "lt", "planned"),
        ("Ministri su potpisali sporazum o readmisiji.", "bs", "occurred"),
        ("Ministri će potpisati sporazum o readmisiji.", "bs", "planned"),
        ("Министри ће потписати споразум о реадмисији.", "sr", "planned"),
        ("Sporazum o readmisiji nije potpisan.", "hr", "cancelled"),
        ("Министрите ќе потпишат договор за реадмисија.", "mk", "planned"),
        ("Министрите потпишаа договор за реадмисија.", "mk", "occurred"),
        ("Ministrat do të nënshkruajnë marrëveshjen për ripranimin.", "sq", "planned"),
        ("Ministrat nënshkruan marrëveshjen për ripranimin.", "sq", "occurred"),
        ("Ministra bosta podpisala sporazum o vračanju tujcev.", "sl", "occurred"),
        ("Ministrica bo podpisala sporazum o vračanju tujcev.", "sl", "planned"),
        ("Les ministres ont signé un accord de réadmission.", "fr", "occurred"),
        ("Les ministres vont signer un accord de réadmission.", "fr", "planned"),
    ],
)  # fmt: skip
def test_verb_groups_in_other_languages(text: str, language: str, status: str) -> None:
    assert [found for found, _ in statuses(text, "agreement_signed", language)] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The meeting on asylum took place in [place:AL|Tirana].", "occurred"),
        ("The meeting on asylum will take place in [place:AL|Tirana].", "planned"),
        ("The meeting on asylum in [place:AL|Tirana] has been called off.", "cancelled"),
        ("The meeting on asylum in [place:AL|Tirana] was postponed.", "cancelled"),
        ("The meeting on asylum was not held in [place:AL|Tirana].", "cancelled"),
        ("The next meeting on asylum will be in [place:AL|Tirana].", "planned"),
        ("A previous meeting on asylum was held in [place:AL|Tirana].", "background"),
        ("The meeting on rejected asylum seekers was held in [place:AL|Tirana].", "occurred"),
        ("The upcoming ministerial meeting on asylum in [place:AL|Tirana] was discussed.", "planned"),
    ],
)
def test_nouns(text: str, status: str) -> None:
    assert [found for found, _ in statuses(text, "meeting")] == [status]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-07-02", "occurred"),
        ("2025-07-03", "occurred"),
        ("2025-07-04", "planned"),
        ("2024-07-03", "background"),
    ],
)
def test_the_day_decides_what_the_verb_leaves_open(day: str, status: str) -> None:
    text = f"[territory:LT|Lithuania] and [territory:XK|Kosovo] sign a readmission agreement on [date:{day}|that day]."
    assert [found for found, _ in statuses(text, "agreement_signed")] == [status]


def test_a_condition_makes_it_planned() -> None:
    text = "Once the readmission agreement with [territory:BY|Belarus] is signed, visas will be cheaper."
    assert [found for found, _ in statuses(text, "agreement_signed")] == ["planned"]


def test_a_headline_in_the_present_is_news_and_its_infinitive_a_plan() -> None:
    body = "The minister spoke about migration."
    signs = "[territory:LT|Lithuania] signs readmission protocols with [territory:XK|Kosovo]"
    assert statuses(body, "agreement_signed", title=signs) == [("occurred", "affirmed")]
    to_sign = "[territory:LT|Lithuania] to sign readmission protocols with [territory:XK|Kosovo]"
    assert statuses(body, "agreement_signed", title=to_sign) == [("planned", "affirmed")]


def test_a_noun_in_the_headline_takes_its_time_from_the_text() -> None:
    title = "Opening of the migrant centre at [place:BA|Lipa]"
    planned = "The migrant centre at [place:BA|Lipa] will be opened today."
    assert [found for found, _ in statuses(planned, "opening", title=title)] == ["planned", "planned"]
    done = "The migrant centre at [place:BA|Lipa] was opened today."
    assert [found for found, _ in statuses(done, "opening", title=title)] == ["occurred", "occurred"]


def test_what_is_in_force_was_signed_before() -> None:
    text = "The visa agreement with [territory:XK|Kosovo] came into force today. It was signed in [place:LT|Vilnius]."
    assert [found for found, _ in statuses(text, "agreement_signed")] == ["background"]


def test_an_undated_act_deep_in_the_text_is_recalled() -> None:
    lead = "The minister visited the reception centre for asylum seekers, " + "talked to staff and residents, " * 5
    text = f"{lead}and left.\n\n[territory:SI|Slovenia] has pledged [quantity:567 places|567 places] for refugees."
    assert [found for found, _ in statuses(text, "pledge_or_commitment")] == ["background"]
    news = "[territory:SI|Slovenia] has pledged [quantity:567 places|567 places] for refugees."
    assert [found for found, _ in statuses(news, "pledge_or_commitment")] == ["occurred"]


def test_reported_speech_shifts_the_perfect_back() -> None:
    told = "[organisation|IOM] {} that it had assisted 80 migrants to return to [territory:GH|Ghana] on {}."
    day = "[date:2025-07-01|1 July]"
    assert [found for found, _ in statuses(told.format("announced", day), "return_operation")] == ["occurred"]
    before = told.replace("{} that", "had {} that").format("announced", day)
    assert [found for found, _ in statuses(before, "return_operation")] == ["background"]
    old = told.format("announced", "[date:2024-07-01|1 July 2024]")
    assert [found for found, _ in statuses(old, "return_operation")] == ["background"]


def test_today_is_news_without_publication_day() -> None:
    lead = "[territory:NO|Norway] will provide [quantity:2000000 EUR|EUR 2 million] for asylum seekers in Greece."
    signed = "The memorandum on asylum was signed in [place:GR|Athens] {}."
    text = f'{lead}\n\n"Asylum concerns all of us", the minister said.\n\n{signed}'
    for day, status in (("[date|today]", "occurred"), ("", "background")):
        claims = claims_of(text.format(day), published_on="")
        assert [claim.status for claim in claims if claim.claim_type == "agreement_signed"] == [status]


def test_a_day_before_or_after_the_news_without_publication_day() -> None:
    text = (
        "Officials met in [place:SI|Ljubljana] on [date:2025-03-18|18 March 2025] to speak about migration. "
        "A training on asylum was held in [place:AL|Tirana] on [date:2023-07-01|1 July 2023]. "
        "A workshop on asylum takes place in [place:AL|Tirana] on [date:2025-12-31|31 December 2025]."
    )
    claims = claims_of(text, published_on="")
    assert [(claim.claim_type, claim.status) for claim in claims] == [
        ("meeting", "occurred"),
        ("training", "background"),
        ("training", "planned"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "claim_type"),
    [
        (
            "fr",
            "[territory:FR|La France] versera [quantity:10000000 EUR|10 millions d'euros] pour l'asile.",
            "funding_granted",
        ),
        (
            "sr",
            "[territory:DE|Nemačka] će donirati [quantity:2500000 EUR|2,5 miliona evra] za azil.",
            "funding_granted",
        ),
        ("sl", "[territory:SI|Slovenija] bo donirala [quantity:200000 EUR|200.000 evrov] za azil.", "funding_granted"),
        (
            "sq",
            "[territory:DE|Gjermania] do të japë [quantity:2000000 EUR|2 milionë euro] për azilin.",
            "funding_granted",
        ),
        ("sq", "[instrument|Marrëveshja e ripranimit] do të ratifikohet në janar.", "agreement_approved"),
        ("fr", "[organisation|Le Parlement] ratifiera [instrument|l'accord de réadmission].", "agreement_approved"),
        (
            "de",
            "[organisation|Der Bundestag] soll [instrument|das Abkommen] über Asyl ratifizieren.",
            "agreement_approved",
        ),
        ("fr", "[person|Anne Petit] se rendra à [place:TN|Tunis] pour parler d'asile.", "visit"),
    ],
)
def test_what_other_languages_say_lies_ahead(language: str, text: str, claim_type: str) -> None:
    assert statuses(text, claim_type, language) == [("planned", "affirmed")]
