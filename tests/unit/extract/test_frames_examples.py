"""Every example in the frame files is run: the claims of its types are those it names, in the order of the text."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tasks.extract.annotations import Claim
from tasks.extract.events.claims import find_claims
from tasks.extract.frames.examples import example_document, plain_text
from tasks.extract.frames.frame_model import Example, Frames
from tests.unit.extract.real_frames import FRAMES


def told(claim: Claim, key: str) -> str:
    """Return what a claim says under a key of an example, as text."""
    if key == "date":
        return f"{claim.date_start}..{claim.date_end}"
    if key == "place":
        return claim.place_mention.text if claim.place_mention else "None"
    attribute = {
        "type": "claim_type",
        "precision": "date_precision",
        "country": "country_code",
        "marker": "reference_marker",
        "ordinal": "series_ordinal",
    }.get(key, key)
    return str(getattr(claim, attribute))


def filled(claim: Claim, role: str, names: list[str]) -> list[str]:
    """Return the fillers of a role, each under the name the example gives it: its text or its reference."""
    found = [argument.mention for argument in claim.arguments if argument.role == role]
    return [m.reference_id if m.reference_id in names else m.text for m in found]


def differences(claim: Claim, wanted: Mapping[str, object]) -> list[str]:
    wrong = []
    for key, value in wanted.items():
        if isinstance(value, list):
            found = filled(claim, key, value)
            if sorted(found) != sorted(value):
                wrong.append(f"{key}: {found}, not {value}")
        elif told(claim, key) != str(value):
            wrong.append(f"{key}: {told(claim, key)}, not {value}")
    return wrong


@pytest.mark.parametrize("example", FRAMES.examples, ids=lambda e: f"{Path(e.path).stem}:{e.line}")
def test_example(example: Example) -> None:
    document, mentions = example_document(example)
    found, rejects = find_claims(document, mentions, FRAMES)
    claims = [claim for claim in found if claim.claim_type in example.types]
    reasons = [(reject.text, reject.reason) for reject in rejects if reject.kind in example.types]
    assert len(claims) == len(example.expect), (document.text, [claim.rule_id for claim in claims], reasons)
    for claim, wanted in zip(claims, example.expect, strict=True):
        assert not differences(claim, wanted), document.text


def by_type(frames: Frames) -> dict[str, list[bool]]:
    """Return, for each claim type, which of its file's examples are positive."""
    found: dict[str, list[bool]] = {}
    for example in frames.examples:
        for claim_type in example.types:
            found.setdefault(claim_type, []).append(bool(example.expect))
    return found


@pytest.mark.parametrize("claim_type", sorted({frame.claim_type for frame in FRAMES.frames.values()}))
def test_every_type_shows_what_it_is_and_what_it_is_not(claim_type: str) -> None:
    assert set(by_type(FRAMES)[claim_type]) == {True, False}


def test_mark_up_gives_text_and_spans() -> None:
    text, spans = plain_text("[territory:LT|Lithuania] signed on [date|today].")
    assert text == "Lithuania signed on today."
    assert [(text[start:end], kind, ref) for start, end, kind, ref in spans] == [
        ("Lithuania", "territory", "LT"),
        ("today", "date", ""),
    ]
