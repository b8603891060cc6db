"""Roles that other sentences give: `chaired by`, `part of the project` speak of an event told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.annotations import Mention
from tasks.extract.events.drafts import Draft, same_thing
from tasks.extract.events.placement import attributive, has_no_subject, is_office_holder, specified
from tasks.extract.frames.frame_model import Frames, RoleCue
from tasks.extract.frames.triggers import Hit
from tasks.extract.sentences.linkage import Governor
from tasks.extract.sentences.sentence_view import SentenceView

# "hosted by the newly founded Migration Forum": words between a cue and the first thing behind it.
_BEHIND = 7
# "chaired jointly by", "attended, among others, by": words between a participle and its agent.
_AGENT_REACH = 4
# "The delegation was led by"
_BE = frozenset({"is", "was", "are", "were"})
_ORIGIN_ROLES = frozenset({"participant", "deployer", "visitor"})
_RELATIVE_PRONOUNS = frozenset({"der", "dem", "denen"})
_IN_FRONT = frozenset({"start", "comma"})
# How far the event is that a cue speaks of.
_HERE, _IN_PARAGRAPH, _IN_HEAD = range(3)
_WEAKER = frozenset({"participant", "visitor"})
_PROJECT_ROLES = frozenset({"organiser", "funder", "implementer"})
_PROJECT_WORDS = ("proj", "prog", "проек", "прог")
_OF_PROJECTS = frozenset({"project_launched", "project_completed"})


def cue_roles(drafts: Sequence[Draft], views: Sequence[SentenceView], frames: Frames) -> None:
    """Add to each event the roles that cues in its sentence, its paragraph or the document give it.

    Words that give different roles in events of different types ("accompanied by") mean the event told nearest.
    """
    for view in views:
        meant: dict[tuple[int, int], list[tuple[int, Draft, RoleCue, Hit]]] = {}
        for hit in view.of_kind("role"):
            cue = _of_delegation(frames.role_cues[hit.entry.item], view, hit)
            found = target(cue, view, hit, drafts)
            if found is None or (hit.first, hit.last) == (found[1].hit.first, found[1].hit.last):
                # The frame itself says who convened.
                continue
            if found[1].claim_type in _OF_PROJECTS or not _is_of_project(cue, view, hit):
                meant.setdefault((hit.first, hit.last), []).append((*found, cue, hit))
        for fitting in meant.values():
            nearest = min(distance for distance, _, _, _ in fitting)
            for distance, draft, cue, hit in fitting:
                if distance == nearest:
                    _fill(draft, cue, view, hit)


def _of_delegation(cue: RoleCue, view: SentenceView, hit: Hit) -> RoleCue:
    """Return the cue as one of participants behind a delegation: who leads it to a meeting does not chair that."""
    before = hit.first - 1
    if before > 0 and (view.tokens[before].word == "," or view.tokens[before].word in _BE):
        before -= 1
    led = cue.role == "chair" and any(word.last == before for word in view.of_kind("word", "delegation"))
    return replace(cue, role="participant") if led else cue


def target(cue: RoleCue, view: SentenceView, hit: Hit, drafts: Sequence[Draft]) -> tuple[int, Draft] | None:
    """Return how far the event meant is, and the event: of the same sentence the nearest, else the last told before."""
    fitting = [draft for draft in drafts if draft.claim_type in cue.types and draft.reject is None]
    here = [draft for draft in fitting if draft.view is view]
    if here:
        return _HERE, min(here, key=lambda draft: (abs(draft.hit.first - hit.first), draft.hit.first))
    spoken_of = _spoken_of(view, hit)
    if spoken_of:
        fitting = [draft for draft in fitting if draft.claim_type in spoken_of]
    start = view.sentence.start
    before = [draft for draft in fitting if draft.view.sentence.start < start and not draft.in_title]
    near = [draft for draft in before if draft.view.sentence.paragraph == view.sentence.paragraph]
    if near:
        return _IN_PARAGRAPH, max(near, key=lambda draft: draft.view.sentence.start)
    if cue.reach == "paragraph":
        return None
    head = next((draft for draft in before if draft.in_head), None)
    return None if head is None else (_IN_HEAD, head)


def _spoken_of(view: SentenceView, hit: Hit) -> set[str]:
    """Return the types of event that the noun at the head of the cue's clause can mean ("The course was run by …")."""
    begin = view.clause_of(hit.first)[0]
    return {
        other.entry.key.partition(".")[0]
        for other in view.of_kind("trigger")
        if other.entry.tense == "noun" and begin <= other.first <= begin + 1 and other.last < hit.first
    }


