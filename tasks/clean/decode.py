"""From archived bytes to text: which encoding they are in, how that was found, and whether they are text at all.

Nothing is repaired here: the decoded text is what raw offsets of `documents.removals` count in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from tasks.clean.rejected import MAX_BODY_BYTES, RejectedBodyError

# First bytes of what is commonly served under a wrong name. https://en.wikipedia.org/wiki/List_of_file_signatures
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"RIFF", "a media file"),
    (b"ID3", "a media file"),
    (b"{\\rtf", "an RTF document"),
)

# The letters beyond ASCII that running text of our languages is made of, by the 8-bit encoding that can hold them.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": ("äöüß", "éèêëàâîïôùûçœ", "éëïóöüáí", "ëç"),
    "cp1250": ("čćđšž", "ëç", "äöüß"),
    "cp1257": ("ąčęėįšųūž",),
    "cp1251": ("абвгдѓежзѕијклљмнњопрстќуфхцчџшђћ",),
    "iso8859_2": ("čćđšž",),
}
_PUNCTUATION = frozenset("„“”‘’‚«»–—…·•€§°©®™№\u00a0\u00ad\u00bf\u00a1´`²³½")
_NOT_TEXT = bytes(set(range(1, 32)) - {7, 8, 9, 10, 11, 12, 13, 27})
# A twentieth of control bytes is above any damaged text and below any binary format; NUL bytes alone are common damage.
_BINARY_SHARE, _NUL_SHARE = 0.05, 0.3
# More than one replaced character in fifty and words can no longer be trusted as evidence.
_REPLACED_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded bytes.

    Attributes:
        text: The text, unrepaired; offsets count its code points.
        encoding: Python's name of the encoding.
        method: How it was found, in the words of `documents.documents.encoding_method`.
    """

    text: str
    encoding: str
    method: str


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of a body and how its encoding was found.

    Order: byte order mark, UTF-8 wherever the bytes are valid UTF-8 (a declaration of an 8-bit encoding over valid
        multi-byte UTF-8 is a mistake of the server), the declared encoding, the one in the page's head, a trial of the
        8-bit encodings of our languages, and at last UTF-8 with replacement characters.

    Raises:
        RejectedBodyError: The body is empty, too large, not text, or damaged beyond use.
    """
    if not body.strip():
        raise RejectedBodyError(
            "empty", f"{len(body)} bytes, none of them text; ask the source whether the page is gone"
        )
    if len(body) > MAX_BODY_BYTES:
        raise RejectedBodyError(
            "too_large", f"{len(body)} bytes, the limit is {MAX_BODY_BYTES}; no announcement is that long"
        )
    _refuse_signature(body)
    encoding, _ = read_bom(body)
    if encoding is not None:
        return _checked(Decoded(body.decode(encoding, "replace").removeprefix("\ufeff"), encoding, "bom"))
    wide = _wide_without_mark(body)
    if wide is not None:
        return _checked(Decoded(body.decode(wide, "replace"), wide, "trial"))
    _refuse_control_bytes(body)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", _method_of_utf8(body, content_type))
    except UnicodeDecodeError:
        return _checked(_decode_8bit(body, content_type))


def _method_of_utf8(body: bytes, content_type: str | None) -> str:
    if content_type and http_content_type_encoding(content_type) == "utf-8":
        return "declared"
    if html_body_declared_encoding(body) == "utf-8":
        return "meta"
    return "utf8"


def _decode_8bit(body: bytes, content_type: str | None) -> Decoded:
    """Decode bytes that are not valid UTF-8."""
    paired = _with_surrogates(body)
    if paired is not None:
        return Decoded(paired, "utf-8", "replaced")
    # Mostly valid multi-byte sequences: UTF-8 that was cut or spliced, whatever is declared.
    replaced = body.decode("utf-8", "replace")
    n_bad, n_high = replaced.count("\ufffd"), sum(char > "\x7f" for char in replaced)
    if n_bad * 4 <= n_high:
        return Decoded(replaced, "utf-8", "replaced")
    declared = http_content_type_encoding(content_type) if content_type else None
    for name, method in ((declared, "declared"), (html_body_declared_encoding(body), "meta")):
        known = resolve_encoding(name) if name else None
        if known is None or known == "utf-8":
            continue
        try:
            return Decoded(body.decode(known), known, method)
        except UnicodeDecodeError:
            continue
    scores = {encoding: _plausibility(body, encoding) for encoding in ALPHABETS}
    best = max(ALPHABETS, key=lambda encoding: scores[encoding])
    if scores[best][0] <= 0:
        return Decoded(replaced, "utf-8", "replaced")
    return Decoded(body.decode(best, "replace"), best, "trial")


def _with_surrogates(body: bytes) -> str | None:
    """Return the text of UTF-8 that encodes surrogates one by one, halves replaced; None for other bytes."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _plausibility(body: bytes, encoding: str) -> tuple[float, int]:
    """Return how well the high characters fit one language of this encoding, from -1 to 0.5, and how many do."""
    try:
        text = body.decode(encoding).lower()
    except UnicodeDecodeError:
        return -1.0, 0
    high = [char for char in text if char > "\x7f" and char not in _PUNCTUATION]
    if not high:
        # Only punctuation beyond ASCII: every encoding of the family agrees on it.
        return (0.5 if encoding == "cp1252" else 0.0), 0
    # Words in Cyrillic are Cyrillic throughout; a Latin word has a letter or two beyond ASCII.
    cyrillic = 2 * len(high) > sum(map(str.isalpha, text))
    if cyrillic != (encoding == "cp1251"):
        return -0.5, 0
    fitting = max(sum(char in alphabet for char in high) for alphabet in ALPHABETS[encoding])
    return fitting / len(high) - 0.5, fitting


