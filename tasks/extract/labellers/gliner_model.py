"""A GLiNER model as a labeller: `gliner:PATH`. Nothing is downloaded; the model lies in a directory.

Zaratiana et al., "GLiNER: Generalist Model for Named Entity Recognition using Bidirectional Transformer" (2024). It
reads a few hundred words at most, so it is given one sentence at a time.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from tasks.extract.annotations import Document
from tasks.extract.labellers.protocol import LabellerError, Proposals, ProposedMention
from warehouse.errors import ConfigurationError

# What the model is asked for, in its own sort of words, and the kind it stands for.
KIND_OF_LABEL = {
    "person": "person",
    "organization": "organisation",
    "government ministry": "organisation",
    "city or place": "place",
    "country": "territory",
    "law or agreement": "instrument",
    "project or programme": "project",
}
LEAST_SCORE = 0.5


class GlinerModel:
    """Proposes the entities of a GLiNER model.

    Args:
        directory: Directory of the model.

    Raises:
        ConfigurationError: The package or the model is not there.
    """

    proposes_claims = False
    kinds = frozenset(KIND_OF_LABEL.values())

    def __init__(self, directory: str) -> None:
        self._model = _load(directory)
        self.name = f"gliner:{Path(directory).name}"

    def annotate(self, document: Document) -> Proposals:
        """Return the entities of all sentences, with offsets in the document and the model's scores.

        Raises:
            LabellerError: The model failed on a sentence.
        """
        found = []
        for sentence in document.sentences:
            try:
                entities = self._model.predict_entities(
                    document.text[sentence.start : sentence.end], list(KIND_OF_LABEL), threshold=LEAST_SCORE
                )
            except (RuntimeError, ValueError, IndexError) as error:
                raise LabellerError("model_failed", f"{type(error).__name__}: {error}") from error
            found += [
                ProposedMention(
                    KIND_OF_LABEL[entity["label"]],
                    entity["text"],
                    sentence.start + int(entity["start"]),
                    float(entity["score"]),
                )
                for entity in entities
                if entity["label"] in KIND_OF_LABEL
            ]
        return Proposals(tuple(found))


@lru_cache(maxsize=1)
def _load(directory: str) -> Any:
    if not Path(directory).is_dir():
        raise ConfigurationError("no such directory", f"gliner:{directory}", "Give the directory of a GLiNER model.")
    try:
        from gliner import GLiNER
    except ImportError as error:
        raise ConfigurationError(
            "GLiNER is not installed", f"gliner:{directory}", "Install it: pip install 'communique[gliner]'."
        ) from error
    try:
        return GLiNER.from_pretrained(directory, local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ConfigurationError(
            f"the model cannot be loaded: {error}", f"gliner:{directory}", "See that the directory holds a whole model."
        ) from error
