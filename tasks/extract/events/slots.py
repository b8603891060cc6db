"""Who does what to whom: fill the roles of a frame from the trigger's own sentence.

A mention is placed by what governs it (`sentences.sentence_view.Governor`): nothing in front of the verb is its
subject, nothing behind it its object, otherwise the preposition decides; behind `of` and `from` also the preposition
of the head noun, so that "colleagues from Kosovo" stand where "with" puts them.
"""

from __future__ import annotations

from tasks.extract.events.drafts import Draft
from tasks.extract.events.nationals import is_nationality, is_origin, names_border
from tasks.extract.events.owners import owns_next
from tasks.extract.events.placement import (
    Placement,
    carries_out,
    has_no_subject,
    is_office_holder,
    place_mention,
    specified,
    subjects_of,
)
from tasks.extract.events.subjects import company, is_passive, linked_before, only_reports, relative_complement
from tasks.extract.frames.frame_model import Slot
from tasks.extract.sentences.sentence_view import SentenceView

# Between a name and its relative clause stands a comma.
_RELATIVE = 2
# Roles of those who act together: a neighbour beyond the border is none of them.
_SIDES = frozenset({"party", "participant", "signatory"})
# Roles of those whose act it is, unlike that of who takes part.
_DOERS = frozenset({"signatory", "party", "issuer", "organiser", "host", "funder", "implementer", "deployer", "chair"})
_ACTORS = frozenset({"person", "organisation", "territory"})
# Roles of those who act.
_AGENTS = frozenset({"issuer", "funder", "proposer", "appointer"})
# Status words that open a finite verb group.
_FINITE = frozenset({"future", "modal", "perfect", "pluperfect", "past", "plan"})


def fill_slots(draft: Draft, described: frozenset[int]) -> None:
    """Add the arguments that stand in the trigger's clause, and the subject of the clause before where it has none.

    Args:
        draft: The draft; its arguments are added to.
        described: Mentions that only describe a named person (`attributive`).
    """
    view, used = draft.view, set(described)
    for slot in draft.frame.slots:
        sources = draft.group.sources.get(slot.role, slot.sources)
        if slot.when_empty and draft.role(slot.role):
            continue
        _fill_slot(draft, slot, sources, used)
        if not draft.is_noun and not (slot.role in _AGENTS and is_passive(draft)):
            _borrow_subject(draft, slot, sources, used)
            for index in company(draft, slot.role) if "person" in slot.kinds and "subject" in sources else ():
                draft.add(slot.role, view.mentions[index], "text", f"{draft.frame.frame_id}.{slot.role}.subject")
                used.add(index)
            if draft.free_order and "subject" in sources and "object" not in sources and not draft.role(slot.role):
                # The subject may follow its verb: "vom 8. bis 10. August folgten Beamte der Kommission".
                _fill_slot(draft, slot, ("object",), used)
        elif draft.free_order and slot.role == "visitor" and slot.kinds == ("person",) and not draft.role(slot.role):
            # "Von einem Arbeitsbesuch ist Minister … zurückgekehrt": the person behind the noun's verb.
            _fill_slot(draft, slot, ("object",), used)
        link, named = relative_complement(draft)
        for index in named if link in sources and not draft.role(slot.role) else ():
            if view.mentions[index].kind in slot.kinds:
                draft.add(slot.role, view.mentions[index], "text", f"{draft.frame.frame_id}.{slot.role}.{link}")
        if slot.role == "party" and not any(argument.rule_id.endswith(".party.by") for argument in draft.role("party")):
            # Who signs an agreement binds itself: the protocol implements one that others concluded.
            _take_bound(draft, slot, used)


def _fill_slot(draft: Draft, slot: Slot, sources: tuple[str, ...], used: set[int]) -> None:
    if slot.role in _AGENTS and is_passive(draft):
        sources = tuple(source for source in sources if source != "subject")
    for index in _candidates(draft, slot, used):
        if len(draft.role(slot.role)) >= slot.at_most:
            return
        placement = place_mention(draft, index)
        if placement.outer == "subject" and (
            only_reports(draft, index) or (slot.role in _DOERS and beholds(draft, index))
        ):
            continue
        if _accepts(sources, placement, draft) and not _speaks_for_another(draft, index):
            for named in specified(draft.view, index) or [index]:
                _put(draft, slot, named, placement, used)


def beholds(draft: Draft, index: int) -> bool:
    """True for who is there when others act, or speaks of it: "attended the signing", "welcomed the opening of …"."""
    last = draft.view.spans[index][1]
    words = draft.view.of_kind("word", "beholds") if draft.is_noun else ()
    return any(last < hit.first < draft.hit.first for hit in words)


