"""The contracts of all tables, by layer. `contract_of("curated", "fact_event")` finds one."""

from warehouse.contract import TableContract
from warehouse.errors import ConfigurationError
from warehouse.tables import (
    archive,
    curated_dimensions,
    curated_facts,
    curated_policy,
    documents,
    extracted,
    quality,
    resolved,
)

CURATED: tuple[TableContract, ...] = curated_dimensions.TABLES + curated_facts.TABLES + curated_policy.TABLES
ALL: tuple[TableContract, ...] = (
    archive.TABLES + documents.TABLES + extracted.TABLES + resolved.TABLES + quality.TABLES + CURATED
)
_BY_NAME: dict[tuple[str, str], TableContract] = {(table.layer, table.name): table for table in ALL}


def contract_of(layer: str, name: str) -> TableContract:
    """Return the contract of a table; ConfigurationError if there is none."""
    try:
        return _BY_NAME[layer, name]
    except KeyError:
        known = ", ".join(f"{table.layer}.{table.name}" for table in ALL)
        raise ConfigurationError("no such table", f"{layer}.{name}", f"Known tables: {known}.") from None
