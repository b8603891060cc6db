"""Frame files are read strictly, and phrases are found wherever they stand."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.frames.frames import load_frames, phrases_of
from tasks.extract.frames.triggers import Entry, Hit, PhraseIndex, phrase_parts
from tasks.extract.frames.words import tokenise
from warehouse.errors import ConfigurationError
from warehouse.settings import Settings
from warehouse.vocabulary import EVENT_TYPES

SEEDS = Settings().reference_dir / "frames"


FRAME_FILE = """about: Visits, as a sample of a frame file.

frames:
  - id: visit.visit
    type: visit
    about: Somebody visits a place.
    prior: 0.85
    triggers:
      en:
        - past: [visited, paid a visit]
          requires:
            - {any_of: ["word:talks"], within: clause, reason: no_talks}
      lt:
        - past: [lankėsi]
    blockers:
      en: [visit our]
    slots:
      - {role: visitor, kinds: [person], sources: [subject]}
      - {role: host, kinds: [territory, region, organisation], sources: [object]}
    recalls: false

examples:
  - text: "Nobody visited the camp."
    claims: []
"""


@pytest.fixture
def frames_dir(tmp_path: Path) -> Path:
    """The shared files and one frame file, to be broken."""
    for name in ("_grammar.yaml", "_words.yaml", "_roles.yaml", "_verbs.yaml"):
        shutil.copy(SEEDS / name, tmp_path / name)
    (tmp_path / "visit.yaml").write_text(FRAME_FILE, encoding="utf-8")
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_event_type_has_a_frame() -> None:
    frames = load_frames(SEEDS)
    assert {frame.claim_type for frame in frames.frames.values()} == set(EVENT_TYPES)
    assert phrases_of(frames.frames) > 2000


def test_hash_changes_with_the_files(frames_dir: Path) -> None:
    before = load_frames(frames_dir).rules_hash
    replace(frames_dir / "visit.yaml", "prior: 0.85", "prior: 0.86")
    assert load_frames(frames_dir).rules_hash != before


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        ("    blockers:\n", "    blokers:\n", "unknown key 'blokers'", "Did you mean 'blockers'?"),
        ("      lt:\n        - past: [lankėsi", "      lx:\n        - past: [lankėsi", "unknown key 'lx'", "lt"),
        ("type: visit", "type: visits", "'visits' is no type", "Did you mean 'visit'?"),
        ("role: host", "role: hosts", "'hosts' is no role", "Did you mean 'host'?"),
        ("kinds: [territory, region, organisation]", "kinds: [teritory]", "'teritory'", "Did you mean 'territory'?"),
        ('"word:talks"', '"word:talk"', "'word:talk' is no condition", "Did you mean 'talks'?"),
        ("within: clause", "within: clauses", "'clauses' is no within", "Did you mean 'clause'?"),
        ("prior: 0.85", "prior: 1.85", "is no probability", "up to 1"),
        (
            "past: [visited,",
            "past: [vi*,",
            "is no phrase: a prefix has at least three letters",
            "spell it out",
        ),
        (
            "past: [visited,",
            "past: [... visited,",
            "is no phrase: a phrase begins and ends with a word",
            "",
        ),
        ("claims: []", "claims: [{type: visitt}]", "'visitt' is no type", "Did you mean 'visit'?"),
        ("recalls: false", "recalls: perhaps", "neither true nor false", ""),
    ],
)
def test_mistakes_are_named_with_file_line_and_remedy(
    frames_dir: Path, old: str, new: str, what: str, mend: str
) -> None:
    path = frames_dir / "visit.yaml"
    replace(path, old, new)
    with pytest.raises(ConfigurationError) as caught:
        load_frames(frames_dir)
    assert what in caught.value.what
    assert mend in caught.value.mend
    file, _, line = caught.value.where.rpartition(":")
    assert Path(file) == path
    written = path.read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert any(word in written for word in new.replace("\n", " ").split() if len(word) > 2)


def test_an_id_given_twice_names_the_other_file(frames_dir: Path) -> None:
    shutil.copy(frames_dir / "visit.yaml", frames_dir / "visit_again.yaml")
    with pytest.raises(ConfigurationError, match=r"'visit\.visit' stands in .*visit\.yaml already"):
        load_frames(frames_dir)


def test_a_key_given_twice_is_refused(frames_dir: Path) -> None:
    replace(frames_dir / "visit.yaml", "prior: 0.85", "prior: 0.85\n    prior: 0.9")
    with pytest.raises(ConfigurationError, match="prior"):
        load_frames(frames_dir)


def test_an_empty_directory_and_a_missing_file_are_refused(frames_dir: Path) -> None:
    (frames_dir / "visit.yaml").unlink()
    with pytest.raises(ConfigurationError, match="holds no frame"):
        load_frames(frames_dir)
    (frames_dir / "_words.yaml").unlink()
    with pytest.raises(ConfigurationError, match=r"_words\.yaml"):
        load_frames(frames_dir)


def found(phrases: list[str], text: str, language: str = "en") -> list[str]:
    """Return the pieces of a text that the phrases cover."""
    index = PhraseIndex([(phrase, Entry("word", phrase)) for phrase in phrases], language)
    tokens = tokenise(text, 0, len(text), language)
    return [text[tokens[hit.first].start : tokens[hit.last].end] for hit in index.find(tokens)]


@pytest.mark.parametrize(
    ("phrase", "text", "language", "covered"),
    [
        ("met with", "They met with colleagues.", "en", ["met with"]),
        ("agreement*", "Agreements and an agreement", "en", ["Agreements", "agreement"]),
        ("put ... signature", "He put his own signature here.", "en", ["put his own signature"]),
        ("put ... signature", "He put it off. The signature came later.", "en", []),
        ("tritt ... in kraft", "Es tritt am 1. Mai in Kraft.", "de", ["tritt am 1. Mai in Kraft"]),
        ("*abkommen", "Das Migrationsabkommen gilt.", "de", ["Migrationsabkommen"]),
        ("potpisan", "Споразум је потписан.", "sr", ["потписан"]),
        ("održana", "Odrzana je obuka; održana je sjednica.", "bs", ["Odrzana", "održana"]),
        ("wurde", "Sie wurde und sie würde.", "de", ["wurde"]),
        ("n't", "They didn't sign.", "en", ["n't"]),
        ("kick-off meeting", "A kick-off meeting", "en", ["kick-off meeting"]),
    ],
)
def test_phrases(phrase: str, text: str, language: str, covered: list[str]) -> None:
    assert found([phrase], text, language) == covered


WORDS = st.sampled_from(["aaab", "aaac", "bbbb", "cccc", "aaabcc"])
PHRASES = st.lists(
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
    | st.tuples(WORDS, WORDS).map(" ... ".join)
    | WORDS.map(lambda word: word[:3] + "*")
    | WORDS.map(lambda word: "*" + word[-4:]),
    max_size=6,
    unique=True,
)


def by_brute_force(phrases: list[str], words: list[str]) -> set[tuple[int, int, str]]:
    """Return (first, last, phrase) for every phrase that stands in the words, its gap as short as it can be."""
    hits = set()
    for phrase in phrases:
        parts = phrase_parts(phrase, "en")
        for first in range(len(words)):
            last = _last(parts, words, first)
            if last is not None:
                hits.add((first, last, phrase))
    return hits


def _last(parts: tuple[str, ...], words: list[str], first: int) -> int | None:
    at = first
    for number, part in enumerate(parts):
        if part == "...":
            following = parts[number + 1]
            at = next((k for k in range(at, len(words)) if words[k] == following), len(words))
        elif at >= len(words) or not _is(part, words[at]):
            return None
        else:
            at += 1
    return at - 1


def _is(part: str, word: str) -> bool:
    if part.startswith("*"):
        return word.endswith(part[1:])
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


@given(PHRASES, st.lists(WORDS, max_size=10))
def test_the_index_finds_what_a_plain_search_finds(phrases: list[str], words: list[str]) -> None:
    text = " ".join(words)
    index = PhraseIndex([(phrase, Entry("word", phrase)) for phrase in phrases], "en")
    hits: list[Hit] = index.find(tokenise(text, 0, len(text), "en"))
    assert {(hit.first, hit.last, hit.entry.key) for hit in hits} == by_brute_force(phrases, words)
    assert len(hits) == len(by_brute_force(phrases, words))


def test_what_begins_with_a_word_is_kept_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.extract.frames.triggers._MOST_WORDS", 2)
    index = PhraseIndex([("sign* treaty", Entry("word", "a")), ("the treaty", Entry("word", "b"))], "en")
    tokens = tokenise("they sign the treaty and signed treaty now", 0, 42, "en")
    for _ in range(2):
        assert [(hit.first, hit.last) for hit in index.find(tokens)] == [(2, 3), (5, 6)]
        assert len(index._starts) <= 2
