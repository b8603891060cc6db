"""Relations between things: who funds and who carries out a project. No event: it happens on no day."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.annotations import Mention
from tasks.extract.drafts import Draft


def tie_relation(draft: Draft, mentions: Sequence[Mention]) -> None:
    """Give a relation its project: the nearest of its sentence, else the last one named before ("the project").

    A relation without a project, or without anybody who funds or carries it out, is refused with its reason.
    """
    if not draft.role("project"):
        sentence = draft.view.sentence
        named = [mention for mention in mentions if mention.kind == "project"]
        here = [mention for mention in named if sentence.start <= mention.start < sentence.end]
        before = [mention for mention in named if mention.end <= sentence.start]
        begin = draft.trigger_span[0]
        rule = f"{draft.frame.frame_id}.project"
        if here:
            nearest = min(here, key=lambda mention: (abs(mention.start - begin), mention.start))
            draft.add("project", nearest, "text", f"{rule}.sentence")
        elif before:
            draft.add("project", max(before, key=lambda mention: mention.start), "document", f"{rule}.before")
    projects = draft.role("project")
    if projects:
        draft.project = projects[0].mention
