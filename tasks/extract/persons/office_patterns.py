"""What may stand around the title of an office: links, portfolios, bodies nobody knows, words for a former holder.

Belongs here: the patterns. What they mean for a phrase is decided in `persons.offices`.
"""

from __future__ import annotations

import re

from tasks.extract.text.tokens import SPACE

_OF = (
    "of|for|in|at|to|on|with|from|van|voor|bij|der|des|von|für|im|beim|de|du|i|e|të|së|në|për|pri|v|u|na|za|iz|"
    "на|за|во|у|при"
)
_THE = f"(?:(?:the|de|het|der|die|den|dem|la|le){SPACE})?"
# Between an office or body and what it belongs to; an abbreviation before it may carry an ending (IOM-a u BiH).
LINK = re.compile(
    rf"(?:-[a-zšđčćž]{{1,3}})?(?:{SPACE}\([^()\n]{{1,12}}\))?{SPACE}(?:(?:e|i|të|së){SPACE}(?:tij|saj|tyre){SPACE})?"
    rf"(?:(?:{_OF}){SPACE})?"
    rf"(?:{_THE}|(?:de{SPACE})?[dl]['’])"
)
# What an office is of, up to the comma before its holder: "of the Delegation of the European Union in Serbia, ".
COMPLEMENT = re.compile(
    rf"{SPACE}(?P<of>(?:{_OF}){SPACE})?(?:[^\W\d][\w'’-]{{0,30}}{SPACE}){{0,10}}[^\W\d][\w'’-]{{0,30}},{SPACE}"
)
AND = re.compile(f",?{SPACE}(?:and|i|in|en|und|ir|et|dhe|и|te){SPACE}(?:(?:the|de){SPACE})?|,{SPACE}")
AND_OFFICE = re.compile(f"{SPACE}(?:and|i|in|en|und|ir|dhe|и|te){SPACE}(?:(?:the|de){SPACE})?|/")
PORTFOLIO_LINK = re.compile(
    f"(?:,{SPACE}|,?{SPACE}(?:and|und|en|dhe|i|in|и|&){SPACE}|{SPACE}(?:of|for|on|the){SPACE}|{SPACE}|-)(?:the{SPACE})?"
)
_LOWER_WORD = r"[a-zčšžćđäöüëçėįųūąęа-яјљњџќѓѕ]{1,40}"
_CAPITAL = "A-ZČŠŽĆĐА-ЯЈЉЊЏЌЃ"
# In languages that write portfolios in lower case: za unutrašnje poslove i migracije. A name, a comma or the end must
# follow.
LOWER_PORTFOLIO = re.compile(
    f"{SPACE}(?:za|за|für|voor|van|për){SPACE}{_LOWER_WORD}(?:,?{SPACE}{_LOWER_WORD}){{0,6}}"
    f"(?={SPACE}[{_CAPITAL}]|[,.;:)]|$)"
)
# A body nobody knows, in lower case after its first word, then a name.
UNKNOWN_BODY = re.compile(
    f"{SPACE}(?:(?:на|za|за|u|v|во|pri){SPACE})?(?P<body>[{_CAPITAL}]{_LOWER_WORD}(?:{SPACE}{_LOWER_WORD}){{1,6}})"
    f"(?={SPACE}[{_CAPITAL}]{_LOWER_WORD}{SPACE}[{_CAPITAL}])"
)
# A body of which the text has the abbreviation alone: the head of the CMS, шефицата на МОМ.
ABBREVIATION = re.compile(
    f"(?:{SPACE}(?:{_OF}){SPACE}(?:{_THE}|[dl]['’])(?P<body>[{_CAPITAL}]{{2,8}})(?:-[a-zа-я]{{1,3}})?"
    f"|{SPACE}(?P<cased>[{_CAPITAL}]{{2,8}})-[a-zа-я]{{1,3}})(?=,|[.;)]|{SPACE}[{_CAPITAL}][^{_CAPITAL}])"
)
# A portfolio nobody lists, in capitals, before a comma or the end: Deputy Prime Minister for Reintegration, …
CAPITAL_PORTFOLIO = re.compile(
    f"{SPACE}(?:of|for){SPACE}(?:the{SPACE})?[A-Z][a-z]{{2,30}}(?:,?{SPACE}(?:and{SPACE})?[A-Z][a-z]{{2,30}}){{0,4}}"
    r"(?=,|[.;)]|$)"
)
# French sets the country between office and portfolio: le ministre espagnol de l'Intérieur.
_FRENCH_PART = (
    f"(?:de{SPACE}l['’]|de{SPACE}la{SPACE}|des{SPACE}|du{SPACE}|à{SPACE}l['’]|à{SPACE}la{SPACE})[A-ZÉÈ][\\w-]{{2,30}}"
    f"(?:{SPACE}(?:étrangères|européennes|sociales|intérieures|extérieures|publique|civile|sociale))?"
)
FRENCH_PORTFOLIO = re.compile(
    f"{SPACE}(?:chargée?{SPACE})?{_FRENCH_PART}(?:(?:,{SPACE}|{SPACE}et{SPACE}){_FRENCH_PART}){{0,3}}"
)
FORMER = re.compile(
    rf"\b(?:former|formerly|ex|ehemalig\w{{0,2}}|früher\w{{0,2}}|voormalig\w?|oud|bivš\w{{1,3}}|nekadašnj\w{{1,3}}|"
    rf"бивш\w{{1,3}}|поранешн\w{{1,3}}|nekdanj\w{{1,3}}|buv\w{{1,6}}|ish|ancien\w{{0,3}})(?:{SPACE}|-)$",
    re.IGNORECASE,
)
# "Minister of Health": what an unlisted ministry is called after.
PORTFOLIO_NAME = re.compile(f"(?:of|for){SPACE}(?:the{SPACE})?(?P<name>.+)$", re.IGNORECASE)
BEFORE_ORG = re.compile(f"(?:['’]s?)?{SPACE}")
# Between an office and the one it works for; in Slavic languages and Lithuanian the genitive needs no word.
SERVES = re.compile(f"{SPACE}(?:(?:of|to|van|von|der|des|du|на|të|së){SPACE})?(?:(?:the|de|der|den){SPACE})?")
# The ending an abbreviation takes before a name: generalnog direktora ICMPD-a Michaela Wallnera.
CASE_SUFFIX = re.compile(f"-[a-zа-я]{{1,3}}(?={SPACE}[{_CAPITAL}])")
