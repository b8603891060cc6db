"""Damage that was done to characters on the way, and its repair.

Wrongly decoded letters, letters of another script inside a word, invisible and layout characters, literal markup. A
repair keeps what the author wrote; it removes nothing that a reader could see. The author's own mistakes stay.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

import ftfy

from tasks.clean.language import identify

# Quotes stay as they are: straightening them would change evidence.
_FTFY = ftfy.TextFixerConfig(uncurl_quotes=False, explain=False)
# Soft hyphen, zero width (space, joiners, no-break), word joiner, byte order mark in mid-text, Mongolian separator.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
# Direction overrides and isolates, tag characters, interlinear marks, noncharacters: they change what is displayed, not
# said.
_DECEPTIVE = re.compile("[\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\U000e0000-\U000e007f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 32), 0x7F))
_NONCHARACTERS_BEGIN = "\ufffe".encode()[:2]
# Old printers' vertical tabs and form feeds part words, but no tree that serves XML can hold them.
_FEEDS_TO_SPACES = bytes.maketrans(b"\x0b\x0c", b"  ")
# What is left when ftfy has mended those that were meant as windows-1252 (an apostrophe, a dash).
_C1_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
# What needs no repair but of its spaces: printable ASCII, the marks of print, and letters of our languages. Wrongly
# decoded UTF-8 of these languages has other letters in it: Â, Ã, Ä, Å, â and their readings in other encodings.
_SOUND = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(
    "\u00a0©®™×·›‹“”‘’„‚«»–—…•€°§ąčęėįšųūžćđëçèéêàôûäöüßáíóúñøČŠŽĐĖĮŲŪĄĘÖÜÉ"
)
_SPACES = re.compile("[ \t\x0b\x0c\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Names of our languages need at most two marks on a letter after composition; "zalgo" text has dozens.
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
LITERAL_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_LITERAL_TAG = re.compile(
    r"</?(?:[bipqsu]|a|em|strong|span|div|font|ul|ol|li|h[1-6]|small|sup|sub|img|blockquote)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
# An apostrophe that was lost to a question mark or a replacement character between letters.
_LOST_APOSTROPHE = re.compile(r"(?<=[^\W\d_]{2})[?\ufffd](?=(?:s|t|re|ve|ll)(?:[\s.,;:!?)”\"]|$))")
# "KosovoÜ": the star of the designation in a symbol font.
_LOST_STAR = re.compile(r"(?<=\bKosov[aeou])Ü(?!\w)")

_CYRILLIC_TO_LATIN = str.maketrans(
    {
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "ј": "j", "ѕ": "s", "і": "i",
        "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T",
        "Х": "X", "Ј": "J", "Ѕ": "S", "І": "I", "љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž",
    }
)  # fmt: skip
_LATIN_TO_CYRILLIC = str.maketrans("aeopcyxjsiABEKMHOPCTXJSI", "аеорсухјѕіАВЕКМНОРСТХЈЅІ")
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_CYRILLIC = "абвгдѓежзѕијклљмнњопрстќуфхцчџшђћ"
# What text of these languages looks like after its 8-bit encoding was taken for Western European: the encoding that was
# meant, the letters it has, and the languages that are written with them.
_WESTERN_MISREADINGS = (
    ("cp1250", "čćđšžČĆĐŠŽ", ("bs", "hr", "sr", "sh", "sl")),
    ("cp1257", "ąčęėįšųūžĄČĘĖĮŠŲŪŽ", ("lt",)),
    ("cp1251", _CYRILLIC + _CYRILLIC.upper(), ("mk", "sr")),
)
# Fewer could be a foreign name; of one kind only, an accent of the author's own language.
_MISREAD_AT_LEAST, _MISREAD_KINDS = 3, 2


def repair_text(text: str) -> str:
    """Return one line or paragraph with its characters repaired and its white space folded to single spaces.

    Line breaks inside are kept as they are; the ends are stripped.
    """
    if text.isascii():
        text = html.unescape(text) if "&" in text else text
    if text.isascii() and text.isprintable():
        # Most lines by far: nothing to mend but what printable ASCII can show.
        text = _mend_marks(text)
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    if "&" not in text and _SOUND.issuperset(text):
        text = _mend_marks(text).replace("\u00a0", " ")
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    text = ftfy.fix_text(_CONTROLS.sub("", text), _FTFY)
    text = _DECEPTIVE.sub("", _INVISIBLE.sub("", _C1_CONTROLS.sub("", text)))
    text = _MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", _mend_marks(_WORD.sub(_unmix, text))).strip()


def _mend_marks(text: str) -> str:
    """Take literal tags out of a text and put lost apostrophes and stars back."""
    if "<" in text:
        text = _LITERAL_TAG.sub("", text)
    if "?" in text or "\ufffd" in text:
        text = _LOST_APOSTROPHE.sub("’", text)
    return _LOST_STAR.sub("*", text) if "Ü" in text else text


def printable(text: str | None) -> str | None:
    """Return a short value (a title, a name, an address) that any file can hold, or None if nothing is left of it."""
    return (repair_text(" ".join(text.split())) or None) if text else None


def without_controls(text: str) -> bytes:
    """Return markup in UTF-8 without the characters that XML forbids; everything else as it is."""
    whole = text.encode("utf-8", "ignore")
    if _NONCHARACTERS_BEGIN in whole:
        whole = whole.replace("\ufffe".encode(), b"").replace("\uffff".encode(), b"")
    return whole.translate(_FEEDS_TO_SPACES, _CONTROL_BYTES)


def find_misreading(lines: Iterable[str]) -> dict[int, str] | None:
    """Return a translation that mends text of a legacy Baltic or Balkan encoding which was read as Western European.

    Such text is full of letters its language does not have ("ðalys", "Kalamperoviæ") and lacks its own. The whole text
    decides, so that a single foreign name is left alone, and the mended text must be of a language of that encoding.

    Returns:
        A table for `str.translate`, or None where nothing is to be mended.
    """
    text = "\n".join(lines)
    if text.isascii():
        return None
    present = set(text)
    counts: Counter[str] = Counter()
    for encoding, letters, languages in _WESTERN_MISREADINGS:
        table = _misreading_table(encoding, letters)
        misread = {char for char in present if ord(char) in table}
        if len({char.lower() for char in misread}) < _MISREAD_KINDS:
            continue
        # Counting takes longer than all the rest, and few texts have such letters at all.
        counts = counts or Counter(_BEYOND_ASCII.findall(text))
        # Letters that the language has and would lack if it were misread, and letters that neither reading has.
        against = {char for char in counts if char in table.values()} | {
            char for char in counts if char.isalpha() and char not in misread and char not in letters
        }
        n_misread, n_against = sum(counts[char] for char in misread), sum(counts[char] for char in against)
        if (
            n_misread >= _MISREAD_AT_LEAST
            and n_misread > 3 * n_against
            and identify(text.translate(table)).language in languages
        ):
            return table
    return None


@cache
def _misreading_table(encoding: str, letters: str) -> dict[int, str]:
    table = {}
    for letter in letters:
        seen = letter.encode(encoding).decode("cp1252", "replace")
        if seen not in (letter, "\ufffd"):
            table[ord(seen)] = letter
    return table


def _unmix(match: re.Match[str]) -> str:
    """Give a word that mixes Latin and Cyrillic the script of most of its letters."""
    word = match[0]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in word)
    if cyrillic in (0, len(word)):
        return word
    latin = sum(char < "\u0250" for char in word)
    mended = word.translate(_CYRILLIC_TO_LATIN if latin > cyrillic else _LATIN_TO_CYRILLIC)
    # A letter without a look-alike means that two words were glued together, not that one was damaged.
    scripts = {"\u0400" <= char <= "\u04ff" for char in mended}
    return mended if len(scripts) == 1 else word
