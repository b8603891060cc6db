"""Contracts of the published dimensions. Each has an unknown member (`*_unknown`, date key 0) so that joins lose nothing."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import BASES, EVENT_TYPES, INSTRUMENT_KINDS, LANGUAGES, ORGANISATION_KINDS, TOPICS


def _dimension(name: str, grain: str, key: str, *columns: Column, row_floor: int = 1) -> TableContract:
    return TableContract(
        name=name, layer="curated", grain=grain, key=(key,), columns=columns, partitioned=False, row_floor=row_floor
    )


DIM_DATE = _dimension(
    "dim_date", "one calendar day, and one row for the unknown day", "date_key",
    Column("date_key", "int32", "YYYYMMDD; 0 for unknown."),
    Column("day_on", "date", "The day; null for unknown.", nullable=True),
    Column("year", "int32", "Year; null for unknown.", nullable=True),
    Column("quarter", "int32", "Quarter of the year, 1 to 4.", nullable=True),
    Column("month", "int32", "Month, 1 to 12.", nullable=True),
    Column("month_name", "string", "English name of the month.", nullable=True),
    Column("iso_year", "int32", "ISO 8601 week-numbering year.", nullable=True),
    Column("iso_week", "int32", "ISO 8601 week, 1 to 53.", nullable=True),
    Column("weekday", "int32", "ISO weekday, 1 Monday to 7 Sunday.", nullable=True),
    Column("weekday_name", "string", "English name of the weekday.", nullable=True),
)  # fmt: skip

DIM_COUNTRY = _dimension(
    "dim_country", "one country or territory, status-neutral", "country_code",
    Column("country_code", "string", "ISO 3166-1 alpha-2; XK for Kosovo; `ZZ` for unknown."),
    Column("country_code3", "string", "ISO 3166-1 alpha-3; XKX for Kosovo.", nullable=True),
    Column("name", "string", "English short name."),
    Column("is_eu_member", "bool", "Member of the European Union on the day of the release's newest document."),
    Column("eu_member_since_on", "date", "Day of accession.", nullable=True),
    Column("eu_member_until_on", "date", "Last day of membership.", nullable=True),
    Column("is_wb6", "bool", "One of the six partners of the Western Balkans."),
    Column("note", "string", "Note on the designation.", nullable=True),
)  # fmt: skip

DIM_PLACE = _dimension(
    "dim_place", "one named place", "place_id",
    Column("place_id", "string", "Entity id; `ent_unknown` for unknown."),
    Column("name", "string", "Name."),
    Column("kind", "string", "City, region, border crossing, building …", nullable=True),
    Column("country_code", "string", "Country it lies in.", refers_to="curated.dim_country.country_code"),
    Column("reference_id", "string", "Row of the reference tables.", nullable=True),
)  # fmt: skip

DIM_ORGANISATION = _dimension(
    "dim_organisation", "one organisation", "organisation_id",
    Column("organisation_id", "string", "Entity id; `ent_unknown` for unknown."),
    Column("name", "string", "Name."),
    Column("kind", "string", "Kind of the codebook.", nullable=True, values=ORGANISATION_KINDS),
    Column("country_code", "string", "Country it belongs to; ZZ for European and international ones.", refers_to="curated.dim_country.country_code"),
    Column("reference_id", "string", "Row of the reference tables.", nullable=True),
    Column("aliases", "string", "Other forms seen in documents, separated by ` | `.", nullable=True),
    Column("n_documents", "int32", "Documents that name it."),
)  # fmt: skip

DIM_PERSON = _dimension(
    "dim_person", "one named person in a public role", "person_id",
    Column("person_id", "string", "Entity id; `ent_unknown` for unknown."),
    Column("name", "string", "Fullest form of the name."),
    Column("office", "string", "Office in the latest document.", nullable=True),
    Column("organisation_id", "string", "Organisation in the latest document.", refers_to="curated.dim_organisation.organisation_id"),
    Column("country_code", "string", "Country of the office; ZZ for European and international staff.", refers_to="curated.dim_country.country_code"),
    Column("country_basis", "string", "text where a document says it, reference where only the table of office holders does.", nullable=True, values=BASES),
    Column("aliases", "string", "Other spellings seen in documents, separated by ` | `.", nullable=True),
    Column("n_documents", "int32", "Documents that name the person."),
)  # fmt: skip

DIM_COLLECTIVE = _dimension(
    "dim_collective", "one named group of countries", "collective_id",
    Column("collective_id", "string", "Entity id; `ent_unknown` for unknown."),
    Column("name", "string", "Name."),
    Column("reference_id", "string", "Row of the reference tables.", nullable=True),
    Column("n_documents", "int32", "Documents that name it."),
)  # fmt: skip

DIM_INSTRUMENT = _dimension(
    "dim_instrument", "one agreement, protocol, act, plan, mechanism or fund; a bilateral one per pair of parties", "instrument_id",
    Column("instrument_id", "string", "Entity id; `ent_unknown` for unknown."),
    Column("name", "string", "Title, else a description made of kind and parties."),
    Column("kind", "string", "Kind of the codebook.", nullable=True, values=INSTRUMENT_KINDS),
    Column("reference", "string", "Number of the act (2024/1351, COM(2025) 101).", nullable=True),
    Column("parties", "string", "ISO codes or names of the parties, in order of code, separated by ` | `.", nullable=True),
    Column("n_parties", "int32", "Number of parties known."),
    Column("reference_id", "string", "Row of the reference tables.", nullable=True),
    Column("n_documents", "int32", "Documents that name it."),
)  # fmt: skip

DIM_PROJECT = _dimension(
    "dim_project", "one project", "project_id",
    Column("project_id", "string", "Entity id; `ent_unknown` for unknown."),
    Column("name", "string", "Name."),
    Column("url", "string", "Page of the project as a document links it.", nullable=True),
    Column("n_funders", "int32", "Funders known."),
    Column("n_events", "int32", "Events tied to it."),
    Column("n_documents", "int32", "Documents that name it."),
)  # fmt: skip

DIM_SOURCE = _dimension(
    "dim_source", "one source the warehouse reads", "source_id",
    Column("source_id", "string", "Source; `unknown` for unknown."),
    Column("kind", "string", "How it is read."),
    Column("n_documents", "int32", "Documents published from it."),
    Column("first_retrieved_at", "timestamp", "Earliest retrieval.", nullable=True),
    Column("last_retrieved_at", "timestamp", "Latest retrieval.", nullable=True),
    Column("is_gap", "bool", "True where the source is missing or incomplete in this release."),
    Column("gap_reason", "string", "Why.", nullable=True),
)  # fmt: skip

DIM_DOCUMENT = _dimension(
    "dim_document", "one version of one document, without its text", "document_version_id",
    Column("document_version_id", "string", "Version: hash of the raw bytes; `ver_unknown` for unknown."),
    Column("doc_id", "string", "Document, over all its versions."),
    Column("source_id", "string", "Source.", refers_to="curated.dim_source.source_id"),
    Column("external_id", "string", "The manifest's or publisher's own id."),
    Column("url", "string", "Address of the page.", nullable=True),
    Column("publisher", "string", "Publisher as the page names it.", nullable=True),
    Column("title", "string", "Headline.", nullable=True),
    Column("language", "string", "Language.", values=LANGUAGES),
    Column("published_date_key", "int32", "Day of publication; 0 if unknown.", refers_to="curated.dim_date.date_key"),
    Column("published_on", "date", "Day of publication.", nullable=True),
    Column("published_on_method", "string", "What gave the day.", nullable=True),
    Column("published_on_reason", "string", "Why there is no day.", nullable=True),
    Column("retrieved_at", "timestamp", "When the bytes were retrieved.", nullable=True),
    Column("body_sha256", "string", "sha-256 of the archived bytes."),
    Column("text_sha256", "string", "sha-256 of the clean text."),
    Column("is_current", "bool", "True for the latest good version; facts come from it."),
    Column("absence", "string", "Where its page is no longer there: missing (HTTP 404) or gone (410, taken down for good); its facts stay. Null where it answers, or has not been asked again.", nullable=True, values=("missing", "gone")),
    Column("absent_since", "date", "Logical date on which that was noticed.", nullable=True),
    Column("takedown", "string", "Who took the document down and why; then title, address and text are gone and the id stays.", nullable=True),
    Column("republishes_doc_id", "string", "Document this one repeats.", nullable=True),
    Column("n_events", "int32", "Events it is evidence for."),
)  # fmt: skip

DOCUMENT_TEXT = TableContract(
    name="document_text",
    layer="curated",
    grain="the clean text of one document version",
    key=("document_version_id",),
    partitioned=False,
    sort=("year", "document_version_id"),
    by_year="year",
    columns=(
        Column("document_version_id", "string", "Version.", refers_to="curated.dim_document.document_version_id"),
        Column("year", "int32", "Year of publication, of retrieval where that is unknown; one file holds one year."),
        Column("body_start", "int32", "Offset at which the main text begins."),
        Column("text", "string", "Clean text; every offset counts code points in it."),
    ),
)

DIM_EVENT_TYPE = _dimension(
    "dim_event_type", "one event type of the codebook", "event_type",
    Column("event_type", "string", "Type.", values=(*EVENT_TYPES, "unknown")),
    Column("label", "string", "English label."),
    Column("definition", "string", "When to use it."),
    Column("plover_event", "string", "Nearest event class of PLOVER, the successor of CAMEO.", nullable=True),
    Column("plover_mode", "string", "Mode of that class.", nullable=True),
    Column("cameo_code", "string", "Nearest CAMEO code.", nullable=True),
)  # fmt: skip

DIM_TOPIC = _dimension(
    "dim_topic", "one topic of the codebook", "topic",
    Column("topic", "string", "Topic.", values=(*TOPICS, "unknown")),
    Column("label", "string", "English label."),
    Column("definition", "string", "What belongs to it."),
)  # fmt: skip

DIM_RULE = _dimension(
    "dim_rule", "one rule that finds mentions, claims or topics", "rule_id",
    Column("rule_id", "string", "Rule; `unknown` for none."),
    Column("kind", "string", "What it finds.", values=("claim", "mention", "topic", "unknown")),
    Column("family", "string", "Family: what stands before the first point of its id."),
    Column("n_judged", "int32", "How many of its finds a careful reader judged, on annotated announcements."),
    Column("n_right", "int32", "How many of those the reader agreed with."),
    Column("reliability", "float64", "Probability that what it finds is right: its own share, drawn towards its family's the rarer it was met, times what of such shares held on documents nobody wrote rules on; the family's where it was never judged. Null where that was not either.", nullable=True),
    Column("low", "float64", "Lower bound of the share that was right (Wilson's interval, 95 %).", nullable=True),
    Column("high", "float64", "Upper bound.", nullable=True),
    Column("basis", "string", "What the reliability rests on: the rule's own finds, its family's, or what its authors expect.", values=("rule", "family", "prior")),
)  # fmt: skip

DIM_ROLE_SPELL = _dimension(
    "dim_role_spell", "one person in one office of one organisation or country, for one time", "role_spell_id",
    Column("role_spell_id", "string", "Id; `rsp_unknown` for unknown."),
    Column("person_id", "string", "Who held the office.", refers_to="curated.dim_person.person_id"),
    Column("office", "string", "The office, in the words of the documents or of the table of office holders."),
    Column("organisation_id", "string", "Organisation the office belongs to.", refers_to="curated.dim_organisation.organisation_id"),
    Column("country_code", "string", "Country of the office; ZZ for European and international ones.", refers_to="curated.dim_country.country_code"),
    Column("valid_from_on", "date", "First day in office; known of reference rows only.", nullable=True),
    Column("valid_to_on", "date", "Last day in office; null while it lasts, and where only documents attest it.", nullable=True),
    Column("first_attested_on", "date", "Day of the first dated document that names the person in the office.", nullable=True),
    Column("last_attested_on", "date", "Day of the last such document.", nullable=True),
    Column("n_documents", "int32", "Documents that name the person in the office."),
    Column("basis", "string", "text: documents say so; reference: the table of office holders does.", values=BASES),
    Column("source", "string", "Where the table of office holders has it from.", nullable=True),
)  # fmt: skip

BRIDGE_COLLECTIVE_MEMBER = TableContract(
    name="bridge_collective_member", layer="curated", grain="one country in one named group of countries, for one time",
    key=("collective_id", "country_code"), partitioned=False,
    columns=(
        Column("collective_id", "string", "The group.", refers_to="curated.dim_collective.collective_id"),
        Column("country_code", "string", "Its member.", refers_to="curated.dim_country.country_code"),
        Column("valid_from_on", "date", "First day on which the group had these members; null if always.", nullable=True),
        Column("valid_to_on", "date", "Last day; null while it lasts.", nullable=True),
    ),
)  # fmt: skip

TABLES = (
    DIM_DATE, DIM_COUNTRY, DIM_PLACE, DIM_ORGANISATION, DIM_PERSON, DIM_COLLECTIVE, DIM_INSTRUMENT, DIM_PROJECT,
    DIM_SOURCE, DIM_DOCUMENT, DOCUMENT_TEXT, DIM_EVENT_TYPE, DIM_TOPIC, DIM_RULE, DIM_ROLE_SPELL, BRIDGE_COLLECTIVE_MEMBER,
)  # fmt: skip
