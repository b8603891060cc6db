"""Contracts of what resolution remembers: its decisions, the ids it has minted, and what each rests on."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import JUDGEMENTS, REGISTRY_STATUSES

JUDGEMENT_LOG = TableContract(
    name="judgements",
    layer="resolved",
    grain="one decision whether two things are the same",
    key=("kind", "left_id", "right_id"),
    partitioned=False,
    columns=(
        Column("kind", "string", "What was compared: event (claims) or entity (mentions).", values=("event", "entity")),
        Column("left_id", "string", "Claim or mention with the smaller id."),
        Column("right_id", "string", "Claim or mention with the larger id."),
        Column("verdict", "string", "The decision.", values=JUDGEMENTS),
        Column("reason", "string", "Why, a short sentence made of the values compared."),
        Column("rule_id", "string", "Rule that decided; `person` where somebody did."),
        Column("author", "string", "`rule`, or the name of the person who decided."),
        Column("score", "float64", "How strongly, 0 (not the same) to 1 (the same)."),
    ),
)

ID_REGISTRY = TableContract(
    name="id_registry",
    layer="resolved",
    grain="one id ever minted for an event, an entity or a quantity",
    key=("id",),
    partitioned=False,
    columns=(
        Column("id", "string", "The id."),
        Column("kind", "string", "What it names: event, quantity or a kind of entity."),
        Column(
            "label",
            "string",
            "What it named when it was minted: the type of an event, the name of an entity, value and unit of a quantity.",
            nullable=True,
        ),
        Column("founding_id", "string", "Claim, mention or reference row it was minted from; the event, for an instrument derived from one."),
        Column(
            "founding_sentence_id",
            "string",
            "Sentence of the founding claim or mention; null for a reference row.",
            nullable=True,
        ),
        Column("minted_on", "date", "Logical date of the partition it was first seen in."),
        Column(
            "status",
            "string",
            "active, redirected after a merge, retired when its evidence is gone, or retracted by a person.",
            values=REGISTRY_STATUSES,
        ),
        Column("redirect_to", "string", "The id to use instead.", nullable=True),
        Column("reason", "string", "Why it is no longer active.", nullable=True),
    ),
)

REGISTRY_EVIDENCE = TableContract(
    name="registry_evidence",
    layer="resolved",
    grain="one claim or mention that an active id rested on after the last resolution",
    key=("id", "evidence_id"),
    partitioned=False,
    columns=(
        Column("id", "string", "The event, entity or quantity id.", refers_to="resolved.id_registry.id"),
        Column("evidence_id", "string", "Claim or mention id."),
        Column("sentence_id", "string", "Sentence of the evidence."),
    ),
)
