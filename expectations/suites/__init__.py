"""One suite a table, in one module a layer. To add an expectation, add one block to the table's suite.

Importing a suite imports Great Expectations, so only `expectations.engine` and tests do, and only when a gate runs.
"""
