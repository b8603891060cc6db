"""Names of states in the dative without a preposition: who gets, is promised or is sent something.

"Komisija je Sloveniji odobrila", "Komisija skyrė Lietuvai": the form alone tells the receiver from
the subject. Behind a preposition the South Slavic form is a locative ("u Srbiji"): the caller asks only where nothing
governs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.extract.sentences.sentence_view import SentenceView

# Endings no nominative of a state has in the language; plurals (Filipinai, Maldivi) and names in -i (Mali) stay out.
_SOUTH_SLAVIC = r"ji|vini|gori|kraini|(?:š|č)ki|koj|(?:an|on|ak|ok|ipt|ov|pr|tr|am)u"
_CYRILLIC = r"ји|вини|гори|краини|кој|(?:ан|он|ак|ок|ипт|ов|пр|тр|ам)у"
_DATIVES = {
    "lt": re.compile(r"(?:(?:ij|uv|ov|rain)ai|[knmrtdls]ui)$", re.IGNORECASE),
    "sh": re.compile(f"(?:{_SOUTH_SLAVIC}|{_CYRILLIC})$", re.IGNORECASE),
    "sl": re.compile(f"(?:{_SOUTH_SLAVIC})$", re.IGNORECASE),
}


def is_dative(view: SentenceView, index: int) -> bool:
    """True for a state whose form is a dative, by the last word of its name.

    Args:
        view: The sentence.
        index: The mention.
    """
    endings = _DATIVES.get(view.language)
    mention = view.mentions[index]
    if endings is None or mention.kind not in ("territory", "region"):
        return False
    return endings.search(mention.text) is not None
