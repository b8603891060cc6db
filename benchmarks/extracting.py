"""The extract stage beside other taggers that know the same names, and with ever more documents.

Another tagger with roles, dates and status is not at hand; both that stand here only find names. So the stage does more
than its peers do, in the time that is given.
"""

from __future__ import annotations

import re
import statistics
from functools import partial

import ahocorasick_rs
import pyarrow.compute
import spacy

from benchmarks.measures import SETTINGS, WORD, Tables, so_many
from benchmarks.timing import Figure, Scale, Wanted, Work, medians, taking_turns
from tasks.extract.knowledge.knowledge import Knowledge, load_knowledge
from tasks.extract.step import extract_file
from tasks.extract.text.tokens import fold, words_only

# Documents of one turn beside other taggers.
BESIDE = 100
WORDS = 600
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def extract_stage(texts: Tables, scale: Scale) -> list[Figure]:
    """Measure the stage beside spaCy, beside the least any gazetteer tagger does, and beside fewer documents."""
    knowledge = load_knowledge(SETTINGS.reference_dir)
    size = min(BESIDE, scale.ladder[-1][0])
    documents, sentences = so_many(texts, size)
    bodies = documents.column("text").to_pylist()
    extract_file(documents, sentences, knowledge)  # loads the frames, once for a process
    ruler, floor = entity_ruler(knowledge, bodies), bare_pass(knowledge, bodies)
    half = medians(
        taking_turns(scale.turns, ours=partial(extract_file, documents, sentences, knowledge), ruler=ruler, floor=floor)
    )
    words = sum(len(WORD.findall(body)) for body in bodies)
    rate = {name: size / seconds for name, seconds in half.items()}
    cost = {name: 1000 * seconds / words * WORDS for name, seconds in half.items()}
    return [
        Figure(
            f"extract stage, {size} documents",
            rate["ours"],
            "documents / CPU s",
            "blank spaCy: sentencizer and EntityRuler, the same names",
            rate["ruler"],
            rate["ours"] / rate["ruler"],
            scale.turns,
            "times its rate; it finds names without endings, and no roles, dates, amounts, events or status",
            Wanted("ratio", "≥", 2.0),
        ),
        Figure(
            f"extract stage, {WORDS} words",
            cost["ours"],
            "CPU ms",
            "a floor: words, sentences, one ahocorasick_rs pass",
            cost["floor"],
            cost["ours"] / cost["floor"],
            scale.turns,
            "times the floor, the least any tagger does with the same phrases",
            Wanted("ours", "≤", 3.0),
        ),
        *_ladder(texts, knowledge, scale),
    ]


def _ladder(texts: Tables, knowledge: Knowledge, scale: Scale) -> list[Figure]:
    """Measure the stage with ever more documents."""
    cost = {}
    for count, turns in scale.ladder:
        documents, sentences = so_many(texts, count)
        seconds = taking_turns(turns, ours=partial(extract_file, documents, sentences, knowledge))
        # By length: the first announcements are not as long as the average of all.
        characters = pyarrow.compute.sum(documents.column("text_chars")).as_py()
        cost[count] = 1e6 * statistics.median(seconds["ours"]) / characters
    (smallest, _), *larger = scale.ladder
    return [
        Figure(
            f"extract stage, {count} documents",
            cost[count],
            "CPU ms / 1,000 characters",
            f"the same, {smallest} documents",
            cost[smallest],
            cost[count] / cost[smallest],
            turns,
            "1 would be linear",
            Wanted("ratio", "≤", 1.5),
        )
        for count, turns in larger
    ]


def _names(knowledge: Knowledge) -> list[str]:
    """Return every form of every name that the gazetteer finds, without the signs of its endings."""
    return sorted({named.form.written.replace("+", "") for group in knowledge.gazetteer._payload for named in group})


def entity_ruler(knowledge: Knowledge, texts: list[str]) -> Work:
    """Return the work of a blank spaCy pipeline that splits sentences and finds the same names."""
    pipeline = spacy.blank("xx")
    pipeline.add_pipe("sentencizer")
    # Case is folded by both: our names are written as they begin a sentence, too.
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in _names(knowledge)])  # type: ignore[attr-defined]  # the component's own method, not in the protocol of pipes

    def look_up() -> None:
        for _ in pipeline.pipe(texts):
            pass

    return look_up


def bare_pass(knowledge: Knowledge, texts: list[str]) -> Work:
    """Return the floor: fold a text, split it into words and sentences, and look all known phrases up at once."""
    anchors = {named.form.anchor for group in knowledge.gazetteer._payload for named in group}
    automaton = ahocorasick_rs.AhoCorasick(sorted(anchors))

    def look_up() -> None:
        for text in texts:
            WORD.findall(text)
            SENTENCE_END.split(text)
            automaton.find_matches_as_indexes(words_only(fold(text)), overlapping=True)

    return look_up
