import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import yaml_reader
from warehouse.errors import ConfigurationError
from warehouse.reference import read_csv, read_toml, read_yaml, rules_hash

COLUMNS = ("code", "name", "note")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


def refused(path: Path, line: int | None, message: str, read: Any) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        read(path)
    assert caught.value.where == (str(path) if line is None else f"{path}:{line}")
    assert caught.value.mend


def test_csv_values_are_the_strings_that_stand_there(path: Path) -> None:
    path.write_text('code,name,note\n007,NA,\nNO,"a, ""b""\nc",null\n1.0, x ,12:30\n')
    rows = read_csv(path, COLUMNS)
    assert rows == [
        {"code": "007", "name": "NA", "note": ""},
        {"code": "NO", "name": 'a, "b"\nc', "note": "null"},
        {"code": "1.0", "name": " x ", "note": "12:30"},
    ]
    assert [row.line for row in rows] == [2, 3, 5]
    assert pickle.loads(pickle.dumps(rows[1])).line == 3  # noqa: S301


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", None, "is empty"),
        (b"code,name\n", 1, "lacks note"),
        (b"code,name,note,more\n", 1, "beyond it more"),
        (b"name,code,note\n", 1, "another order"),
        (b"code,name,name\n", 1, "names a column twice: name"),
        (b"code;name;note\n", 1, "semicolons"),
        (b"code,name,note\na,b\n", 2, "has 2 values, not 3"),
        (b"code,name,note\na,b,c\na,b,c,d\n", 3, "has 4 values, not 3"),
        (b"code,name,note\na,b,c\n\nd,e,f\n", 3, "is empty"),
        (b'code,name,note\n"a\nb",c,d\ne,f\n', 4, "has 2 values"),
        (b"\xef\xbb\xbfcode,name,note\n", 1, "byte order mark"),
        (b"code,name,note\r\na,b,c\r\n", 1, "carriage return"),
        (b"code,name,note\na,\xe8,c\n", 2, "is not UTF-8"),
        (b"code,name,note\na,b\x00,c\n", 2, "control character 0x0"),
        (b'code,name,note\na,"b"x,c\n', 2, "is not CSV"),
        (b'code,name,note\na,b,c\na,"b,c\n', 3, "is not CSV"),
    ],
)
def test_csv_that_is_doubtful_is_refused_with_its_line(
    path: Path, content: bytes, line: int | None, message: str
) -> None:
    path.write_bytes(content)
    refused(path, line, message, lambda path: read_csv(path, COLUMNS))


@pytest.mark.parametrize(
    "content",
    [
        b'code,name,note\n1,"a\nb;",c\n2,d,e\n',
        b'\xef\xbb\xbfcode,name,note\r\n1,"a\r\nb;",c\r\n2,d,e\r\n',
        b'\xef\xbb\xbfcode;name;note\r\n1;"a\nb;";c\r\n2;d;e\r\n',
        b'code\tname\tnote\r\n1\t"a\r\nb;"\tc\r\n2\td\te\r\n',
    ],
    ids=["plain", "CSV UTF-8", "semicolons", "tabs"],
)
def test_a_list_comes_back_from_a_spreadsheet_as_it_went(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    rows = read_csv(path, COLUMNS, from_spreadsheet=True)
    assert rows == [{"code": "1", "name": "a\nb;", "note": "c"}, {"code": "2", "name": "d", "note": "e"}]
    assert [row.line for row in rows] == [2, 4]


def test_a_list_from_a_spreadsheet_is_still_checked(path: Path) -> None:
    path.write_bytes(b"code;name;note\r\na;b\r\n")
    refused(path, 2, "has 2 values, not 3", lambda path: read_csv(path, COLUMNS, from_spreadsheet=True))
    path.write_bytes(b"code,name,note\ra,b,c\r")
    refused(path, 1, "carriage return", lambda path: read_csv(path, COLUMNS, from_spreadsheet=True))


def test_csv_with_a_repeated_key_names_both_lines(path: Path) -> None:
    path.write_text("code,name,note\na,1,x\nb,1,x\na,2,x\na,1,y\n")
    refused(path, 4, "'a' stands on line 2", lambda path: read_csv(path, COLUMNS, unique=["code"]))
    refused(path, 5, r"'a \| 1' stands on line 2", lambda path: read_csv(path, COLUMNS, unique=["code", "name"]))
    assert len(read_csv(path, COLUMNS, unique=["code", "name", "note"])) == 4


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_yaml_scalars_are_strings_unless_json_says_otherwise(
    path: Path, monkeypatch: pytest.MonkeyPatch, loader: str
) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", getattr(yaml_reader.yaml, loader))
    path.write_text(
        "country: NO\nyes: on\nzero: 007\nbig: 1_000\ntime: 12:30:45\nday: 2024-05-01\nquoted: '5'\nblock: |\n  7\n"
        "none: null\nempty:\ntilde: ~\ntruth: [true, false]\nnumbers: [5, -1, 0.25, 1e3, .5]\nmerge: {<<: x}\n"
        "act: 2016/399\nlong: 12345678901234567890\nnan: .nan\n"
    )
    assert read_yaml(path) == {
        "country": "NO",
        "yes": "on",
        "zero": "007",
        "big": "1_000",
        "time": "12:30:45",
        "day": "2024-05-01",
        "quoted": "5",
        "block": "7\n",
        "none": None,
        "empty": None,
        "tilde": "~",
        "truth": [True, False],
        "numbers": [5, -1, 0.25, 1000.0, ".5"],
        "merge": {"<<": "x"},
        "act": "2016/399",
        "long": "12345678901234567890",
        "nan": ".nan",
    }


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "the key 'c' stands on line 3 already"),
        ("a: 1\n'a': 2\n", 2, "the key 'a' stands on line 1 already"),
        ("x: 1\na: !!python/object/apply:os.system ['true']\n", 2, "uses the tag"),
        ("a: !!binary aGVp\n", 1, "uses the tag"),
        ("x: 1\na: &anchor 1\n", 2, "anchor or alias"),
        (BOMB, 1, "anchor or alias"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: 1\n\tb: 2\n", 2, "is not YAML"),
        ("a: [1\n", 2, "is not YAML"),
        ("? [1, 2]\n: x\n", 1, "a key that is no plain string"),
        ("[" * 5000, 1, "nested deeper"),
        ("a:\n" + "".join(" " * n + "- \n" for n in range(1, 60)), 31, "nested deeper"),
    ],
)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_yaml_that_surprises_is_refused_with_its_line(
    path: Path, monkeypatch: pytest.MonkeyPatch, content: str, line: int, message: str, loader: str
) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", getattr(yaml_reader.yaml, loader))
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_yaml(path)
    # The two parsers mark an unclosed bracket at its beginning or at the end of the file.
    assert caught.value.where in {f"{path}:{line}"} | ({f"{path}:1"} if "is not YAML" in message else set())


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_yaml_file_it_is_read_or_refused(path: Path, content: str) -> None:
    path.write_text(content, "utf-8", "surrogatepass")
    try:
        read_yaml(path)
    except ConfigurationError as error:
        assert error.where.startswith(str(path))


