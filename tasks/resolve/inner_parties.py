"""The parties that stand inside the name of an instrument: "protocols with Kosovo and Albania".

They tell two things. A claim that gives fewer than two parties of an agreement has the others there. And an instrument
is a title of its own where its name says whose it is ("the Status Agreement between the EU and Montenegro"), but a mere
description where a party of it stands outside ("Lithuania signs protocols with …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tasks.resolve.corpus import ArgumentRow, ClaimRow, MentionRow, Version
from tasks.resolve.kinds import AGREEMENT_TYPES, BETWEEN_PARTIES
from tasks.resolve.names import fold

# Numbers of acts (2024/1351, COM(2025) 101); a year alone numbers nothing.
_ACT_NUMBER = re.compile(r"\d/\d|\(\d{4}\) ?\d")

# "With" in the languages of the documents; an article may stand between it and the name.
_WITH = frozenset({"with", "mit", "met", "avec", "su", "sa", "s", "z", "so", "со", "с", "me"})

Name = tuple[str, str]
"""Kind and what identifies a party within a document: its reference, country or folded name."""


def with_inner_parties(version: Version) -> Version:
    """Return the version with the parties inside instruments added to the claims that name fewer than two."""
    mentions = {row.mention_id: row for row in version.mentions}
    return replace(version, claims=tuple(_completed(claim, mentions, version) for claim in version.claims))


def titled(version: Version) -> frozenset[str]:
    """Return the mentions of instruments whose words say by themselves which instrument it is.

    That is the number of an act or a country of its own; of an agreement between parties, both of them, so that no
    claim names a further one outside.
    """
    mentions = {row.mention_id: row for row in version.mentions}
    outside: dict[str, set[Name]] = {}
    for claim in version.claims:
        parties = {_name(mentions[found]) for found in _filled(claim, "party") if found in mentions}
        for instrument in _filled(claim, "instrument"):
            outside.setdefault(instrument, set()).update(parties)
    titles = set()
    for row in version.mentions:
        if row.kind != "instrument":
            continue
        inside = {_name(inner) for inner in named_inside(row, version)}
        if row.subtype in BETWEEN_PARTIES:
            is_whole = _is_complete(inside, outside.get(row.mention_id, set()))
            is_titled = len(inside) >= 2 and is_whole and not lists_partners(row, version)
        else:
            is_titled = bool(inside or row.country_code)
        if is_titled or _ACT_NUMBER.search(row.name or row.text):
            titles.add(row.mention_id)
    return frozenset(titles)


def lists_partners(instrument: MentionRow, version: Version) -> bool:
    """Return whether the name of an instrument lists those it was made with, and not both sides of it."""
    first = next(named_inside(instrument, version), None)
    if first is None:
        return False
    before = instrument.text[: first.start - instrument.start].split()
    return any(word.casefold() in _WITH for word in before[-2:])


def _is_complete(inside: set[Name], parties: set[Name]) -> bool:
    """Return whether the parties inside a name are all it has, given the parties of the claims about it.

    They are where no claim has a further one, and where one of them is no party of the claims: then the claims are
    about something else that was done under the instrument (a protocol that carries out an agreement).
    """
    return parties <= inside or bool(parties & inside and inside - parties)


def _completed(claim: ClaimRow, mentions: dict[str, MentionRow], version: Version) -> ClaimRow:
    if claim.claim_type not in AGREEMENT_TYPES:
        return claim
    known = {_name(mentions[found]) for found in _filled(claim, "party") if found in mentions}
    if len(known) >= 2:
        return claim
    added = []
    for found in _filled(claim, "instrument"):
        row = mentions.get(found)
        for inner in named_inside(row, version) if row and row.subtype in BETWEEN_PARTIES else ():
            if _name(inner) not in known:
                known.add(_name(inner))
                added.append(ArgumentRow("party", inner.mention_id, "derived", inner.start))
    return replace(claim, arguments=(*claim.arguments, *added))


def _filled(claim: ClaimRow, role: str) -> Iterator[str]:
    return (argument.mention_id for argument in claim.arguments if argument.role == role)


def named_inside(instrument: MentionRow, version: Version) -> Iterator[MentionRow]:
    """Yield the countries and organisations within the words of an instrument, not those within one another."""
    end = instrument.start
    for row in version.mentions:
        is_within = instrument.start <= row.start and row.end <= instrument.end
        if row.kind in {"territory", "organisation"} and is_within and row.start >= end:
            end = row.end
            yield row


def _name(row: MentionRow) -> Name:
    return row.kind, row.reference_id or row.country_code or fold(row.name or row.text)
