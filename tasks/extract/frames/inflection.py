"""English verb forms from the lemma, so that a frame names a verb once and finds all of its forms.

Regular spelling is rule; what no rule gives (`give, gave, given`, `submit, submitted`) is knowledge, in `_verbs.yaml`.
Other languages list their forms, as prefixes where the endings carry nothing; where the ending tells who acted, the
form for "we", in which ministers speak and ministries post, is made from that of the third person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Languages whose lemmas can be inflected.
INFLECTED = ("en",)

_VOWELS = frozenset("aeiou")
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
# British and American spellings are both in use; behind these letters -ise is the suffix (finalise, organise), and not
# part of the stem (advise, promise).
_SUFFIX_ISE = ("alise", "anise", "orise", "ilise", "onise", "atise")


# Ending of a past form of the third person → that of "we". Lithuanian, Macedonian and Albanian school grammar; in
# French it is the auxiliary that tells.
_WE = {
    "lt": (("ė", "ėme"), ("o", "ome")),
    "mk": (("аа", "авме"), ("ија", "ивме"), ("оа", "овме")),
    "sq": (("oi", "uam"), ("uan", "uam")),
}
_WE_WORDS = {"fr": {"ont": "avons", "sont": "sommes"}}
_SHORTEST_VERB = 5


def we_form(form: str, language: str) -> str | None:
    """Return the past form for "we" of one for "he" or "they"; None where the language has one form for all.

    Args:
        form: `pasirašė`, `се сретнаа`, `miratoi`, `ont signé`.
        language: Its language.
    """
    words = form.split(" ")
    for at, word in enumerate(words):
        other = _WE_WORDS.get(language, {}).get(word)
        for ending, we in _WE.get(language, ()) if len(word) >= _SHORTEST_VERB else ():
            other = other or (word.removesuffix(ending) + we if word.endswith(ending) else None)
        if other is not None:
            return " ".join([*words[:at], other, *words[at + 1 :]])
    return None


def verb_forms(lemma: str, irregular: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return (form, tense) for every form of a verb or verb phrase whose first word is the verb.

    Args:
        lemma: `sign`, `hand over`, `put ... signature`.
        irregular: Verb → past, participle and, where it is irregular too, the form in -ing.

    Returns:
        Forms with the tenses base, present, past (simple past and participle) and gerund, each form once.
    """
    verb, space, rest = lemma.partition(" ")
    found: dict[str, str] = {}
    spellings = [verb]
    if verb.endswith(_SUFFIX_ISE):
        spellings.append(verb[:-3] + "ize")
    for spelling in spellings:
        for form, tense in _forms(spelling, irregular.get(spelling, ())):
            found.setdefault(form + space + rest, tense)
    return list(found.items())


def _forms(verb: str, irregular: Sequence[str]) -> list[tuple[str, str]]:
    regular_past, regular_ing = _regular(verb)
    past = irregular[0] if irregular else regular_past
    participle = irregular[1] if len(irregular) > 1 else past
    ing = irregular[2] if len(irregular) > 2 else regular_ing
    # The past goes first: of "put, put, put" it is the form that tells an act.
    return [(past, "past"), (participle, "past"), (verb, "base"), (_third_person(verb), "present"), (ing, "gerund")]


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(_SIBILANTS) else "s")


def _regular(verb: str) -> tuple[str, str]:
    """Return the regular past and the form in -ing."""
    if verb.endswith("ie"):
        return verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return verb + "d", (verb if verb.endswith(("ee", "ye")) else verb[:-1]) + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied", verb + "ing"
    if _doubles(verb):
        return verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    return verb + "ed", verb + "ing"


def _doubles(verb: str) -> bool:
    """True for one syllable that ends with one vowel and one consonant (plan, ship)."""
    one_syllable = sum(1 for letter in verb if letter in _VOWELS) == 1
    return one_syllable and len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS
