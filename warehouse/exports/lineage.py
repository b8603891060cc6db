"""OpenLineage: what each stage read and wrote, as run events for a catalogue that collects them (Marquez, DataHub).

One COMPLETE event a stage of the run that made the release. The instants are that of the run's own id, so that the
same run gives the same file. See https://openlineage.io/docs/spec/object-model.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from warehouse.contract import TableContract
from warehouse.datapackage import PublishedFile
from warehouse.tables import ALL

_PRODUCER = "urn:communique"
_SPEC = "https://openlineage.io/spec"
_EVENT_SCHEMA = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
# Stage → layers it reads, layer it writes; `publish` writes the files of the release.
_STAGES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("fetch", (), "archive"),
    ("clean", ("archive",), "documents"),
    ("extract", ("documents",), "extracted"),
    ("resolve", ("documents", "extracted"), "resolved"),
    ("curate", ("documents", "extracted", "resolved"), "curated"),
)
_RUN_STAMP = re.compile(r"run_(\d{8}t\d{12})z_")


def lineage_events(
    about: Mapping[str, Any], contracts: Sequence[TableContract], files: Mapping[str, Sequence[PublishedFile]]
) -> bytes:
    """Return the events as JSON lines, in the order of the stages.

    Args:
        about: What the manifest says: release_id, run_id, schema_version, inputs.
        contracts: Contracts of the published tables.
        files: Table → its files.
    """
    run_id = str(about["run_id"])
    match = _RUN_STAMP.match(run_id)
    # An id that is no stamp is a caller's own: the run then has no instant, and the epoch says so.
    at = datetime.strptime(match[1], "%Y%m%dt%H%M%S%f").replace(tzinfo=UTC) if match else datetime.fromtimestamp(0, UTC)
    layers = {
        layer: [_dataset(f"{layer}.{table.name}", table) for table in ALL if table.layer == layer]
        for layer in ("archive", "documents", "extracted", "resolved", "curated")
    }
    published = [
        _dataset(file.path, contract, str(about["release_id"]), file)
        for contract in contracts
        for file in files[contract.name]
    ]
    stages = [(stage, [one for layer in read for one in layers[layer]], layers[made]) for stage, read, made in _STAGES]
    stages.append(("publish", layers["curated"], published))
    events = [
        {
            "eventType": "COMPLETE",
            "eventTime": at.isoformat(timespec="milliseconds"),
            "producer": _PRODUCER,
            "schemaURL": _EVENT_SCHEMA,
            "run": {
                "runId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{run_id}/{stage}")),
                "facets": {
                    "processing_engine": {
                        "_producer": _PRODUCER,
                        "_schemaURL": f"{_SPEC}/facets/1-1-1/ProcessingEngineRunFacet.json",
                        "name": "communique",
                        "version": str(about["schema_version"]),
                    }
                },
            },
            "job": {"namespace": "communique", "name": stage},
            "inputs": inputs,
            "outputs": outputs,
        }
        for stage, inputs, outputs in stages
    ]
    return "".join(json.dumps(event, ensure_ascii=False, sort_keys=True) + "\n" for event in events).encode()


def _dataset(
    name: str, contract: TableContract, version: str | None = None, file: PublishedFile | None = None
) -> dict[str, Any]:
    facets: dict[str, Any] = {
        "schema": {
            "_producer": _PRODUCER,
            "_schemaURL": f"{_SPEC}/facets/1-1-1/SchemaDatasetFacet.json",
            "fields": [
                {"name": column.name, "type": column.type, "description": column.description}
                for column in contract.columns
            ],
        }
    }
    if version is not None:
        facets["version"] = {
            "_producer": _PRODUCER,
            "_schemaURL": f"{_SPEC}/facets/1-0-1/DatasetVersionDatasetFacet.json",
            "datasetVersion": version,
        }
    dataset: dict[str, Any] = {"namespace": "communique", "name": name, "facets": facets}
    if file is not None:
        dataset["outputFacets"] = {
            "outputStatistics": {
                "_producer": _PRODUCER,
                "_schemaURL": f"{_SPEC}/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json",
                "rowCount": file.rows,
                "size": file.size,
            }
        }
    return dataset
