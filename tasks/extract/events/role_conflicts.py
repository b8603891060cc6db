"""What one event cannot have twice: a state that sends and receives, a presidency that signs for the Union as a party.

Belongs here: fillers that other fillers of the same event rule out. They are taken away when all roles are filled.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extract.events.drafts import Draft, same_thing

_PARTIES = 2
# Type → the role that yields, and the role it yields to: officers are sent to the state that receives them.
_EXCLUSIVE = {
    "deployment": (("deployer", "beneficiary"),),
    "return_operation": (("from", "to"),),
    "relocation": (("from", "to"),),
    # Where nobody else receives, the one who both pays and receives does not pay ("granted Latvia 3 million").
    "funding_granted": (("beneficiary", "funder"), ("funder", "beneficiary")),
    "agreement_approved": (("party", "issuer"),),
    "meeting": (("participant", "organiser"),),
}


def settle_roles(drafts: Sequence[Draft]) -> None:
    """Take away fillers that cannot stand beside the others of their event; drafts are changed in place."""
    received = {
        same_thing(argument.mention)
        for draft in drafts
        if draft.claim_type == "deployment" and not draft.in_title
        for argument in draft.role("beneficiary")
    }
    for draft in drafts:
        exclude(draft)
        if draft.claim_type == "return_operation":
            _bring_home(draft)
        if draft.claim_type == "deployment" and draft.in_title:
            # "Frontex and Moldova launch joint operation": the text says who sends officers to whom.
            _drop(draft, "deployer", received)
        _drop_signing_states(draft)


def exclude(draft: Draft) -> None:
    """Take away what the other roles of the event rule out; of an event told by several verbs too."""
    for weaker, stronger in _EXCLUSIVE.get(draft.claim_type, ()):
        taken = {same_thing(argument.mention) for argument in draft.role(stronger)}
        _drop(draft, weaker, taken)


def _bring_home(draft: Draft) -> None:
    """Let a state that brings people out of another be where they go: "Ethiopia repatriated citizens from Sudan"."""
    left = [one for one in draft.role("from") if one.rule_id.endswith(".from.from")]
    acting = [one for one in draft.role("from") if one.rule_id.endswith(".from.subject")]
    origin = {one.mention.country_code for one in left}
    stated = any(one.mention.kind in ("territory", "place") for one in draft.role("to") if one.basis == "text")
    if not left or stated or any(one.mention.country_code in origin for one in acting):
        return
    for one in acting:
        draft.arguments.remove(one)
        draft.add("to", one.mention, one.basis, f"{draft.frame.frame_id}.to.subject")


def _drop(draft: Draft, role: str, things: set[tuple[str, str]]) -> None:
    """Take the things out of a role, unless nobody would be left in it."""
    kept = [argument for argument in draft.role(role) if same_thing(argument.mention) not in things]
    if kept:
        draft.arguments = [argument for argument in draft.arguments if argument.role != role or argument in kept]


def _drop_signing_states(draft: Draft) -> None:
    """Drop the states of signatories where the text names both parties and a body is among them.

    The minister of the presidency signs for the Union, the director of a service for the service.
    """
    stated = [argument for argument in draft.role("party") if not argument.rule_id.endswith(".party.signatory")]
    if len(stated) >= _PARTIES and any(argument.mention.kind == "organisation" for argument in stated):
        draft.arguments = [
            argument for argument in draft.arguments if not argument.rule_id.endswith(".party.signatory")
        ]