def _speaks_for_another(draft: Draft, index: int) -> bool:
    """True if what governs the mention is part of another trigger or cue ("financed by"), whose filler it is."""
    governor = draft.view.linkage.governor(index, (draft.hit.first, draft.hit.head_end - 1))
    if governor.stop != "preposition":
        return False
    kind = draft.view.mentions[index].kind
    for hit in draft.view.hits:
        is_relation = (hit.entry.kind, hit.entry.key) == ("word", "relation")
        own_words = hit.first <= draft.hit.last and draft.hit.first <= hit.last
        other = hit.entry.kind == "trigger" and hit.entry.key != draft.hit.entry.key
        if (is_relation or other) and not own_words:
            if draft.is_noun and governor.at == hit.last + 1 and _names_agent(draft, governor.at, hit.entry.tense):
                # "The signing has to be authorised by the Council": who authorises does not sign.
                return True
            if hit.first < governor.at < hit.head_end or (hit.has_gap and hit.tail <= governor.at <= hit.last):
                return True
        elif hit.entry.kind == "role" and hit.first <= governor.at <= hit.last:
            # "signed by" gives persons the role of signatories; states behind it are left to the slots.
            own = [slot for slot in draft.frame.slots if slot.role == hit.entry.key]
            if not own or any(kind in slot.kinds for slot in own):
                return True
    return False


def _names_agent(draft: Draft, position: int, tense: str) -> bool:
    """True for "by" behind the participle of a verb other than the draft's own."""
    return tense == "past" and draft.view.language == "en" and draft.view.tokens[position].word == "by"


def _take_bound(draft: Draft, slot: Slot, used: set[int]) -> None:
    """Take the parties that stand in the name of the instrument: "Status Agreement between the EU and Montenegro".

    The instrument is what is signed or enters into force: it stands in the clause as subject or object, or, where the
    clause has no subject ("which came into force"), in the clause before.
    """
    view = draft.view
    begin = draft.clause[0]
    if not draft.role(slot.role) and has_no_subject(view, begin, draft.hit.first):
        begin = max((start for start in view.clauses if start < begin), default=begin)
    for number, (first, last) in enumerate(view.spans):
        is_own = view.mentions[number].kind == "instrument" and not carries_out(view.mentions[number])
        if not is_own or not begin <= first <= draft.clause[1]:
            continue
        if first >= draft.clause[0] and place_mention(draft, number).outer not in ("subject", "object", "compound"):
            continue
        for index, (start, end) in enumerate(view.spans):
            if not (first <= start and end <= last and _is_bound(draft, index, first)):
                continue
            if view.mentions[index].kind in slot.kinds and index not in used:
                draft.add(slot.role, view.mentions[index], "derived", f"{draft.frame.frame_id}.{slot.role}.instrument")
                used.add(index)


def _is_bound(draft: Draft, index: int, first: int) -> bool:
    """True for a party in an instrument's name, not for its topic ("agreement on operations of Frontex")."""
    links = ("preposition", "attaching")
    begin = draft.view.spans[index][0]
    if not any(hit.entry.kind in links for at in range(first, begin) for hit in draft.view.ending_at.get(at, ())):
        # "Under the EU-Turkey agreement": what stands before it governs the agreement.
        return True
    chain = draft.view.linkage.governor(index, (draft.hit.first, draft.hit.last)).chain
    return not chain or chain[0] in ("between", "with", "together") or set(chain) == {"of"}


def _candidates(draft: Draft, slot: Slot, used: set[int]) -> list[int]:
    """Return the mentions of the slot's kinds in the clause, in the order of the text."""
    return [
        index
        for index, mention in enumerate(draft.view.mentions)
        if index not in used
        and mention.kind in slot.kinds
        and (not slot.subtypes or mention.subtype in slot.subtypes)
        and draft.covers(draft.view.spans[index][0])
        and draft.view.once(_may_act, index)
        and not (slot.without and _holds(draft, index, slot.without))
        and not (slot.role in _SIDES and _is_across_border(draft.view, index))
        and not (slot.role != "from" and is_origin(draft.view, index))
        and not (slot.role == "from" and _was_left_before(draft, index))
    ]


def _may_act(view: SentenceView, index: int) -> bool:
    """True for what stands for itself: no part of a longer name, no description of people, bodies or a border."""
    stands_alone = view.inside.get(view.spans[index][0]) == index and not owns_next(view, index)
    return stands_alone and not is_nationality(view, index) and not names_border(view, index)


def _is_across_border(view: SentenceView, index: int) -> bool:
    """True for the neighbour of "prie sienos su Baltarusija"; in a list of states it goes with the first.

    English is left out: "an agreement on borders with Serbia" is one with Serbia.
    """
    if view.language == "en":
        return False
    first = view.spans[view.linkage.list_head(index)][0]
    links = [hit.first for hit in view.ending_at.get(first - 1, ()) if hit.entry.key in ("with", "to")]
    return any(hit.last + 1 in links for hit in view.of_kind("word", "border"))