def _is_of_project(cue: RoleCue, view: SentenceView, hit: Hit) -> bool:
    """True if a cue tells who pays for or carries out a project ("within the project X, which is funded by …").

    That is a relation of the project (`projects.project_parties`), not a role in the event held within it.
    """
    if cue.role not in _PROJECT_ROLES:
        return False
    relations = view.of_kind("word", "relation")
    if not any(relation.first <= hit.last and hit.first <= relation.last for relation in relations):
        return False
    named = [
        last
        for mention, (_, last) in zip(view.mentions, view.spans, strict=True)
        if mention.kind == "project" and last < hit.first
    ]
    named += [
        word.last
        for word in view.of_kind("word", "project")
        if word.last < hit.first and view.tokens[word.first].word.startswith(_PROJECT_WORDS)
    ]
    return bool(named) and not any(max(named) < other.first < hit.first for other in view.of_kind("trigger"))


def _fill(draft: Draft, cue: RoleCue, view: SentenceView, hit: Hit) -> None:
    """Give the role to what stands where the cue says; in languages with free order a subject may follow its verb.

    A participle with an agent ("chaired jointly by") gives the role to the agent, not to what stands in front of it.
    """
    agent = _agent(view, hit) if "subject" in cue.sources else None
    if agent is not None:
        if any(other.first >= hit.first and other.last == agent.last for other in view.of_kind("role")):
            # "co-hosted by" is a cue of its own.
            return
        for index in _fillers(cue.kinds, ("object",), view, agent):
            _give(draft, cue, view, index)
        return
    found = _fillers(cue.kinds, cue.sources, view, hit)
    if not found and draft.free_order and "object" not in cue.sources:
        found = _fillers(cue.kinds, ("object",), view, hit)
    for index in found:
        _give(draft, cue, view, index)


def _agent(view: SentenceView, hit: Hit) -> Hit | None:
    """Return the cue with the "by" of its agent, or None where it has none."""
    for link in view.of_kind("preposition", "by"):
        if hit.last < link.first <= hit.last + _AGENT_REACH and not any(
            position in view.inside for position in range(hit.last + 1, link.first)
        ):
            return hit._replace(last=link.last, head_end=link.last + 1)
    return None


def _fillers(kinds: Sequence[str], sources: Sequence[str], view: SentenceView, hit: Hit) -> list[int]:
    if "subject" not in sources and any(link.last == hit.first - 1 for link in view.of_kind("preposition", "by")):
        # "delivered by experts from Frontex": who stands behind "by" acts; the words before say as what.
        return []
    described = attributive(view)
    objects: list[int] = []
    subjects: list[int] = []
    begin = view.clause_of(hit.first)[0]
    if "subject" in sources and has_no_subject(view, begin, hit.first):
        # "The coordinator, Mari Juritsch, gave the keynote": the verb opens a clause of its own.
        begin = max((start for start in view.clauses if start < begin), default=begin)
    listed = hit.last + 1 < len(view.tokens) and view.tokens[hit.last + 1].word == ":"
    for index, mention in enumerate(view.mentions):
        first, last = view.spans[index]
        if mention.kind not in kinds or view.inside.get(first) != index or index in described:
            continue
        governor = view.linkage.governor(index, _part(hit, first))
        if mention.kind == "territory" and governor.chain[:1] == ("from",) and hit.entry.key not in _ORIGIN_ROLES:
            # "conducted by trainers from Poland": Poland does not conduct it.
            continue
        if listed and first > hit.last:
            # "Four countries took part: Austria, …": the list behind the colon names them.
            objects.append(index)
        elif "object" in sources and (governor.stop == "trigger" or (objects and _acts_with(governor))):
            # Only what stands right behind the cue and what is listed with it: further on, another verb may have come.
            if _near(view, hit, index) if not objects else _goes_on(view, hit, objects, index):
                objects.append(index)
        elif (
            "subject" in sources
            and begin <= first <= last < hit.first
            and (_is_subject(governor) or _is_behind_relative(view, governor))
        ):
            subjects.append(index)
    return objects or subjects


def _is_subject(governor: Governor) -> bool:
    """True for what no preposition governs, and for "in addition to the members"."""
    return governor.stop in _IN_FRONT or _acts_with(governor)


def _is_behind_relative(view: SentenceView, governor: Governor) -> bool:
    """True for the subject behind a German "an der": the preposition belongs to the relative pronoun."""
    at = governor.at
    if view.language != "de" or governor.stop != "preposition" or at < 1 or view.tokens[at - 1].word != ",":
        return False
    return view.tokens[at + 1].word in _RELATIVE_PRONOUNS


