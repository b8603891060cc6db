"""What is committed says nothing about the machine it was written on."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Put together here so that this file does not contain what it forbids.
DIRECTORIES = ("work", "root", r"home/[a-z_][\w.-]*", r"Users/[A-Za-z_][\w.-]*")
ABSOLUTE_PATH = re.compile(r"(?<![\w.\-}])/(?:" + "|".join(DIRECTORIES) + r")/")
REGISTRY = re.compile(r"--(?:extra-)?index" + r"-url|\b(?:files\.python" + r"hosted|py" + r"pi)\.org\b")
# Pages as a publisher served them: their own site's links may start like a path.
CAPTURED = {".html", ".htm"}


def lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """`path:line: text` of every line that the pattern finds; binary files and captured pages are left out."""
    found = []
    for path in files:
        content = (ROOT / path).read_bytes()
        if path.suffix in CAPTURED or b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path}:{number}: {line.strip()[:120]}")
    return found


def test_no_absolute_path_of_a_machine(files: list[Path]) -> None:
    assert lines_with(ABSOLUTE_PATH, files) == []


def test_no_package_registry(files: list[Path]) -> None:
    assert lines_with(REGISTRY, files) == []


def test_the_patterns_find_what_they_are_for() -> None:
    for directory in ("work", "root", "home/alice"):
        assert ABSOLUTE_PATH.search(f"open('/{directory}/x')")
    assert not ABSOLUTE_PATH.search("https://example.org/work/programme")
    assert REGISTRY.search("pip install --index" + "-url x")
