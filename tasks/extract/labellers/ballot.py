"""Labellers beside the rules on one document: what they add, what is refused, and who found what.

What the rules found stands. A proposal that meets it is a vote for it; one that meets nothing becomes a candidate of
its own, with a rule id that names its labeller and the low prior of an unmeasured rule; one that cannot be believed is
refused with a reason. Afterwards every mention and claim a labeller could have proposed has its vote, for or against.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from tasks.extract.annotations import Argument, Claim, Document, Mention, Reject, Sentence, Vote
from tasks.extract.labellers.alignment import Aligned, align
from tasks.extract.labellers.protocol import Labeller, LabellerError, ProposedClaim, ProposedMention
from tasks.extract.rules import prior
from warehouse.ids import claim_id, mention_id
from warehouse.vocabulary import EVENT_TYPES, HAPPENED, PARTY_KINDS, PARTY_ROLES, STATUSES

logger = logging.getLogger(__name__)

RULES_NAME = "rules"
# A model's word for a country or a group of countries is often "place", and the reverse.
_PLACES = frozenset({"place", "territory", "region"})
_ALIKE = {
    "place": _PLACES,
    "territory": _PLACES,
    "region": _PLACES | {"organisation"},
    "organisation": frozenset({"organisation", "region"}),
}
# A date or quantity is a value the rules must read; of a territory or region only listed ones exist.
_MAY_ADD = frozenset({"organisation", "place", "instrument", "project"})
_OBJECT_ROLES = frozenset({"instrument", "project", "quantity"})


class Ballot:
    """The votes on one document. Labellers are heard in turn, mentions first (`hear`), then their claims (`claims`)."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._document = document
        self._by_rules = {mention.mention_id for mention in mentions}
        self._mentions = list(mentions)
        self._heard: list[tuple[Labeller, tuple[ProposedClaim, ...]]] = []
        self._for: dict[tuple[str, str], tuple[str, float | None]] = {}
        self.rejects: list[Reject] = []

    @property
    def mentions(self) -> list[Mention]:
        """What the rules and the labellers found, by position."""
        return sorted(self._mentions, key=lambda mention: (mention.start, -mention.end, mention.kind))

    def hear(self, labeller: Labeller) -> None:
        """Ask a labeller, and take its mentions; a labeller that fails has no vote, and the rejects say why."""
        try:
            proposals = labeller.annotate(self._document)
        except LabellerError as fault:
            logger.warning("%s on %s: %s (%s)", labeller.name, self._document.doc_id, fault.detail, fault.reason)
            self._refuse(labeller, "document", fault.detail, fault.reason, None)
            return
        self._heard.append((labeller, proposals.claims if labeller.proposes_claims else ()))
        for proposal in proposals.mentions:
            if proposal.kind in labeller.kinds:
                self._take(labeller, proposal)

    def claims(self, claims: Sequence[Claim]) -> list[Claim]:
        """Return what labellers add to the claims of the rules, and note their votes on these."""
        known = list(claims)
        for labeller, proposals in self._heard:
            for proposal in proposals:
                added = self._claim(labeller, proposal, known)
                if added is not None:
                    known.append(added)
        return known[len(claims) :]

    def votes(self, claims: Iterable[Claim]) -> list[Vote]:
        """Return the vote of the rules and of every labeller heard on each mention and claim it could have proposed."""
        if not self._heard:
            return []
        cast: list[Vote] = []
        by_rules = {claim.claim_id for claim in claims if not claim.rule_id.startswith("labeller.")} | self._by_rules
        targets = [("mention", mention.mention_id, mention.kind) for mention in self._mentions]
        targets += [("claim", claim.claim_id, "") for claim in claims if claim.claim_kind == "event"]
        for what, target, kind in targets:
            cast.append(Vote(what, target, RULES_NAME, target in by_rules))
            for labeller, _ in self._heard:
                may = labeller.proposes_claims if what == "claim" else _could(labeller, kind)
                if may:
                    found = self._for.get((labeller.name, target))
                    cast.append(Vote(what, target, labeller.name, found is not None, *(found or (None, None))))
        return cast

    # -- mentions

    def _take(self, labeller: Labeller, proposal: ProposedMention) -> None:
        place = align(self._document.text, proposal.text, proposal.start)
        if place is None:
            self._refuse(labeller, proposal.kind, proposal.text, "not_in_text", None)
            return
        same = self._meeting(place, _ALIKE.get(proposal.kind, frozenset({proposal.kind})))
        if same is not None:
            self._for.setdefault((labeller.name, same.mention_id), (place.alignment, proposal.score))
            return
        reason = self._against(place, proposal.kind)
        if reason is not None:
            self._refuse(labeller, proposal.kind, proposal.text, reason, place)
            return
        sentence = self._document.sentence_at(place.start)
        text = self._document.text[place.start : place.end]
        added = Mention(
            mention_id(sentence.sentence_id, proposal.kind, place.start - sentence.start, place.end - place.start),
            sentence.sentence_id,
            proposal.kind,
            place.start,
            place.end,
            text,
            sentence.zone,
            f"labeller.{labeller.name}",
            prior("labeller.mention"),
            name=" ".join(text.split()),
        )
        self._mentions.append(added)
        self._for[labeller.name, added.mention_id] = (place.alignment, proposal.score)

    def _meeting(self, place: Aligned, kinds: frozenset[str]) -> Mention | None:
        """Return the mention of one of the kinds that shares most of the words."""
        shared = {
            mention.mention_id: (min(place.end, mention.end) - max(place.start, mention.start), mention)
            for mention in self._mentions
            if mention.kind in kinds and mention.start < place.end and place.start < mention.end
        }
        return max(shared.values(), key=lambda item: (item[0], -item[1].start))[1] if shared else None

    def _against(self, place: Aligned, kind: str) -> str | None:
        """Return why a proposal nothing of the rules meets is not believed; None if it is."""
        if kind == "person":
            # Whether somebody acts in public is what the rules for persons decide; a model sees only a name.
            return "no_public_role"
        if kind not in _MAY_ADD:
            return "value_not_read"
        sentence = self._document.sentence_at(place.start)
        if not sentence.start <= place.start < place.end <= sentence.end:
            return "crosses_sentences"
        if any(mention.start < place.end and place.start < mention.end for mention in self._mentions):
            return "other_kind"
        if not any(letter.isalpha() for letter in self._document.text[place.start : place.end]):
            return "no_name"
        return None

    # -- claims

    def _claim(self, labeller: Labeller, proposal: ProposedClaim, known: Sequence[Claim]) -> Claim | None:
        """Return the claim a proposal adds; None where it votes for a known one or is refused."""
        text = self._document.text
        quote = align(text, proposal.quote)
        trigger = align(text, proposal.trigger, within=(quote.start, quote.end)) if quote else None
        if quote is None or trigger is None:
            self._refuse(labeller, proposal.claim_type, proposal.quote, "not_in_text", None)
            return None
        sentence = self._document.sentence_at(trigger.start)
        same = [
            claim
            for claim in known
            if claim.claim_type == proposal.claim_type and claim.sentence_id == sentence.sentence_id
        ]
        if same:
            nearest = min(same, key=lambda claim: abs(claim.trigger_start - trigger.start))
            self._for.setdefault((labeller.name, nearest.claim_id), (quote.alignment, proposal.score))
            return None
        # Evidence is a passage of one sentence: what a quote has of others is left out.
        start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
        arguments = self._arguments(labeller, proposal, (start, end))
        reason = _cannot_be(proposal, sentence, trigger, arguments)
        if reason is not None:
            self._refuse(labeller, proposal.claim_type, proposal.quote, reason, quote)
            return None
        date = self._inside(proposal.date, (sentence.start, sentence.end), frozenset({"date"}))
        spot = self._inside(proposal.place, (sentence.start, sentence.end), frozenset({"place", "territory"}))
        dated = date if date is not None and date.date_start is not None else None
        added = Claim(
            claim_id(sentence.sentence_id, proposal.claim_type, trigger.start - sentence.start, 0),
            sentence.sentence_id,
            "event",
            proposal.claim_type,
            _status(proposal.status, dated, self._document),
            "affirmed",
            sentence.zone,
            trigger.start,
            trigger.end,
            start,
            end,
            f"labeller.{labeller.name}",
            prior("labeller.claim"),
            date_mention=dated,
            date_start=dated.date_start if dated else None,
            date_end=dated.date_end if dated else None,
            date_precision=(dated.date_precision or "unknown") if dated else "unknown",
            date_verbatim=dated.text if dated else None,
            date_basis="text" if dated else None,
            place_mention=spot if spot is not None and spot.kind == "place" else None,
            place_name=spot.name if spot is not None and spot.kind == "place" else None,
            place_basis="text" if spot is not None and spot.kind == "place" else None,
            country_code=spot.country_code if spot else None,
            country_basis="text" if spot is not None and spot.country_code else None,
            arguments=arguments,
        )
        self._for[labeller.name, added.claim_id] = (quote.alignment, proposal.score)
        return added

    def _arguments(self, labeller: Labeller, proposal: ProposedClaim, within: tuple[int, int]) -> tuple[Argument, ...]:
        """Return the arguments that are mentions of the quote, each of a kind its role can have."""
        found: dict[tuple[str, str], Argument] = {}
        for argument in proposal.arguments:
            kinds = frozenset({argument.role} if argument.role in _OBJECT_ROLES else PARTY_KINDS)
            known = argument.role in _OBJECT_ROLES or argument.role in PARTY_ROLES
            mention = self._inside(argument.text, within, kinds) if known else None
            if mention is not None:
                rule = f"labeller.{labeller.name}"
                found.setdefault((argument.role, mention.mention_id), Argument(argument.role, mention, "text", rule))
        return tuple(sorted(found.values(), key=lambda argument: (argument.mention.start, argument.role)))

    def _inside(self, words: str | None, within: tuple[int, int], kinds: frozenset[str]) -> Mention | None:
        place = align(self._document.text, words, within=within) if words else None
        return self._meeting(place, kinds) if place else None

    def _refuse(self, labeller: Labeller, kind: str, words: str, reason: str, place: Aligned | None) -> None:
        self.rejects.append(
            Reject(
                sentence_id=self._document.sentence_at(place.start).sentence_id if place else None,
                kind=kind,
                start=place.start if place else None,
                end=place.end if place else None,
                text=self._document.text[place.start : place.end] if place else None,
                rule_id=f"labeller.{labeller.name}",
                reason=reason,
                proposed=words,
            )
        )


def _could(labeller: Labeller, kind: str) -> bool:
    return any(kind in _ALIKE.get(own, frozenset({own})) for own in labeller.kinds)


def _cannot_be(
    proposal: ProposedClaim, sentence: Sentence, trigger: Aligned, arguments: Sequence[Argument]
) -> str | None:
    """Return why a proposed claim is refused; None if it is not."""
    if proposal.claim_type not in EVENT_TYPES or proposal.status not in STATUSES:
        return "unknown_code"
    if not sentence.start <= trigger.start < trigger.end <= sentence.end:
        return "crosses_sentences"
    return None if arguments else "no_argument"


def _status(proposed: str, date: Mention | None, document: Document) -> str:
    """Return the status; what is dated after its document has not happened, whatever a model says."""
    day = date.date_start if date is not None else None
    if day is None or document.published_on is None or proposed not in HAPPENED:
        return proposed
    return "planned" if day > document.published_on else proposed
