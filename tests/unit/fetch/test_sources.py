from pathlib import Path

import pytest

from tasks.fetch.sources import folder_source, load_sources
from warehouse.errors import ConfigurationError

GOOD = 'id = "ministry"\nkind = "folder"\npath = "documents"\npublisher = "Ministry"\n'


@pytest.fixture
def declarations(tmp_path: Path) -> Path:
    directory = tmp_path / "sources"
    directory.mkdir()
    return directory


def test_a_declaration_is_a_source_with_its_folder_beside_the_declarations(declarations, tmp_path):
    (declarations / "ministry.toml").write_text(GOOD)
    (source,) = load_sources(declarations)
    assert (source.id, source.kind, source.path, source.enabled) == ("ministry", "folder", tmp_path / "documents", True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + 'enabeld = true\n', "Did you mean 'enabled'"),
        (GOOD.replace('"folder"', '"gopher"'), "no such kind"),
        (GOOD + 'enabled = "yes"\n', "enabled must be bool"),
        (GOOD.replace('"ministry"', '"other"', 1), "not the name of the file"),
        (GOOD.replace('publisher = "Ministry"\n', ""), "lacks publisher"),
        (GOOD + 'id = "again"\n', "'id' is given twice, on line 1 and on line 5"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_says_what_is_wrong_and_where(declarations, text, complaint):
    (declarations / "ministry.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        load_sources(declarations)
    assert "ministry.toml" in str(caught.value)


def test_the_declarations_of_the_project_load(request):
    seeds = Path(request.config.rootpath) / "seeds" / "sources"
    assert "sample" in {source.id for source in load_sources(seeds)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Vidaus reikalų 2025", "folder-vidaus-reikalu-2025"), ("a" * 300, None), ("..weird..", "folder-weird")],
)
def test_the_id_of_a_folder_is_made_of_its_name(tmp_path, name, expected):
    folder = tmp_path / name[:200]
    folder.mkdir()
    source = folder_source(folder)
    assert source.id == (expected or f"folder-{'a' * 50}")
    assert source.id == folder_source(Path(folder.parent, ".", folder.name)).id


def test_a_folder_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(ConfigurationError, match="is no folder"):
        folder_source(tmp_path / "nowhere")
