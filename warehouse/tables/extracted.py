"""Contracts of the extracted layer: what single documents say, each with its span, its rule and its confidence."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import (
    BASES,
    CLAIM_TYPES,
    MENTION_KINDS,
    PARTY_ROLES,
    POLARITIES,
    PRECISIONS,
    QUALIFIERS,
    STATUSES,
    ZONES,
)
from warehouse.vocabulary import TOPICS as TOPIC_CODES

_WHERE = (
    Column("doc_id", "string", "Document, over all its versions."),
    Column("document_version_id", "string", "Version of the document the offsets belong to."),
    Column("sentence_id", "string", "Sentence it stands in."),
)
_RULE = (
    Column("rule_id", "string", "Rule that found it."),
    Column("rules_hash", "string", "Hash of all rules and knowledge in force."),
    Column("confidence", "float64", "Probability that it is right, 0 to 1."),
)

MENTIONS = TableContract(
    name="mentions",
    layer="extracted",
    grain="one mention of a thing, a date or a quantity at one place of one document version",
    key=("document_version_id", "doc_id", "mention_id"),
    sort=("document_version_id", "doc_id", "start", "end", "mention_id"),
    columns=(
        Column("mention_id", "string", "Id: hash of sentence, kind and position in the sentence."),
        *_WHERE,
        Column("kind", "string", "What is mentioned.", values=MENTION_KINDS),
        Column("start", "int32", "Offset of the first code point in the document's text."),
        Column("end", "int32", "Offset after the last code point."),
        Column("text", "string", "The mention: text[start:end] of the document."),
        Column("zone", "string", "Part of the document it stands in.", values=ZONES),
        Column("name", "string", "Name of the thing: the reference table's, else the fullest form in this document; null for dates and quantities.", nullable=True),
        Column("reference_id", "string", "Row of the reference tables it is linked to.", nullable=True),
        Column("subtype", "string", "Kind of organisation, instrument or place; the thing counted of a quantity.", nullable=True),
        Column("country_code", "string", "ISO 3166-1 alpha-2 of the thing (Kosovo = XK); null where it has none.", nullable=True),
        Column("office", "string", "Office of a person at the time.", nullable=True),
        Column("affiliation", "string", "Organisation of a person at the time.", nullable=True),
        Column("affiliation_reference_id", "string", "Reference row of that organisation.", nullable=True),
        Column("unnamed_office", "string", "Office whose holder, not named in the document, the country or body stands for; null elsewhere.", nullable=True),
        Column("unnamed_office_id", "string", "Row of that office in `offices.csv`; null where a word like acting, deputy or new says which holder is meant.", nullable=True),
        Column("antecedent_mention_id", "string", "Mention this short form or pronoun-like phrase stands for, in the same document.", nullable=True),
        Column("date_start", "date", "First day meant by a date mention.", nullable=True),
        Column("date_end", "date", "Last day meant by a date mention.", nullable=True),
        Column("date_precision", "string", "How exactly the text gives the date.", nullable=True, values=PRECISIONS),
        Column("date_anchor", "date", "Day a relative date was resolved against.", nullable=True),
        Column("value_min", "float64", "Lowest value of a quantity.", nullable=True),
        Column("value_max", "float64", "Highest value of a quantity; equal to value_min if there is one number.", nullable=True),
        Column("unit", "string", "ISO 4217 code, `percent`, or a plural English noun.", nullable=True),
        Column("currency", "string", "ISO 4217 code of an amount of money.", nullable=True),
        Column("qualifier", "string", "How the text hedges the number.", nullable=True, values=QUALIFIERS),
        *_RULE,
    ),
)  # fmt: skip

CLAIMS = TableContract(
    name="claims",
    layer="extracted",
    grain="one statement of one sentence that an event happened, will or did not, or that a relation holds",
    key=("document_version_id", "doc_id", "claim_id"),
    sort=("document_version_id", "doc_id", "start", "claim_id"),
    columns=(
        Column("claim_id", "string", "Id: hash of sentence, type, trigger position and ordinal; survives a new version."),
        *_WHERE,
        Column("claim_kind", "string", "event, or relation between things.", values=("event", "relation")),
        Column("claim_type", "string", "Event type of the codebook, or the relation.", values=CLAIM_TYPES),
        Column("status", "string", "Whether it happened, judged on the day of the document.", values=STATUSES),
        Column("polarity", "string", "negated where the text says it did not happen.", values=POLARITIES),
        Column("zone", "string", "Part of the document it stands in.", values=ZONES),
        Column("trigger_start", "int32", "Offset of the word that signals the claim."),
        Column("trigger_end", "int32", "Offset after the trigger."),
        Column("trigger_text", "string", "The trigger: text[trigger_start:trigger_end]."),
        Column("start", "int32", "Offset of the quoted evidence."),
        Column("end", "int32", "Offset after the quoted evidence."),
        Column("quote", "string", "The evidence: text[start:end] of the document."),
        Column("date_start", "date", "First day of the event.", nullable=True),
        Column("date_end", "date", "Last day of the event.", nullable=True),
        Column("date_precision", "string", "How exactly the text gives the date.", values=PRECISIONS),
        Column("date_verbatim", "string", "The words that give the date.", nullable=True),
        Column("date_basis", "string", "text: same sentence; lead or document: filled from there; null without a date.", nullable=True, values=BASES),
        Column("date_mention_id", "string", "Date mention that was used.", nullable=True),
        Column("place_mention_id", "string", "Place mention that was used.", nullable=True),
        Column("place_name", "string", "Place where it happened.", nullable=True),
        Column("place_basis", "string", "How the place is known.", nullable=True, values=BASES),
        Column("country_code", "string", "ISO 3166-1 alpha-2 of where it happened, by the codebook.", nullable=True),
        Column("country_basis", "string", "How the country is known.", nullable=True, values=BASES),
        Column("project_mention_id", "string", "Project the event is part of.", nullable=True),
        Column("reference_marker", "string", "`previous` or `next` where the text sets it apart from the document's main event.", nullable=True, values=("previous", "next")),
        Column("series_ordinal", "int32", "Ordinal the text gives it in its series (second meeting = 2).", nullable=True),
        *_RULE,
    ),
)  # fmt: skip

CLAIM_ARGUMENTS = TableContract(
    name="claim_arguments",
    layer="extracted",
    grain="one thing in one role of one claim",
    key=("document_version_id", "doc_id", "claim_id", "ordinal"),
    columns=(
        Column("claim_id", "string", "The claim.", refers_to="extracted.claims.claim_id"),
        Column("doc_id", "string", "Document, over all its versions."),
        Column("document_version_id", "string", "Version of the document the offsets belong to."),
        Column("ordinal", "int32", "Order of the arguments of the claim."),
        Column("role", "string", "Role of the thing; `instrument`, `project` and `quantity` for objects.", values=(*PARTY_ROLES, "instrument", "project", "quantity")),
        Column("mention_id", "string", "Mention that fills the role.", refers_to="extracted.mentions.mention_id"),
        Column("start", "int32", "Offset of the mention."),
        Column("end", "int32", "Offset after the mention."),
        Column("text", "string", "The mention: text[start:end] of the document."),
        Column("basis", "string", "text: same sentence; lead or document: filled from there; derived: from an office or a longer name.", values=BASES),
        Column("rule_id", "string", "Rule that filled the role."),
    ),
)  # fmt: skip

REJECTS = TableContract(
    name="rejects",
    layer="extracted",
    grain="one candidate that a rule found and another rule refused",
    key=("document_version_id", "doc_id", "reject_id"),
    columns=(
        Column("reject_id", "string", "Id: hash of sentence, kind and position."),
        *_WHERE[:2],
        Column("sentence_id", "string", "Sentence it stands in; null for what a labeller proposed and the document does not hold, and for whole documents.", nullable=True),
        Column("kind", "string", "Mention kind or claim type of the candidate; `document` where a labeller gave no answer at all, or our own rules failed on it (reason extraction_failed)."),
        Column("start", "int32", "Offset of the candidate.", nullable=True),
        Column("end", "int32", "Offset after the candidate.", nullable=True),
        Column("text", "string", "The candidate: text[start:end] of the document.", nullable=True),
        Column("proposed", "string", "What a labeller said, in its words; for extraction_failed the exception and its place in the code; null for candidates of the rules.", nullable=True),
        Column("rule_id", "string", "Rule that found it; `labeller.` and the name of a labeller; `extract` for a document that the stage failed on."),
        Column("reason", "string", "Why it was refused, a short code."),
        Column("rules_hash", "string", "Hash of all rules and knowledge in force."),
    ),
)

TOPICS = TableContract(
    name="topics",
    layer="extracted",
    grain="one topic of one document version",
    key=("document_version_id", "doc_id", "topic"),
    columns=(
        Column("topic", "string", "Topic of the codebook's closed list.", values=TOPIC_CODES),
        *_WHERE,
        Column("start", "int32", "Offset of the words that tell it."),
        Column("end", "int32", "Offset after those words."),
        Column("text", "string", "The words: text[start:end] of the document."),
        Column("n_words", "int32", "How often words of the topic stand in the document; 0 where only the type of an event tells it."),
        *_RULE,
    ),
)  # fmt: skip

VOTES = TableContract(
    name="votes",
    layer="extracted",
    grain="the vote of one labeller on one mention or claim; no rows where the rules alone were asked",
    key=("document_version_id", "doc_id", "target_id", "labeller"),
    columns=(
        Column("target_kind", "string", "What is voted on.", values=("mention", "claim")),
        Column("target_id", "string", "The mention or claim, in `extracted.mentions` or `extracted.claims`."),
        Column("labeller", "string", "Who votes: `rules`, or an optional model such as `spacy:de_core_news_sm`."),
        *_WHERE[:2],
        Column("found", "bool", "Whether the labeller found it too."),
        Column("alignment", "string", "How its words were found in the text; null for the rules and where it found nothing.", nullable=True, values=("exact", "moved", "folded", "fuzzy")),
        Column("score", "float64", "The labeller's own certainty, 0 to 1, not calibrated; null if it gives none.", nullable=True),
        Column("rules_hash", "string", "Hash of all rules, knowledge and labellers in force."),
    ),
)  # fmt: skip

TABLES = (MENTIONS, CLAIMS, CLAIM_ARGUMENTS, REJECTS, TOPICS, VOTES)