def test_toml_is_read_with_the_keys_it_may_have(path: Path) -> None:
    path.write_text('id = "mvp"\nenabled = true\n[fetch]\npath = "x"\n[headers]\nAccept = "text/html"\n')
    content = read_toml(path, ["id", "enabled", "fetch.path", "headers"], ["id", "fetch.path"])
    assert content["fetch"] == {"path": "x"}
    assert content["headers"] == {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ('id = "a"\nshedule = "x"\n', 2, "unknown key 'shedule' — Did you mean 'schedule'"),
        ('id = "a"\n[fetch]\npaht = "x"\n', 3, "unknown key 'fetch.paht' — Did you mean 'fetch.path'"),
        ('id = "a"\n[other]\nx = 1\n', 3, "unknown key 'other.x' — Known keys: fetch.path, id, schedule"),
        ('schedule = "x"\n', None, "lacks id"),
        ('id = "a"\nid = "b"\n', None, "is not TOML: .*line 2"),
        ('id = \n', None, "is not TOML: .*line 1"),
        ("id = " + "[" * 5000, None, "is not TOML"),
    ],
)  # fmt: skip
def test_toml_that_is_wrong_is_refused(path: Path, content: str, line: int | None, message: str) -> None:
    path.write_text(content)
    refused(path, line, message, lambda path: read_toml(path, ["id", "schedule", "fetch.path"], ["id"]))


READERS = [lambda path: read_csv(path, COLUMNS), read_yaml, lambda path: read_toml(path, ["id"])]


@pytest.mark.parametrize("read", READERS, ids=["csv", "yaml", "toml"])
def test_what_is_no_readable_file_is_refused_at_once(tmp_path: Path, read: Any) -> None:
    fifo, folder, loop = tmp_path / "fifo", tmp_path / "folder", tmp_path / "loop"
    os.mkfifo(fifo)
    folder.mkdir()
    loop.symlink_to("loop")
    for path, message in [
        (fifo, "is no regular file"),
        (folder, "is no regular file|Is a directory"),
        (loop, "cannot be read"),
        (tmp_path / "absent", "cannot be read .No such file"),
        (Path("/dev/zero"), "is no regular file"),
    ]:
        refused(path, None, message, read)


def test_a_file_too_large_to_be_written_by_hand_is_refused(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(21_000_000)
    refused(path, None, "more than 20000000", read_yaml)


def test_the_rules_hash_follows_every_file_by_name_and_content(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "frames" / "b.yaml").write_text("y")
    hashes = [rules_hash(tmp_path)]
    (tmp_path / ".a.csv.swp").write_text("z")
    assert rules_hash(tmp_path) == hashes[0]
    (tmp_path / "frames" / "b.yaml").write_text("z")
    hashes.append(rules_hash(tmp_path))
    (tmp_path / "frames" / "b.yaml").rename(tmp_path / "b.yaml")
    hashes.append(rules_hash(tmp_path))
    (tmp_path / "empty.txt").write_text("")
    hashes.append(rules_hash(tmp_path))
    assert len(set(hashes)) == 4


def test_the_rules_hash_of_no_directory_or_a_fifo_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is no directory"):
        rules_hash(tmp_path / "absent")
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(ConfigurationError, match="is no regular file"):
        rules_hash(tmp_path)
