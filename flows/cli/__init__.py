"""The command line: results on stdout, progress on stderr, errors as exit codes. The only place that prints."""

from flows.cli.app import main

__all__ = ["main"]
