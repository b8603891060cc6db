"""What became of a fact that has vanished."""

import pyarrow as pa
import pytest

from tasks.curate.fates import Entry, Fate, Registry, Standing, fate_of
from warehouse.tables.registry import ID_REGISTRY


def registry(**entries):
    """A registry of ids, each with status, redirect and reason."""
    rows = [
        {
            "id": name, "kind": "event", "founding_id": "clm_x", "founding_sentence_id": None, "minted_on": None,
            "status": status, "redirect_to": redirect_to, "reason": reason,
        }
        for name, (status, redirect_to, reason) in entries.items()
    ]  # fmt: skip
    return Registry(pa.Table.from_pylist(rows, schema=pa.schema([f.with_nullable(True) for f in ID_REGISTRY.schema])))


def test_an_active_or_foreign_id_has_no_entry():
    known = registry(evt_a=("active", None, None))
    assert known.entry("evt_a") is None
    assert known.entry("qty_a") is None


def test_redirects_are_followed_to_the_active_id():
    known = registry(
        evt_a=("redirected", "evt_b", "same day"), evt_b=("redirected", "evt_c", "later"), evt_c=("active", None, None)
    )
    assert known.entry("evt_a") == Entry("evt_c", "same day")


def test_a_redirect_to_a_retired_id_is_a_retirement():
    known = registry(evt_a=("redirected", "evt_b", "same day"), evt_b=("retired", None, "all evidence is gone"))
    assert known.entry("evt_a") == Entry(None, "all evidence is gone")


def test_a_ring_of_redirects_ends():
    known = registry(evt_a=("redirected", "evt_b", None), evt_b=("redirected", "evt_a", None))
    assert known.entry("evt_a") == Entry("evt_b", None)


@pytest.mark.parametrize(
    ("entry", "standing", "fate"),
    [
        (Entry("evt_b", "same day"), None, Fate("merged", "same day", "evt_b")),
        (Entry("evt_b", None), None, Fate("merged", "it is the same as its successor", "evt_b")),
        (Entry(None, "gone"), Standing(True, True, "evt_c"), Fate("retired", "gone")),
        (Entry(None, None), None, Fate("retired", "what it rested on is gone")),
        (
            Entry(None, "its sentence is gone"),
            Standing(False, False, None, "by M. Editor: asked to"),
            Fate("retired", "what told it was taken down by M. Editor: asked to"),
        ),
        (
            Entry(None, "retracted by A. Reader: wrong", True),
            Standing(False, False, None, "by M. Editor: asked to"),
            Fate("retracted", "retracted by A. Reader: wrong"),
        ),
        (
            None,
            Standing(False, False, None, "by M. Editor: asked to"),
            Fate("retired", "what told it was taken down by M. Editor: asked to"),
        ),
        (None, None, Fate("removed", "no row of the table stands under its id any more")),
        (None, Standing(True, True, "q_b"), Fate("merged", "its evidence supports the successor now", "q_b")),
        (
            None,
            Standing(False, False, None),
            Fate("retired", "no document that told it is published any more"),
        ),
        (
            None,
            Standing(True, False, None),
            Fate("retired", "its sentence is gone from the current version of the document"),
        ),
        (None, Standing(True, True, None), Fate("removed", "its sentence stands, but is read otherwise now")),
    ],
)
def test_the_fate_follows_the_registry_and_then_the_evidence(entry, standing, fate):
    assert fate_of(entry, standing) == fate