def _wide_without_mark(body: bytes) -> str | None:
    """Return UTF-16's name if the bytes look like it: every other byte of Latin text is then NUL."""
    head = body[:4000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _refuse_signature(body: bytes) -> None:
    for signature, what in SIGNATURES:
        if body.startswith(signature):
            raise RejectedBodyError("binary", f"the bytes are {what}; the source needs a reader for it")


def _refuse_control_bytes(body: bytes) -> None:
    head = body[:100_000]
    share = (len(head) - len(head.translate(None, _NOT_TEXT))) / len(head)
    nul = head.count(0) / len(head)
    if share > _BINARY_SHARE or nul > _NUL_SHARE:
        raise RejectedBodyError("binary", f"{share + nul:.0%} of the bytes are control bytes; this is no text")


def _checked(decoded: Decoded) -> Decoded:
    share = decoded.text.count("\ufffd") / max(1, len(decoded.text))
    if share > _REPLACED_SHARE:
        raise RejectedBodyError(
            "undecodable",
            f"{share:.1%} of the characters could not be decoded as {decoded.encoding}; declare the encoding",
        )
    if not decoded.text.strip():
        raise RejectedBodyError("empty", "nothing but white space after decoding")
    return decoded


# A whole page, or at least its head or body, within the first lines; not a stray tag in a scraped text.
_PAGE_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article)\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<(?:p|div|table|tr|td|ul|ol|li|h[1-6]|section|form|center)\b", re.IGNORECASE)
# Markup without a head has a block at least every so many characters.
_CHARS_PER_BLOCK = 1000


def is_html(text: str, content_type: str | None, location: str) -> bool:
    """Return whether decoded text is markup. The bytes decide; what is declared tips the balance of a fragment."""
    if _PAGE_TAG.search(text, 0, 4096):
        return True
    declared = (content_type or "").lower()
    name = location.lower()
    if "text/plain" in declared or name.endswith(".txt"):
        # Scraped text may have literal tags in it; they are damage, not structure.
        return False
    blocks = sum(1 for _ in _BLOCK_TAG.finditer(text, 0, 200_000))
    if "html" in declared or name.endswith((".html", ".htm", ".xhtml")):
        return blocks > 0
    return blocks > min(len(text), 200_000) / _CHARS_PER_BLOCK + 1
