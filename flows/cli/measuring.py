"""Commands that measure: annotations, evaluate."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.output import say, show_json
from flows.cli.reading import AsJson, Home, existing_home
from flows.cli.running import embed_prefect, orchestrate
from warehouse.errors import ConfigurationError, GateBlockedError

SCORER = "score.py"
HALVES = ("a", "b")


def annotate(
    out: Annotated[Path, typer.Option("--out", help="Directory for one JSON a document and links.json.")],
    home: Home = None,
) -> None:
    """Write what the warehouse holds of each document in the form of the annotation codebook."""
    directory = existing_home(home)
    say(f"Wrote the annotations of {write_annotations(directory, out)} documents to {out}.")


def write_annotations(home: Path, out: Path) -> int:
    """Write one JSON a document, and links.json; return the number of documents."""
    from tasks.curate.annotations import annotate as annotate_documents

    found, links = annotate_documents(home)
    out.mkdir(parents=True, exist_ok=True)
    for external_id, annotation in found.items():
        name = external_id.replace("/", "_")
        (out / f"{name}.json").write_text(json.dumps(annotation, ensure_ascii=False, indent=1), "utf-8")
    (out / "links.json").write_text(json.dumps(links, indent=1), "utf-8")
    return len(found)


def evaluate(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Annotated folder: docs/, gold/, manifest.jsonl and its score.py.")
    ],
    scorer: Annotated[
        Path | None, typer.Option("--scorer", help="The scorer; score.py of the folder if not given.")
    ] = None,
    boot: Annotated[int, typer.Option("--boot", help="Bootstrap samples for intervals; 0 for none.")] = 0,
    out: Annotated[Path | None, typer.Option("--out", help="Keep the annotations here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run the pipeline on an annotated folder and print precision, recall and F1 of each field, for each half.

    The folder brings its own scorer (`score.py PRED_DIR --gold GOLD --half H --json OUT`), which is run as it is: what
    counts as a match belongs to the annotation, not to us.
    """
    program = scorer or directory / SCORER
    if not program.is_file() or not (directory / "manifest.jsonl").is_file():
        raise ConfigurationError(
            f"an annotated folder has a manifest.jsonl, gold/ and a {SCORER}",
            str(directory),
            "Name the folder that holds gold/, and a --scorer if it has none.",
        )
    with tempfile.TemporaryDirectory(prefix="communique-evaluate-") as scratch:
        home = Path(scratch) / "home"
        embed_prefect(home)
        from flows.daily import daily

        try:
            orchestrate(home, daily, folder=str(directory))
        except GateBlockedError as error:
            say(f"No release was made: {error}. The figures are of what the stages before that gate found.")
        predictions = out or Path(scratch) / "annotations"
        write_annotations(home, predictions)
        reports = {
            half: _score(program, directory, predictions, half, boot, Path(scratch), not as_json) for half in HALVES
        }
    if as_json:
        show_json(reports)


def _score(program: Path, directory: Path, predictions: Path, half: str, boot: int, scratch: Path, show: bool) -> Any:
    """Run the scorer of the folder on one half; print what it prints, return what it writes."""
    report = scratch / f"{half}.json"
    arguments = ["--gold", str(directory / "gold"), "--half", half, "--json", str(report), "--boot", str(boot)]
    finished = subprocess.run(  # noqa: S603 - the scorer of the folder the user names
        [sys.executable, str(program), str(predictions), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise ConfigurationError("the scorer failed", str(program), finished.stderr.strip()[-300:])
    if show:
        say(f"Half {half}:")
        for line in finished.stdout.splitlines():
            say(line)
    return json.loads(report.read_text("utf-8"))


COMMANDS = {"annotations": annotate, "evaluate": evaluate}
