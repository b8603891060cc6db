"""The words that tie a person to a body or to a new office, in our languages."""

from __future__ import annotations

import re

from tasks.extract.text.tokens import SPACE

_LEADS = (
    "who (?:chairs|heads|leads|directs|runs|represents|chaired|represented)|"
    "on behalf of|für|im Namen|namens|u ime|v imenu|во име на|në emër të"
)
# Between a name and the organisation it belongs to; ends where the organisation begins.
OF_ORGANISATION = re.compile(
    f",?{SPACE}(?:of|from|at|with|for|van|von|vom|iz|od|iš|од|nga|z|s|{_LEADS}){SPACE}"
    rf"(?:(?:the|de|der|des){SPACE})?(?:parliamentary{SPACE})?$|{SPACE}\($|,{SPACE}$"
)
# Before the office somebody comes into.
APPOINTED = re.compile(
    r"\b(?:elected|appointed|named|nominated|re-elected|gewählt|ernannt|benoemd|gekozen|imenovan|imenovana|izabran|izabrana|"
    r"paskirt\w{1,3}|išrinkt\w{1,3}|именуван\w?|избран\w?|emëruar|zgjedhur)"
    r"(?: as| zum| zur| tot| za| за| si)?(?: the| its| new| next| der| die| den| neuen| novi\w{0,2}| novu){0,3} $"
)
# What an office of many words is for, up to the comma in front of its holder.
LONG_OFFICE = re.compile(
    rf"(?:{SPACE}(?:of|for|at|in|to|on|responsible)(?:{SPACE}[^\W\d_][\w’'&-]{{0,30}}){{1,16}}),{SPACE}"
)
# A body as the owner of an office, or its abbreviation, between a name and the office.
OF_BODY = re.compile(
    rf",{SPACE}(?:the{SPACE})?(?:(?:[A-Z][\w&-]{{0,30}}{SPACE}){{0,3}}[A-Z][\w&-]{{0,30}}['’]s|[A-Z][A-Z&]{{1,9}}){SPACE}$"
)
