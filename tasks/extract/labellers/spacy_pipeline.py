"""A spaCy pipeline with named entities as a labeller: `spacy:NAME_OR_PATH`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from tasks.extract.annotations import Document
from tasks.extract.labellers.protocol import LabellerError, Proposals, ProposedMention
from warehouse.errors import ConfigurationError
from warehouse.vocabulary import ENTITY_KINDS

# Labels of the OntoNotes and WikiNER schemes, which the published pipelines use. One's own pipeline may use our kinds.
KIND_OF_LABEL = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "LAW": "instrument",
    **{kind: kind for kind in ENTITY_KINDS},
}


class SpacyPipeline:
    """Proposes the entities of a spaCy pipeline.

    Args:
        pipeline: Name of an installed pipeline, or the directory of one.

    Raises:
        ConfigurationError: spaCy or the pipeline is not there, or it names no entities.
    """

    proposes_claims = False

    def __init__(self, pipeline: str) -> None:
        self._nlp = _load(pipeline)
        self.name = f"spacy:{Path(pipeline).name}"
        labels = {label for pipe in self._nlp.pipe_names for label in self._nlp.pipe_labels.get(pipe, ())}
        self.kinds = frozenset(KIND_OF_LABEL[label] for label in labels if label in KIND_OF_LABEL)
        if not self.kinds:
            raise ConfigurationError(
                "the pipeline names no entities that could be compared",
                self.name,
                f"Use one whose labels are among {', '.join(KIND_OF_LABEL)}.",
            )

    def annotate(self, document: Document) -> Proposals:
        """Return the entities of the document, with their offsets; spaCy gives no score.

        Raises:
            LabellerError: The text is longer than the pipeline takes.
        """
        try:
            read = self._nlp(document.text)
        except ValueError as error:
            raise LabellerError("text_refused", str(error)) from error
        return Proposals(
            tuple(
                ProposedMention(KIND_OF_LABEL[entity.label_], entity.text, entity.start_char)
                for entity in read.ents
                if entity.label_ in KIND_OF_LABEL
            )
        )


@lru_cache(maxsize=4)
def _load(pipeline: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise ConfigurationError(
            "spaCy is not installed", f"spacy:{pipeline}", "Install it: pip install 'communique[spacy]'."
        ) from error
    try:
        return spacy.load(pipeline)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"the pipeline cannot be loaded: {str(error).splitlines()[0]}",
            f"spacy:{pipeline}",
            "Give the name of an installed pipeline, or the directory of one.",
        ) from error
