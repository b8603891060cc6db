"""All suites by the name of their table."""

from collections.abc import Mapping

from expectations.rules import TableSuite
from expectations.suites import (
    archive,
    curated_dimensions,
    curated_facts,
    curated_policy,
    documents,
    extracted,
    resolved,
)

SUITES: Mapping[str, TableSuite] = {
    suite.name: suite
    for suite in (
        *archive.SUITES,
        *documents.SUITES,
        *extracted.SUITES,
        *resolved.SUITES,
        *curated_dimensions.SUITES,
        *curated_facts.SUITES,
        *curated_policy.SUITES,
    )
}
