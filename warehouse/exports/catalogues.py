"""Descriptions for catalogues of data: Croissant (MLCommons) for data sets in machine learning, DCAT 3 for portals.

Both name the Parquet files of the release with their digests. Addresses are relative: a release does not know where
it will be served. See https://docs.mlcommons.org/croissant/docs/croissant-spec.html and
https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from warehouse.contract import TableContract
from warehouse.datapackage import PublishedFile

_TITLE = "Communiqué: policy events in migration management"
_DESCRIPTION = (
    "Policy events extracted from public announcements on migration management. Every fact leads to the sentence, the "
    "document and the archived bytes that say it."
)
_PARQUET = "application/vnd.apache.parquet"
_CROISSANT_TYPES = {
    "string": "sc:Text", "int32": "cr:Int32", "int64": "cr:Int64", "float64": "cr:Float64", "bool": "sc:Boolean",
    "date": "sc:Date", "timestamp": "sc:DateTime", "decimal": "sc:Number", "binary": "sc:Text",
}  # fmt: skip
_CROISSANT_CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "recordSet": "cr:recordSet", "field": "cr:field", "source": "cr:source", "extract": "cr:extract",
    "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "includes": "cr:includes", "column": "cr:column",
    "references": "cr:references", "key": "cr:key",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
}  # fmt: skip
_DCAT_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "foaf": "http://xmlns.com/foaf/0.1/",
}  # fmt: skip


def croissant(
    release_id: str, version: str, contracts: Sequence[TableContract], files: Mapping[str, Sequence[PublishedFile]]
) -> dict[str, Any]:
    """Return the Croissant description: every file, and every table as a set of records with typed fields.

    The files of a table that lies in one a year are a set of files besides, and its records come from the set.
    """
    keys = {(contract.name, contract.key) for contract in contracts}
    return {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "communique",
        "identifier": release_id,
        "description": _DESCRIPTION,
        "version": version,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.path,
                "name": name,
                "contentUrl": file.path,
                "contentSize": f"{file.size} B",
                "encodingFormat": _PARQUET,
                "sha256": file.sha256,
            }
            for name, parts in files.items()
            for file in parts
        ]
        + [_file_set(contract) for contract in contracts if contract.by_year is not None],
        "recordSet": [_record_set(contract, files[contract.name][0], keys) for contract in contracts],
    }


def _file_set(contract: TableContract) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{contract.name}-files",
        "name": contract.name,
        "encodingFormat": _PARQUET,
        "includes": f"tables/{contract.name}/*.parquet",
    }


def _record_set(contract: TableContract, file: PublishedFile, keys: set[tuple[str, tuple[str, ...]]]) -> dict[str, Any]:
    fields = []
    source = {"fileObject": {"@id": file.path}}
    if contract.by_year is not None:
        source = {"fileSet": {"@id": f"{contract.name}-files"}}
    for column in contract.columns:
        field: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{contract.name}/{column.name}",
            "name": column.name,
            "description": column.description,
            "dataType": _CROISSANT_TYPES[column.type],
            "source": {**source, "extract": {"column": column.name}},
        }
        _, table, target = column.refers_to.split(".") if column.refers_to else ("", "", "")
        if (table, (target,)) in keys and table != contract.name:
            field["references"] = {"field": {"@id": f"{table}/{target}"}}
        fields.append(field)
    return {
        "@type": "cr:RecordSet",
        "@id": contract.name,
        "name": contract.name,
        "description": f"Grain: {contract.grain}.",
        "key": [{"@id": f"{contract.name}/{name}"} for name in contract.key],
        "field": fields,
    }


def dcat(
    release_id: str, version: str, files: Sequence[PublishedFile], span: tuple[date | None, date | None]
) -> dict[str, Any]:
    """Return the DCAT description as JSON-LD: one data set, one distribution a file.

    Args:
        release_id: The release.
        version: Version of the tables.
        files: What is distributed.
        span: First and last day of publication of its documents; None where there is none.
    """
    dataset: dict[str, Any] = {
        "@context": _DCAT_CONTEXT,
        "@id": f"urn:communique:{release_id}",
        "@type": "dcat:Dataset",
        "dct:identifier": release_id,
        "dct:title": {"@value": _TITLE, "@language": "en"},
        "dct:description": {"@value": _DESCRIPTION, "@language": "en"},
        "dcat:version": version,
        "dcat:keyword": ["migration", "readmission", "return", "relocation", "asylum", "policy events"],
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/JUST"},
        "dcat:distribution": [_distribution(release_id, file) for file in files],
    }
    first, last = span
    if first is not None and last is not None:
        dataset["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": first.isoformat(), "@type": "xsd:date"},
            "dcat:endDate": {"@value": last.isoformat(), "@type": "xsd:date"},
        }
    return dataset


_MEDIA_TYPES = {
    ".parquet": _PARQUET, ".csv": "text/csv", ".html": "text/html", ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def _distribution(release_id: str, file: PublishedFile) -> dict[str, Any]:
    suffix = file.path[file.path.rfind(".") :]
    distribution: dict[str, Any] = {
        "@id": f"urn:communique:{release_id}:{file.path}",
        "@type": "dcat:Distribution",
        "dct:title": file.path,
        "dcat:downloadURL": {"@id": file.path},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }
    if suffix in _MEDIA_TYPES:
        distribution["dcat:mediaType"] = {"@id": f"https://www.iana.org/assignments/media-types/{_MEDIA_TYPES[suffix]}"}
    return distribution
