"""The benchmarks run: every measurement once, on as little as there can be. What it costs is not looked at here."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.run import STAGES, limits, measure, show
from benchmarks.timing import Figure, Scale, Wanted

TINY = Scale(
    turns=1,
    sample_rounds=1,
    news_pages=1,
    corpus=8,
    quarter=2,
    compared=12,
    new_day=2,
    ladder=((1, 1), (3, 1)),
    fetched=3,
    bomb_bytes=20_000_000,
)
# A run of the flow is tested by the flows' own tests, and takes longer than all else here.
QUICK = [stage for stage in STAGES if stage != "runs"]


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """Give back the environment and the logging that measuring changes for itself."""
    environment = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(environment)
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("as_it_was")
def test_every_stage_is_measured_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.html").write_text("<html><body><h1>Talks on return</h1><p>" + "They met in Budva today. " * 9)
    figures = measure(tmp_path / "scratch", TINY, QUICK, [own])
    assert all(figure.ours > 0 and figure.peer > 0 and figure.turns == 1 for figure in figures)
    assert {figure.what.split(",")[0] for figure in figures} == {
        "fetch", "memory under a gzip bomb of 20 MB", "clean stage", "near duplicates", "extract stage",
        "resolve", "curate", "publish",
    }  # fmt: skip
    wanted = {(figure.what.split(",")[0], str(figure.wanted)) for figure in figures if figure.wanted}
    assert wanted == {
        ("fetch", "≥ 500"), ("memory under a gzip bomb of 20 MB", "≤ 50"), ("clean stage", "ratio ≥ 0.8"),
        ("near duplicates", "≥ 1500"), ("extract stage", "ratio ≥ 2"), ("extract stage", "≤ 3"),
        ("extract stage", "ratio ≤ 1.5"),
    }  # fmt: skip
    show(figures, limits(0.0, 1.0))
    shown = capsys.readouterr().out
    assert all(figure.what in shown for figure in figures)
    assert "1 pages of own" in shown


@pytest.mark.parametrize(
    ("wanted", "met"),
    [
        (None, True),
        (Wanted("ours", "≥", 500), True),
        (Wanted("ours", "≥", 501), False),
        (Wanted("ratio", "≤", 2), True),
        (Wanted("ratio", "≤", 1.9), False),
    ],
)
def test_a_figure_says_whether_it_keeps_to_what_is_wanted(wanted: Wanted | None, met: bool) -> None:
    assert Figure("fetch", 500, "pages", "another", 250, 2.0, 1, "", wanted).is_met is met
