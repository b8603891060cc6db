"""The report: one self-contained page per release, made of its tables and of nothing else.

`render_report` gives the bytes of `report.html`. The page loads nothing: style and script are inline and named by hash
in its content security policy, the data lie compressed in inert blocks. Every word of a document is text, never markup.
"""

from warehouse.report.page import render_report
from warehouse.report.runs import RunQuality, quality_of_runs

__all__ = ["RunQuality", "quality_of_runs", "render_report"]
