"""Closed vocabularies that several tables share: what may stand in a coded column.

The words are those of the codebook; a new word is added here first, then in the seeds that use it.
"""

EVENT_TYPES = (
    "meeting", "visit", "training", "agreement_signed", "agreement_approved", "agreement_entered_into_force",
    "negotiation", "pledge_or_commitment", "relocation", "return_operation", "legislation_adopted",
    "legislation_proposed", "statement", "project_launched", "project_completed", "funding_granted", "deployment",
    "opening", "statistics_reported", "appointment",
)  # fmt: skip
RELATION_TYPES = ("project_funding", "project_implementation")
CLAIM_TYPES = EVENT_TYPES + RELATION_TYPES

STATUSES = ("occurred", "background", "planned", "cancelled")
HAPPENED = ("occurred", "background")
POLARITIES = ("affirmed", "negated")

# "session" is a parliament's sitting whose days the text does not give: a period, never a day.
PRECISIONS = ("day", "month", "year", "approx", "session", "unknown")

PARTY_ROLES = (
    "party", "signatory", "participant", "chair", "host", "organiser", "visitor", "speaker", "issuer", "proposer",
    "funder", "implementer", "beneficiary", "deployer", "from", "to", "appointer", "appointee",
)  # fmt: skip
# Where a value comes from: its sentence, the lead, the document, a rule, the knowledge tables, or a person.
BASES = ("text", "lead", "document", "derived", "reference", "corrected")

MENTION_KINDS = (
    "territory", "region", "organisation", "person", "place", "instrument", "project", "date", "quantity",
)  # fmt: skip
ENTITY_KINDS = ("territory", "region", "organisation", "person", "place", "instrument", "project")
PARTY_KINDS = ("territory", "region", "organisation", "person")

ORGANISATION_KINDS = (
    "supranational", "eu_institution", "eu_agency", "un_agency", "intergovernmental", "regional_initiative", "forum",
    "government", "government_body", "ministry", "national_agency", "police", "parliament", "fund", "ngo",
)  # fmt: skip
INSTRUMENT_KINDS = (
    "readmission_agreement", "implementing_protocol", "visa_agreement", "status_agreement", "working_arrangement",
    "operational_plan", "mou", "protocol", "partnership_agreement", "agreement", "treaty", "declaration",
    "action_plan", "contingency_plan", "strategy", "programme", "mechanism", "conclusions", "law",
    "government_decision", "eu_regulation", "eu_directive", "eu_decision",
)  # fmt: skip
QUALIFIERS = ("exact", "estimated", "at_least", "up_to", "about")
ZONES = ("title", "body", "subhead", "list_item", "footnote")
LANGUAGES = ("en", "lt", "nl", "de", "fr", "bs", "hr", "sr", "sh", "mk", "sq", "sl", "und")

REMOVAL_KINDS = (
    "agency_credit", "byline", "caption", "clock", "contact_block", "date_line", "empty_label", "filler",
    "furniture", "info_icon", "language_switch", "navigation", "project_link", "reference_number", "related_items",
    "repeated_title", "share_widget", "site_name", "source_block", "syndication_wrapper",
)  # fmt: skip
# What gives the day of publication, in the order in which it is believed.
PUBLICATION_METHODS = (
    "declared_element", "json_ld", "meta", "time_element", "visible_line", "listed", "syndication_wrapper",
    "source_block", "dateline", "url",
)  # fmt: skip
# Lists in which a publisher says when a page was published: a plain sitemap says only when it changed, and records of
# an interface when somebody entered or saw it.
LISTS_WITH_DAYS = ("feed", "news_sitemap", "listing")
LINK_RELATIONS = ("cites", "republishes", "project_page")
# A near duplicate may be the next announcement of a series; the others are one announcement.
REPEATING_KINDS = ("exact", "republished")
DUPLICATE_KINDS = (*REPEATING_KINDS, "near_duplicate")
# listed: a feed, sitemap or list was read; quarantined: what answered is no announcement and replaces none.
FETCH_OUTCOMES = ("captured", "unchanged", "listed", "skipped", "quarantined", "missing", "gone", "failed")
ABSENCE_STATES = ("missing", "gone", "back")
SEVERITIES = ("critical", "warning", "info")
VERDICTS = ("passed", "failed", "broken")
CHANGE_KINDS = ("added", "changed", "removed", "merged", "split", "retired", "retracted")
REGISTRY_STATUSES = ("active", "redirected", "retired", "retracted")
JUDGEMENTS = ("same", "not_same", "unsure")
# Steps in the life of an instrument, in their usual order.
LIFECYCLE_STEPS = ("negotiated", "proposed", "signed", "approved", "adopted", "in_force")
PLEDGE_KINDS = ("people", "places", "money", "goods", "undertaking")
STATEMENT_FORMS = ("joint", "direct", "indirect")
EVIDENCE_ROLES = ("primary", "corroborating", "contradicting")
TOPICS = (
    "readmission", "return", "relocation", "resettlement", "asylum", "reception", "pact", "legislation",
    "border_management", "smuggling_trafficking", "visa", "funding", "statistics", "capacity_building",
    "regional_cooperation", "integration_reintegration", "labour_migration",
)  # fmt: skip
