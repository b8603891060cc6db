"""Commands that measure: annotations, evaluate, calibrate."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.output import say, show_columns, show_json, warn
from flows.cli.reading import AsJson, Home, existing_home
from warehouse.settings import Settings

# As many as make the bounds of an interval steady to a hundredth.
SAMPLES = 1000
# A figure that fell further than it may is a check that failed, like a blocked gate.
FELL = 4

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Annotated folder: documents, gold/ and manifest.jsonl with halves.")
]


def annotate(
    out: Annotated[Path, typer.Option("--out", help="Directory for one JSON a document and links.json.")],
    home: Home = None,
) -> None:
    """Write what the warehouse holds of each document in the form of the annotation codebook."""
    from tasks.curate.annotations import annotate as annotate_documents

    found, links = annotate_documents(existing_home(home))
    say(f"Wrote the annotations of {write_annotations(found, links, out)} documents to {out}.")


def write_annotations(found: Mapping[str, Any], links: Mapping[str, Any], out: Path) -> int:
    """Write one JSON a document, and links.json; return the number of documents."""
    out.mkdir(parents=True, exist_ok=True)
    for external_id, annotation in found.items():
        name = external_id.replace("/", "_")
        (out / f"{name}.json").write_text(json.dumps(annotation, ensure_ascii=False, indent=1), "utf-8")
    (out / "links.json").write_text(json.dumps(links, indent=1), "utf-8")
    return len(found)


def evaluate(
    directory: Folder,
    boot: Annotated[
        int, typer.Option("--boot", min=0, help="Bootstrap samples for the intervals; 0 for none.")
    ] = SAMPLES,
    out: Annotated[Path | None, typer.Option("--out", help="Keep the annotations here.")] = None,
    figures: Annotated[
        Path | None, typer.Option("--figures", help="Compare with these committed figures; exit 4 if one fell.")
    ] = None,
    commit: Annotated[Path | None, typer.Option("--commit", help="Write the figures to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run the stages on an annotated folder and print precision, recall and F1 by half and language, with intervals.

    Rules are written on half a; what half b says less is what they do not know in general. Below the figures stands how
    confidences compare with what the reader agrees with.
    """
    from tasks.curate.annotations import annotate as annotate_documents
    from tasks.curate.measure import figures as committed
    from tasks.curate.measure.calibration import by_half_and_kind
    from tasks.curate.measure.evaluation import evaluate as compare
    from tasks.curate.measure.evaluation import read_annotated
    from tasks.curate.measure.judging import judge
    from warehouse.storage import Store

    annotated = read_annotated(directory)
    before = committed.read_figures(figures) if figures is not None else {}
    with extracted(directory) as home:
        from flows.measured import resolve_home

        resolve_home(home, Settings().reference_dir)
        told, links = annotate_documents(home)
        found: dict[str, Any] = compare(annotated, told, links, boot)
        found["calibration"] = by_half_and_kind(judge(Store(home), annotated.gold), annotated.halves)
    if out is not None:
        write_annotations(told, links, out)
    if commit is not None:
        committed.write_figures(commit, found["half"])
    if as_json:
        show_json(found)
    else:
        print_evaluation(found)
    fallen = committed.drops(before, found["half"])
    for drop in fallen:
        warn(str(drop))
    if fallen:
        raise typer.Exit(FELL)


@contextmanager
def extracted(directory: Path) -> Iterator[Path]:
    """Yield a home of its own, gone afterwards, that holds what the documents of a folder say."""
    from flows.measured import extract_folder

    with tempfile.TemporaryDirectory(prefix="communique-measure-") as scratch:
        home = Path(scratch) / "home"
        extract_folder(home, directory, Settings().reference_dir)
        yield home


