"""Contracts of the quality layer: verdicts of the gates, rows they refused, and data problems."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import SEVERITIES, VERDICTS

GATE_RESULTS = TableContract(
    name="gate_results",
    layer="quality",
    grain="one rule of one gate in one run",
    key=("run_id", "stage", "table_name", "rule"),
    columns=(
        Column("run_id", "string", "The run."),
        Column("stage", "string", "Stage after which the gate stands."),
        Column("table_name", "string", "Table that was checked, with its layer."),
        Column("rule", "string", "Name of the rule."),
        Column("severity", "string", "critical blocks, warning publishes and is reported.", values=SEVERITIES),
        Column("verdict", "string", "broken: the check could not run.", values=VERDICTS),
        Column("n_rows", "int64", "Rows checked."),
        Column("n_unexpected", "int64", "Rows that break the rule."),
        Column("observed", "string", "What was observed, for rules on whole tables.", nullable=True),
        Column("examples", "string", "At most five keys of offending rows, as JSON.", nullable=True),
        Column("consequence", "string", "What would go wrong unnoticed without the rule."),
    ),
    partitioned=False,
    volatile=("run_id",),
)  # fmt: skip

QUARANTINE = TableContract(
    name="quarantine",
    layer="quality",
    grain="one row that a row-level rule kept out of the next stage",
    key=("table_name", "row_key", "rule"),
    columns=(
        Column("run_id", "string", "The run that refused it."),
        Column("table_name", "string", "Table the row belongs to, with its layer."),
        Column("row_key", "string", "Key of the row, parts joined by |."),
        Column("source_id", "string", "Source of the row, where the table has one.", nullable=True),
        Column("rule", "string", "Rule that refused it."),
        Column("reason", "string", "What is wrong with it."),
        Column("payload", "string", "The row as JSON."),
    ),
    partitioned=False,
    volatile=("run_id",),
)

ISSUES = TableContract(
    name="issues",
    layer="quality",
    grain="one data problem found in one run, with its full count",
    key=("run_id", "stage", "source_id", "code"),
    columns=(
        Column("run_id", "string", "The run."),
        Column("stage", "string", "Stage that met it."),
        Column("source_id", "string", "Source concerned."),
        Column("code", "string", "Short code of the problem."),
        Column("severity", "string", "How grave.", values=SEVERITIES),
        Column("n", "int64", "How often."),
        Column("examples", "string", "At most five places, as JSON.", nullable=True),
        Column("mend", "string", "What a person can do about it."),
    ),
    partitioned=False,
    volatile=("run_id",),
)

TABLES = (GATE_RESULTS, QUARANTINE, ISSUES)
