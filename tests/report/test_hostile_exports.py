"""The hostile document in the files beside the page: text in each of them, and as it is in Parquet alone."""

import csv
import json
from pathlib import Path

import openpyxl

from tests.report.conftest import HOSTILE_ADDRESS
from warehouse.publication import Release

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def test_no_cell_of_a_csv_file_is_a_formula(released: Release) -> None:
    guarded = 0
    for path in sorted((released.path / "exports" / "csv").glob("*.csv")):
        texts = {field.name for field in released.read(path.stem).schema if str(field.type) == "string"}
        assert texts
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                assert None not in row, "no text begins another cell"
                for name in texts:
                    assert not row[name].lstrip(" ").startswith(SIGNS), (path.name, name)
                    guarded += row[name].startswith("'=")
    assert guarded >= 2, "title and id of the hostile document begin with ="


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(released: Release) -> None:
    book = openpyxl.load_workbook(released.path / "exports" / "communique.xlsx")
    guarded = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    assert not cell.value.lstrip(" ").startswith(SIGNS), (sheet.title, cell.coordinate)
                    guarded += cell.value.startswith("'=")
    book.close()
    assert guarded >= 2


def test_parquet_has_what_the_document_says(released: Release) -> None:
    documents = released.read("dim_document").to_pylist()
    (hostile,) = [row for row in documents if row["external_id"] == "=1+1"]
    assert hostile["url"] == HOSTILE_ADDRESS
    assert hostile["title"].startswith("=1+1 </script>")


def test_descriptions_and_changes_hold_no_sign_that_steers(released: Release) -> None:
    for name in ("CHANGES", "manifest.json", "datapackage.json", "exports/croissant.json", "exports/dcat.jsonld"):
        text = Path(released.path / name).read_text("utf-8")
        assert {character for character in text if not character.isprintable()} <= {"\n"}, name
        if name.endswith(("json", "jsonld")):
            json.loads(text)
