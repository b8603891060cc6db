"""What a release has besides its Parquet tables, for readers of other things: CSV, a workbook, marts, catalogues.

Everything here is made of the tables and the manifest of one release; nothing here decides what a release says, so
nothing of it counts for the content key. `write_products` in `warehouse.products` calls it while a release is made.
"""

from warehouse.exports.catalogues import croissant, dcat
from warehouse.exports.delimited import csv_parts, export_package
from warehouse.exports.lineage import lineage_events
from warehouse.exports.marts import mart_tables
from warehouse.exports.workbook import write_workbook

__all__ = ["croissant", "csv_parts", "dcat", "export_package", "lineage_events", "mart_tables", "write_workbook"]