def _acts_with(governor: Governor) -> bool:
    """True for who acts with those named before ("organised by the Greek authorities together with UNHCR")."""
    return governor.stop == "preposition" and governor.chain[-1] == "together"


def _part(hit: Hit, position: int) -> tuple[int, int]:
    """Return the part of a cue that governs a token: "von … geleitet" in front, "geleitet wurde … von" behind."""
    return (hit.tail, hit.last) if hit.has_gap and position > hit.last else (hit.first, hit.head_end - 1)


def _near(view: SentenceView, hit: Hit, index: int) -> bool:
    """True for what stands right behind the cue."""
    begin = view.linkage.phrase_begin(index)
    return begin - _part(hit, begin)[1] <= _BEHIND


def _goes_on(view: SentenceView, hit: Hit, found: Sequence[int], index: int) -> bool:
    """True for what is listed with the first thing behind a cue, or hangs on the same words a few words on."""
    if view.linkage.list_head(index) in {view.linkage.list_head(earlier) for earlier in found}:
        return True
    key = _part(hit, view.spans[index][0])
    governor = view.linkage.governor(index, key)
    if _acts_with(governor):
        return governor.at > view.spans[found[0]][1] and view.clause_of(governor.at) == view.clause_of(hit.last)
    same = governor.at == view.linkage.governor(found[0], key).at
    return same and view.steps(view.spans[found[-1]][1], view.linkage.phrase_begin(index)) <= _BEHIND


def _give(draft: Draft, cue: RoleCue, view: SentenceView, index: int) -> None:
    """Put the mention in the cue's role; it leaves a weaker role it had in the same event."""
    for named in specified(view, index) or [index]:
        _give_one(draft, cue, view, named)


def _give_one(draft: Draft, cue: RoleCue, view: SentenceView, index: int) -> None:
    mention = view.mentions[index]
    basis = "text" if draft.view is view else "document"
    if is_office_holder(view, index):
        basis = "derived"
    if cue.role not in _WEAKER:
        draft.arguments = [
            argument
            for argument in draft.arguments
            if argument.role not in _WEAKER or same_thing(argument.mention) != same_thing(mention)
        ]
    elif any(same_thing(argument.mention) == same_thing(mention) for argument in draft.arguments):
        # Who chairs or hosts is there as well.
        return
    draft.add(cue.role, mention, basis, f"role.{cue.role}.{view.language}")


def tie_projects(drafts: Sequence[Draft], views: Sequence[SentenceView], mentions: Sequence[Mention]) -> None:
    """Tie events to the project of their sentence, or to the one a later sentence says they are part of."""
    for draft in drafts:
        sentence = draft.view.sentence
        here = [
            mention
            for mention in mentions
            if mention.kind == "project" and sentence.start <= mention.start < sentence.end
        ]
        if here and draft.project is None:
            draft.project = here[0]
    for view in views:
        for hit in view.of_kind("word", "part_of"):
            named = [m for m in view.mentions if m.kind == "project" and m.start >= view.tokens[hit.first].start]
            if not named:
                continue
            told = [draft for draft in drafts if draft.view.sentence.start <= view.sentence.start]
            heads = [draft for draft in told if draft.project is None and draft.in_head and draft.marker is None]
            for draft in heads:
                if draft.claim_type in ("meeting", "training", "visit", "opening", "deployment"):
                    draft.project = named[0]


def footnote_roles(drafts: Sequence[Draft], views: Sequence[SentenceView]) -> None:
    """Give the persons of a footnote ("*Ministers …") the role that the starred sentence gives its persons.

    A footnote that is a bare list of names ("* Estonia, Finland and Latvia") gives it to whoever it names.
    """
    notes = [view for view in views if view.tokens and view.tokens[0].word == "*"]
    for draft in drafts:
        view = draft.view
        starred = [token for token in view.tokens if token.word == "*" and token.start > view.sentence.start]
        if not starred or view in notes:
            continue
        slot = next((slot for slot in draft.frame.slots if "person" in slot.kinds), None)
        if slot is None:
            continue
        for note in notes:
            kinds = slot.kinds if _lists_names(note) else ("person",)
            for mention in note.mentions:
                if mention.kind in kinds:
                    draft.add(slot.role, mention, "document", f"{draft.frame.frame_id}.{slot.role}.footnote")


def _lists_names(note: SentenceView) -> bool:
    """True for a footnote that opens with a name and tells no act."""
    first = min((note.linkage.phrase_begin(index) for index in range(len(note.spans))), default=_BEHIND)
    return first == 1 and not note.verbs