def _was_left_before(draft: Draft, index: int) -> bool:
    """True for what the people of the subject were brought out of before ("those evacuated from Libya landed")."""
    view = draft.view
    last = draft.view.spans[index][0] - 1
    links = [hit.first for hit in view.ending_at.get(last, ()) if hit.entry.key == "from"]
    return any(
        verb.first - 1 in range(draft.clause[0], draft.hit.first) and verb.last + 1 in links
        for verb in view.of_kind("trigger")
        if verb.last < draft.hit.first and verb.entry.tense in ("past", "participle")
    )


def _holds(draft: Draft, index: int, classes: tuple[str, ...]) -> bool:
    """True if the mention's own words belong to one of the classes."""
    first, last = draft.view.spans[index]
    return any(first <= hit.first <= last for name in classes for hit in draft.view.of_kind("word", name))


def _accepts(sources: tuple[str, ...], placement: Placement, draft: Draft) -> bool:
    if "any" in sources or ("passive" in sources and placement.outer == "subject" and is_passive(draft)):
        return True
    if placement.inner == "of" and "of" in sources:
        if placement.outer == "subject":
            return placement.is_office
        return placement.outer in ("object", "start", *sources)
    if placement.inner == "from" and placement.outer == "for" and "for" not in sources:
        # "Made available 3 million for returns from Belarus": the origin of what the money is for.
        return False
    if placement.inner is not None and placement.inner in sources:
        return True
    if placement.inner == "from" and any("from" in slot.sources for slot in draft.frame.slots):
        return False
    return placement.outer in sources


def _put(draft: Draft, slot: Slot, index: int, placement: Placement, used: set[int]) -> None:
    mention = draft.view.mentions[index]
    basis = "derived" if placement.is_office else "text"
    place = placement.inner or placement.outer
    draft.add(slot.role, mention, basis, f"{draft.frame.frame_id}.{slot.role}.{place}")
    used.add(index)


def _borrow_subject(draft: Draft, slot: Slot, sources: tuple[str, ...], used: set[int]) -> None:
    """Take the subject of an earlier clause of the sentence when the trigger's own clause has none."""
    if any(argument.rule_id.endswith((".subject", ".from")) for argument in draft.role(slot.role)):
        return
    view = draft.view
    if not has_no_subject(view, draft.clause[0], draft.hit.first):
        return
    nearest = _antecedent(draft) if "subject" in sources else None
    for begin in reversed([start for start in view.clauses if start < draft.clause[0]]):
        end = view.clause_of(begin)[1]
        candidates = [nearest] if nearest is not None else _subjects_or_linked(draft, sources, begin, end)
        found = [index for index in candidates if view.mentions[index].kind in slot.kinds and index not in used]
        if found:
            for index in found[: slot.at_most]:
                basis = "derived" if is_office_holder(view, index) else "text"
                draft.add(slot.role, view.mentions[index], basis, f"{draft.frame.frame_id}.{slot.role}.borrowed")
                used.add(index)
            return


def _antecedent(draft: Draft) -> int | None:
    """Return the name right before a relative clause: "the Government, which had tabled it".

    A country behind a preposition may only say where or whose: it is left to the subject of the clause before.
    """
    view, begin = draft.view, draft.clause[0]
    if view.language != "en" or begin < _RELATIVE:
        return None
    index = view.inside.get(begin - _RELATIVE) if view.tokens[begin - 1].word == "," else None
    auxiliary = any(hit.first == begin and hit.entry.key in _FINITE for hit in view.of_kind("status"))
    opens = auxiliary or draft.hit.first == begin
    if opens and draft.claim_type == "visit" and index is not None and view.mentions[index].kind == "person":
        # "Denmark's Minister for Immigration, Kaare Dybvad Bek, has been in Nairobi": the name is set off by commas.
        return index
    if view.tokens[begin].word not in ("which", "who"):
        return None
    if index is None or view.mentions[index].kind not in _ACTORS:
        return None
    is_person = view.mentions[index].kind == "person"
    governor = view.linkage.governor(index, (-1, -1))
    if is_person != (view.tokens[begin].word == "who") or "of" in governor.chain or "in" in governor.chain:
        return None
    return index


def _subjects_or_linked(draft: Draft, sources: tuple[str, ...], first: int, last: int) -> list[int]:
    """Return the subjects of a clause, and what a preposition of the slot links to the noun a relative clause hangs on.

    "the agreement between the EU and Montenegro, which came into force": the parties stand in front of the comma.
    """
    view = draft.view
    found = subjects_of(view, first, last) if "subject" in sources else []
    if not any(hit.first == draft.clause[0] for hit in view.of_kind("boundary")):
        return found
    links = set(sources) - {"subject", "object", "any", "compound"}
    nearest = linked_before(draft, links)
    if nearest:
        return nearest
    for index, (begin, _) in enumerate(view.spans):
        if first <= begin <= last and view.inside.get(begin) == index:
            chain = view.linkage.governor(index, (-1, -1)).chain
            if chain and chain[0] in links and index not in found:
                found.append(index)
    return sorted(found)
