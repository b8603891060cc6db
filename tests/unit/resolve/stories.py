"""Announcements that several tests tell: the facts of the sample documents, in a few sentences each."""

from __future__ import annotations

from tests.unit.resolve.newsroom import Newsroom, Page, Row

PARTNERS = (("Bosnia and Herzegovina", "BA"), ("North Macedonia", "MK"), ("Kosovo", "XK"), ("Montenegro", "ME"))


def protocols(newsroom: Newsroom, name: str = "protocols", captured: str = "2025-07-04", **words: str) -> Page:
    """Lithuania signs protocols with four countries: the headline says so, the body names the purpose."""
    title = words.get("title", "Lithuania signs readmission protocols with Bosnia and Herzegovina, North Macedonia, "
                               "Kosovo and Montenegro")  # fmt: skip
    page = newsroom.page(
        name,
        title,
        "The Interior Minister Vladislav Kondratović visited the region this week.",
        "The purpose of the visit is to sign protocols implementing international agreements on readmission.",
        "Practical actions create a safer Europe, emphasized Minister V. Kondratovič.",
        captured=captured,
        published="2025-07-03",
    )
    lithuania = page.state("Lithuania", "LT")
    partners = [page.state(partner, code) for partner, code in PARTNERS]
    minister = page.person("Vladislav Kondratović", "Minister of the Interior", "LT")
    page.person("V. Kondratovič", "Minister", "LT")
    bare = page.mention("readmission protocols", "instrument", name="readmission protocols", subtype="protocol")
    named = page.mention(
        "protocols implementing international agreements on readmission", "instrument",
        name="protocols implementing international agreements on readmission", subtype="implementing_protocol",
    )  # fmt: skip
    parties = [("party", lithuania), *(("party", partner) for partner in partners)]
    week = {"date": "2025-06-30", "until": "2025-07-03"}
    page.claim("agreement_signed", "signs", *parties, ("instrument", bare), **week, basis="lead")
    filled = [(role, mention, "lead") for role, mention in parties]
    page.claim(
        "agreement_signed", "sign ", *filled, ("signatory", minister), ("instrument", named), nth=1, **week,
        basis="lead", status="planned",
    )  # fmt: skip
    page.claim("visit", "visited", ("visitor", minister), **week)
    return page


PROJECT = "Strengthening Migration Management, Asylum and Return Processes in the Western Balkans"


def budva(newsroom: Newsroom, captured: str = "2025-05-20") -> tuple[Page, Row]:
    page = newsroom.page(
        "budva",
        "HWI completed the second operational meeting",
        "From 12 to 13 May 2025, representatives from Serbia and Montenegro gathered in Budva (Montenegro).",
        f"The meeting was organized as part of the project “{PROJECT}”.",
        captured=captured,
    )
    project = page.mention(PROJECT, "project", name=PROJECT)
    parties = [("participant", page.state("Serbia", "RS")), ("participant", page.state("Montenegro", "ME"))]
    page.claim("meeting", "completed", series_ordinal=2)
    held = page.claim(
        "meeting", "gathered", *parties, date="2025-05-12", until="2025-05-13", place=page.place("Budva", "ME")
    )
    page.claim("meeting", "The meeting", date="2025-05-12", until="2025-05-13", basis="lead", project=project)
    return page, held


def sarajevo(newsroom: Newsroom, captured: str = "2025-02-10") -> tuple[Page, Row, Row]:
    page = newsroom.page(
        "sarajevo",
        "An operational meeting was held in Sarajevo",
        "A significant event was held from the 28th to the 30th January of 2025.",
        "The topic is the result of a previously operational meeting in Montenegro.",
        f"This meeting was organized as part of the project “{PROJECT}”.",
        captured=captured,
    )
    project = page.mention(PROJECT, "project", name=PROJECT)
    when = {"date": "2025-01-28", "until": "2025-01-30"}
    page.claim("meeting", "operational meeting", place=page.place("Sarajevo", "BA"), **when, basis="lead")
    held = page.claim("meeting", "was held from", **when)
    before = page.claim(
        "meeting", "previously operational meeting", country="ME", reference_marker="previous", status="background"
    )
    page.claim("meeting", "This meeting", **when, basis="lead", project=project)
    return page, held, before