def print_evaluation(found: Mapping[str, Any]) -> None:
    """Print the figures of a set for people."""
    for half, figures in found["half"].items():
        say(f"Half {half}: {figures['documents']} documents")
        show_columns(
            ("field", "precision", "recall", "F1", "95 %", "found", "too much", "missed"),
            [_field_row(name, field) for name, field in [*figures["fields"].items(), *_pairs(figures)]],
        )
        shares = {name: f"{share['mean']:.3f} (n={share['n']})" for name, share in figures["attributes"].items()}
        show_columns(("attribute", "right"), list(shares.items()))
        merged = figures["links"]["wrong_merges"]
        say(f"Different events merged: {len(merged)} of {figures['links']['traps']} trap pairs")
        say()
    say("F1 by language")
    names = ("events_relaxed", "persons", "organisations", "places", "quantities", "topics")
    show_columns(
        ("language", "documents", *names),
        [
            (language, figures["documents"], *(f"{figures['fields'][name]['f1']:.3f}" for name in names))
            for language, figures in found["language"].items()
        ],
    )
    say()
    say("Confidence and what the reader agrees with")
    rows = [row for entry in found["calibration"] for row in _calibration_rows(entry["half"], entry)]
    show_columns(("half", "kind", "confidence", "expected", "observed", "Brier", "n"), rows)


def _calibration_rows(group: str, entry: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the row of a whole kind, and one a bin."""
    whole = (f"{entry['expected']:.3f}", f"{entry['observed']:.3f}", f"{entry['brier']:.3f}", entry["n"])
    yield (group, entry["kind"], "all", *whole)
    for one in entry["bins"]:
        shown = (f"{one['expected']:.3f}", f"{one['observed']:.3f}", "", one["n"])
        yield (group, entry["kind"], f"from {one['from']:.2f}", *shown)


def _pairs(figures: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "duplicate_pairs", figures["links"]["duplicates"]
    yield "same_event_pairs", figures["links"]["same_event"]


def _field_row(name: str, field: Mapping[str, Any]) -> tuple[Any, ...]:
    interval = f"{field['low']:.3f}–{field['high']:.3f}" if "low" in field else ""
    rates = (f"{field[rate]:.3f}" for rate in ("precision", "recall", "f1"))
    return (name, *rates, interval, field["found"], field["surplus"], field["missed"])


def calibrate(
    directories: Annotated[
        list[Path], typer.Argument(metavar="DIR…", help="Annotated folders: rules are measured on half a.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the table goes; reliability.csv of the reference knowledge.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure anew what each rule is worth, on annotated folders, and write the table confidences come from.

    Half a, on which rules are written, tells what each is worth there; half b, of which only counts are looked at, by
    how much that flatters. Below stands how far the result is met by documents of half b that had no part in it.
    """
    from tasks.curate.measure.evaluation import READABLE_HALF, read_annotated
    from tasks.curate.measure.judging import Verdict, judge
    from tasks.curate.measure.reliability import reliability
    from tasks.curate.measure.transfer import checks, transferred
    from warehouse.files import write_bytes
    from warehouse.reliability import RELIABILITY_FILE, reliability_csv
    from warehouse.storage import Store

    read: list[Verdict] = []
    sets: list[list[Verdict]] = []
    for directory in directories:
        annotated = read_annotated(directory)
        with extracted(directory) as home:
            verdicts = judge(Store(home), annotated.gold)
        read += [verdict for verdict in verdicts if annotated.halves[verdict.doc] == READABLE_HALF]
        sets.append([verdict for verdict in verdicts if annotated.halves[verdict.doc] != READABLE_HALF])
    at_home = reliability(read)
    table = transferred(at_home, [verdict for unread in sets for verdict in unread])
    checked = checks(at_home, sets)
    path = out or Settings().reference_dir / RELIABILITY_FILE
    write_bytes(path, reliability_csv(table).encode())
    if as_json:
        show_json({"table": table, "checks": checked})
        return
    show_columns(
        ("kind", "family", "judged", "right", "worth"),
        [(one.kind, one.name, one.n_judged, one.n_right, one.value) for one in table if one.level == "family"],
    )
    say()
    say("What of it holds on documents nobody wrote rules on, and confidences against those that were left out of it")
    show_columns(
        ("kind", "judged", "right", "holds"),
        [(one.kind, one.n_judged, one.n_right, one.value) for one in table if one.level == "transfer"],
    )
    show_columns(
        ("left out", "kind", "confidence", "expected", "observed", "Brier", "n"),
        [row for entry in checked for row in _calibration_rows(entry["left_out"], entry)],
    )
    say(f"Wrote what {sum(one.level == 'rule' for one in table)} rules are worth to {path}.")


COMMANDS = {"annotations": annotate, "evaluate": evaluate, "calibrate": calibrate}
