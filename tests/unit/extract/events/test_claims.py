"""Claims of a document: what sentences say, what they lend each other, and what must never be lent."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tasks.extract.annotations import Claim, Document, Mention, Reject
from tasks.extract.events.claims import find_claims
from tasks.extract.frames.examples import example_document
from tasks.extract.frames.frame_model import Example
from tests.unit.extract.real_frames import FRAMES
from warehouse.ids import claim_id

HERE = str(Path(__file__))


def read(text: str, language: str, published_on: str, title: str) -> tuple[Document, list[Mention]]:
    return example_document(Example(text, language, title, published_on, (), (), HERE, 0))


def find(
    text: str, language: str = "en", published_on: str = "2025-07-03", title: str = ""
) -> tuple[list[Claim], list[Reject]]:
    return find_claims(*read(text, language, published_on, title), FRAMES)


def one(claims: list[Claim], claim_type: str) -> Claim:
    """Return the only claim of a type."""
    (claim,) = [claim for claim in claims if claim.claim_type == claim_type]
    return claim


def names(claim: Claim, role: str) -> list[str]:
    return [argument.mention.text for argument in claim.arguments if argument.role == role]


def test_spans_lie_in_one_sentence_and_ids_are_those_of_the_trigger() -> None:
    for example in FRAMES.examples:
        document, mentions = example_document(example)
        claims, rejects = find_claims(document, mentions, FRAMES)
        sentences = {sentence.sentence_id: sentence for sentence in document.sentences}
        assert len({claim.claim_id for claim in claims}) == len(claims)
        for claim in claims:
            sentence = sentences[claim.sentence_id]
            assert sentence.start <= claim.start <= claim.trigger_start
            assert claim.trigger_end <= claim.end <= sentence.end
            begin = claim.trigger_start - sentence.start
            ids = {claim_id(claim.sentence_id, claim.claim_type, begin, ordinal) for ordinal in range(3)}
            assert claim.claim_id in ids
            assert 0 < claim.confidence <= 1
        for reject in rejects:
            assert document.text[reject.start : reject.end] == reject.text
            assert reject.reason


def test_the_order_of_mentions_does_not_matter() -> None:
    for example in FRAMES.examples:
        document, mentions = example_document(example)
        expected = find_claims(document, mentions, FRAMES)
        mentions.reverse()
        assert find_claims(document, mentions, FRAMES) == expected


def test_a_sentence_put_in_front_moves_offsets_but_not_ids() -> None:
    told = "[territory:LT|Lithuania] and [territory:XK|Kosovo] signed a readmission agreement."
    document, mentions = read(told, "en", "2025-07-03", "")
    before = one(find_claims(document, mentions, FRAMES)[0], "agreement_signed")
    shift = "It was a warm day. "
    (sentence,) = document.sentences
    moved = replace(sentence, start=len(shift), end=sentence.end + len(shift))
    document = replace(document, text=shift + document.text, sentences=(moved,))
    mentions = [replace(m, start=m.start + len(shift), end=m.end + len(shift)) for m in mentions]
    after = one(find_claims(document, mentions, FRAMES)[0], "agreement_signed")
    assert (after.start, after.claim_id) == (before.start + len(shift), before.claim_id)


def test_one_event_told_with_two_words_is_one_claim() -> None:
    text = "[territory:LT|Lithuania] hosted the migration conference, a meeting held in [place:LT|Vilnius]."
    claims, rejects = find(text)
    claim = one(claims, "meeting")
    assert claim.place_name == "Vilnius"
    assert "same_event_in_sentence" in {reject.reason for reject in rejects}


def test_each_day_with_its_own_destination_is_an_event() -> None:
    text = (
        "[quantity:49 people|Forty-nine children] were relocated from [territory:GR|Greece]. "
        "[quantity:25 people|Twenty-five of them] flew to [territory:PT|Portugal] on [date:2020-07-07|7 July], "
        "[quantity:24 people|twenty-four] to [territory:FI|Finland] on [date:2020-07-08|8 July]."
    )
    claims, _ = find(text, published_on="2020-07-09")
    flights = [(names(claim, "to"), claim.date_start) for claim in claims if claim.date_start and names(claim, "to")]
    assert flights == [(["Portugal"], date(2020, 7, 7)), (["Finland"], date(2020, 7, 8))]
    assert all(names(claim, "from") == ["Greece"] for claim in claims)
    assert {claim.country_code for claim in claims} == {"GR"}


def test_two_days_in_one_clause_stay_one_event_without_parties_of_their_own() -> None:
    text = "Ministers met in [place:AL|Tirana] on [date:2025-07-01|1 July] and [date:2025-07-03|3 July] about asylum."
    assert len(find(text)[0]) == 1


def test_what_the_headline_says_takes_its_day_from_the_lead() -> None:
    title = "[territory:LT|Lithuania] signs readmission protocols with [territory:XK|Kosovo]"
    text = "The Interior Minister visited the region [date:2025-06-30..2025-07-03|this week]."
    claim = one(find(text, title=title)[0], "agreement_signed")
    assert (claim.date_start, claim.date_end) == (date(2025, 6, 30), date(2025, 7, 3))
    assert (claim.date_precision, claim.date_basis) == ("day", "lead")


def test_news_without_any_day_is_of_the_day_of_publication_and_unknown_without_one() -> None:
    text = "[territory:LT|Lithuania] and [territory:XK|Kosovo] signed a readmission agreement."
    claim = one(find(text)[0], "agreement_signed")
    assert (claim.date_start, claim.date_precision, claim.date_basis) == (date(2025, 7, 3), "approx", "document")
    undated = one(find(text, published_on="")[0], "agreement_signed")
    assert (undated.date_start, undated.date_precision, undated.date_basis) == (None, "unknown", None)


def test_a_plan_takes_no_day_from_elsewhere() -> None:
    text = "The readmission agreement with [territory:XK|Kosovo] will be signed soon."
    claim = one(find(text)[0], "agreement_signed")
    assert (claim.status, claim.date_start, claim.date_precision) == ("planned", None, "unknown")


def test_the_previous_meeting_is_another_event_and_borrows_nothing() -> None:
    text = (
        "Migration officials met in [place:BA|Sarajevo] from [date:2025-01-28..2025-01-30|28 to 30 January 2025]. "
        "They built on a previous operational meeting in [territory:ME|Montenegro]."
    )
    first, second = find(text, published_on="2025-02-03")[0]
    assert (first.country_code, first.reference_marker) == ("BA", None)
    assert (second.reference_marker, second.status, second.country_code) == ("previous", "background", "ME")
    assert (second.date_start, second.date_precision, second.place_mention) == (None, "unknown", None)


def test_a_number_in_a_series_is_kept() -> None:
    text = "The Readmission Committee held its 22nd meeting in [place:KZ|Astana]."
    assert one(find(text)[0], "meeting").series_ordinal == 22


def test_a_date_that_belongs_to_something_else_is_not_the_day() -> None:
    text = (
        "[territory:LT|Lithuania] and [territory:XK|Kosovo] signed the readmission agreement of "
        "[date:2009-01-01..2009-12-31:year|2009] anew; talks had gone on since [date:2014-01-01..2014-12-31:year|2014]."
    )
    assert one(find(text)[0], "agreement_signed").date_basis == "document"


def test_unnamed_office_holders_stand_for_their_country_and_named_ones_for_themselves() -> None:
    unnamed = "[territory:LT|Lithuania]’s Minister of the Interior met the asylum experts of [organisation|EUAA]."
    claim = one(find(unnamed)[0], "meeting")
    assert [(a.mention.text, a.basis) for a in claim.arguments] == [("Lithuania", "derived"), ("EUAA", "derived")]
    named = "[territory:LT|Lithuania]’s Interior Minister [person:LT|Vladislav Kondratovič] met asylum experts."
    assert names(one(find(named)[0], "meeting"), "participant") == ["Vladislav Kondratovič"]


def test_what_stands_behind_a_name_describes_it() -> None:
    text = (
        "On migration, [person:BY|Vladimir Makei], Minister of Foreign Affairs of [territory:BY|Belarus], met "
        "[person|Helga Schmid], Secretary General of the [organisation|EEAS], and [person|Johannes Hahn]."
    )
    assert names(one(find(text)[0], "meeting"), "participant") == ["Vladimir Makei", "Helga Schmid", "Johannes Hahn"]


def test_a_signatory_binds_the_country() -> None:
    text = (
        "Foreign Minister [person:BY|Uladzimir Makei] signed the readmission agreement with the "
        "[organisation:EU|European Union] in [place:BE|Brussels]. [territory:BY|Belarus] had waited for it."
    )
    claim = one(find(text)[0], "agreement_signed")
    assert names(claim, "signatory") == ["Uladzimir Makei"]
    assert sorted(names(claim, "party")) == ["Belarus", "European Union"]
    assert [a.basis for a in claim.arguments if a.mention.text == "Belarus"] == ["derived"]


@pytest.mark.parametrize(
    ("text", "country", "basis"),
    [
        ("[territory:LT|Lithuania] and [territory:XK|Kosovo] signed a readmission agreement.", None, None),
        ("[territory:LT|Lithuania] and the [organisation:EU|EU] signed a readmission agreement.", "LT", "derived"),
        ("[territory:LT|Lithuania] signed a readmission agreement with [organisation|Frontex] in [place:PL|Warsaw].",
         "PL", "text"),
        ("[territory:DE|Germany] and [territory:AT|Austria] met in [territory:CH|Switzerland] on visas.", "CH", "text"),
        ("[region|Western Balkan partners] pledged more returns of migrants.", None, None),
        ("Officials of the EU met at the [territory:GR|Greek]-[territory:AL|Albanian] border to discuss asylum.",
         None, None),
        ("[territory:IT|Italy] signed an agreement on migration centres in [territory:AL|Albania].", "IT", "derived"),
    ],
)  # fmt: skip
def test_country_by_the_codebook(text: str, country: str | None, basis: str | None) -> None:
    (claim,) = find(text)[0]
    assert (claim.country_code, claim.country_basis) == (country, basis)


def test_a_footnote_names_the_issuers() -> None:
    text = (
        "Joint statement on migration by [person|Dimitris Avramopoulos], [person|Julian King] and the Ministers of "
        "Interior of the [region|Western Balkans]*.\n\n"
        "*Ministers [person|Bejtush GASHI], [person|Herbert KICKL]"
    )
    claim = one(find(text)[0], "statement")
    issuers = ["Dimitris Avramopoulos", "Julian King", "Western Balkans", "Bejtush GASHI", "Herbert KICKL"]
    assert names(claim, "issuer") == issuers
    assert [a.basis for a in claim.arguments][-2:] == ["document", "document"]


def test_the_meeting_behind_a_statement_has_its_issuers() -> None:
    text = (
        "Joint statement on migration by [person|Dimitris Avramopoulos] and [person|Julian King].\n\n"
        "[date:2018-06-19|Today]'s meeting was held to discuss visas."
    )
    meeting = one(find(text, published_on="2018-06-19")[0], "meeting")
    assert names(meeting, "participant") == ["Dimitris Avramopoulos", "Julian King"]
    assert meeting.date_start == date(2018, 6, 19)


def test_roles_of_later_sentences_join_the_event() -> None:
    text = (
        "A conference on returns took place in [place:SI|Ljubljana]. It was organised by [organisation|HWI] and "
        "chaired by [person|Ana Kos], head of the [organisation|Agency]. It was part of the project [project|Way Home]."
    )
    claim = one(find(text)[0], "meeting")
    assert names(claim, "organiser") == ["HWI"]
    assert names(claim, "chair") == ["Ana Kos"]
    assert claim.project_mention is not None
    assert claim.project_mention.text == "Way Home"


def test_a_pronoun_stands_for_the_last_person() -> None:
    text = "Minister [person|Ana Kos] spoke about asylum. She met colleagues from [territory:HR|Croatia]."
    assert names(one(find(text)[0], "meeting"), "participant") == ["Ana Kos", "Croatia"]


def test_the_country_stands_for_the_last_territory() -> None:
    text = (
        "[territory:LT|Lithuania] supports the solidarity mechanism for refugees. "
        "The country plans to contribute [quantity:1000000 EUR|one million euro]."
    )
    claim = one(find(text)[0], "pledge_or_commitment")
    assert (names(claim, "issuer"), claim.country_code) == (["Lithuania"], "LT")


def test_who_funds_a_project_does_not_attend_its_meeting() -> None:
    text = "This visa meeting was organised as part of the project [project|Way Home] financed by [organisation|AMIF]."
    assert names(one(find(text)[0], "meeting"), "participant") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The ministers signed up for the migration newsletter of the agreement.", "blocked_phrase"),
        ("The asylum meeting highlighted several points.", "points_back"),
        ("The asylum office opens every day.", "habitual"),
        ("[organisation|Pledgers United] sent a letter about asylum.", "blocked_phrase"),
        ("The asylum agency opened its heart.", "no_facility"),
    ],
)
def test_what_is_refused_says_why(text: str, reason: str) -> None:
    claims, rejects = find(text)
    assert not claims
    assert reason in {reject.reason for reject in rejects}


def test_words_of_the_field_are_needed() -> None:
    text = "[territory:LT|Lithuania] and [territory:XK|Kosovo] signed an agreement on culture."
    claims, rejects = find(text)
    assert not claims
    assert {reject.reason for reject in rejects} == {"outside_scope"}


def test_documents_without_sentences_or_in_other_languages_give_nothing() -> None:
    document, _ = read("", "en", "", "")
    assert find_claims(document, [], FRAMES) == ([], [])
    assert find("Visas will be signed", language="und")[0] == []


def test_a_list_of_hundreds_and_a_sentence_without_end_are_read() -> None:
    partners = ", ".join(f"[territory:LT|Lithuania] and [territory:XK|Kosovo {number}]" for number in range(300))
    claims, _ = find(f"Migration ministers of {partners} met.")
    assert claims
    claims, _ = find("migration meeting " * 20000)
    assert isinstance(claims, list)
