"""Contracts of the documents layer: clean text, its sentences, what was removed, and what it points to."""

from warehouse.contract import Column, TableContract
from warehouse.vocabulary import DUPLICATE_KINDS, LANGUAGES, LINK_RELATIONS, PUBLICATION_METHODS, REMOVAL_KINDS, ZONES

_VERSION = (
    Column("doc_id", "string", "Document, over all its versions."),
    Column("document_version_id", "string", "Version of the document: hash of its raw bytes."),
)
_PARTITION = (
    Column("source_id", "string", "Source the capture came from."),
    Column("logical_date", "date", "Logical date of the capture's partition."),
)

DOCUMENTS = TableContract(
    name="documents",
    layer="documents",
    grain="one version of one document that could be read",
    key=("doc_id", "document_version_id"),
    columns=(
        *_VERSION,
        *_PARTITION,
        Column("capture_id", "string", "Archived body the text was made from.", refers_to="archive.captures.capture_id"),
        Column("external_id", "string", "The manifest's or publisher's own id."),
        Column("url", "string", "Address of the page.", nullable=True),
        Column("canonical_url", "string", "Address without tracking parts.", nullable=True),
        Column("publisher", "string", "Publisher as the page names it.", nullable=True),
        Column("media_type", "string", "What the bytes are, decided by the bytes.", values=("html", "text")),
        Column("encoding", "string", "Encoding the bytes were decoded with."),
        Column("encoding_method", "string", "How the encoding was found.",
               values=("bom", "declared", "meta", "utf8", "trial", "replaced")),
        Column("title", "string", "Headline without site name and filler; null where the document has none.", nullable=True),
        Column("title_method", "string", "Where the headline was found.", nullable=True),
        Column("language", "string", "ISO 639-1 code, `sh` where bs, hr and sr cannot be told apart, `und` if unknown.",
               values=LANGUAGES),
        Column("language_confidence", "float64", "Probability the identifier gives, 0 to 1."),
        Column("published_on", "date", "Day of publication; null rather than a guess.", nullable=True),
        Column("published_on_method", "string", "What gave the day; declared_element: the element that the declaration of the source names; listed: the list in which the page was found (`archive.captures.listed_by`).",
               nullable=True, values=PUBLICATION_METHODS),
        Column("published_on_precision", "string", "`day` where a full date was found.", nullable=True, values=("day", "month", "year")),
        Column("published_on_reason", "string", "Why there is no day; null where there is one.", nullable=True),
        Column("text", "string", "Clean text: the headline (if any), a blank line, then the paragraphs. Every offset of the warehouse counts code points in it."),
        Column("body_start", "int32", "Offset at which the main text begins."),
        Column("text_sha256", "string", "sha-256 of the text in UTF-8, hexadecimal."),
        Column("text_chars", "int32", "Length of the text in code points."),
        Column("retrieved_at", "timestamp", "When the body was retrieved."),
    ),
)  # fmt: skip

SENTENCES = TableContract(
    name="sentences",
    layer="documents",
    grain="one sentence of one document version",
    key=("document_version_id", "doc_id", "ordinal"),
    columns=(
        Column("sentence_id", "string", "Id: hash of document, normalised sentence and occurrence; survives a new version."),
        *_VERSION,
        Column("ordinal", "int32", "0 for the first sentence of the text, the headline included."),
        Column("occurrence", "int32", "0 for the first time this normalised sentence stands in the document."),
        Column("start", "int32", "Offset of the first code point in the document's text."),
        Column("end", "int32", "Offset after the last code point."),
        Column("zone", "string", "Part of the document the sentence stands in.", values=ZONES),
        Column("paragraph", "int32", "Ordinal of the paragraph; 0 is the first paragraph of the text."),
        Column("language", "string", "Language of the sentence; the document's where the sentence is too short to tell.", values=LANGUAGES),
        Column("text", "string", "The sentence: text[start:end] of the document."),
    ),
)  # fmt: skip

REMOVALS = TableContract(
    name="removals",
    layer="documents",
    grain="one span that was taken out of the text, with what it says",
    key=("removal_id",),
    columns=(
        Column("removal_id", "string", "Id: hash of document version, ordinal and kind."),
        *_VERSION,
        Column("ordinal", "int32", "Order in the document."),
        Column("kind", "string", "What the span is.", values=REMOVAL_KINDS),
        Column(
            "raw_start", "int32", "Offset in the decoded text of the archived bytes; null for markup.", nullable=True
        ),
        Column("raw_end", "int32", "Offset after the last code point; null for markup.", nullable=True),
        Column("text", "string", "The removed text."),
        Column("rule_id", "string", "Rule that removed it."),
    ),
)

LINKS = TableContract(
    name="links",
    layer="documents",
    grain="one reference from a document version to another page or publisher",
    key=("link_id",),
    columns=(
        Column("link_id", "string", "Id: hash of document version, relation and target."),
        *_VERSION,
        Column("relation", "string", "What the document says about the target.", values=LINK_RELATIONS),
        Column("target_url", "string", "Address of the target.", nullable=True),
        Column("target_title", "string", "Title of the target as the document gives it.", nullable=True),
        Column("target_publisher", "string", "Publisher of the target as the document names it.", nullable=True),
        Column(
            "target_published_on", "date", "Day of the target's publication as the document gives it.", nullable=True
        ),
        Column("rule_id", "string", "Rule that read it."),
    ),
)

REJECTS = TableContract(
    name="rejects",
    layer="documents",
    grain="one archived body that could not become a document",
    key=("capture_id",),
    columns=(
        Column("capture_id", "string", "The archived body.", refers_to="archive.captures.capture_id"),
        *_PARTITION,
        Column("location", "string", "Where it was read."),
        Column("reason", "string", "Short code: empty, binary, no_text, too_large, undecodable, too_deep …; cleaning_failed where our own rules failed on it."),
        Column("detail", "string", "What was seen and what can be done; for cleaning_failed the exception and its place in the code."),
    ),
)

DUPLICATES = TableContract(
    name="duplicates",
    layer="documents",
    grain="one pair of documents that are the same announcement, or nearly",
    key=("doc_id_a", "doc_id_b"),
    partitioned=False,
    columns=(
        Column("doc_id_a", "string", "The document captured first."),
        Column("doc_id_b", "string", "The document that repeats it."),
        Column("kind", "string",
               "exact: the same sentences; republished: most of the sentences; near_duplicate: other sentences in almost "
               "the same words, which may be another event of a series.",
               values=DUPLICATE_KINDS),
        Column("containment", "float64",
               "Share of the smaller document's sentences (near_duplicate: of its sequences of three words) that stand "
               "in the larger, 0 to 1."),
        Column("n_shared_sentences", "int32", "Sentences that both have."),
        Column("is_twin_site", "bool", "True for a copy between two sites that repeat one another again and again."),
    ),
)  # fmt: skip

SKETCHES = TableContract(
    name="sketches",
    layer="documents",
    grain="one document by its latest version, as far as it is compared with others",
    key=("doc_id",),
    partitioned=False,
    columns=(
        *_VERSION,
        Column("site", "string", "Host of the address, or the source where there is none."),
        Column("logical_date", "date", "Logical date of the first capture of any version."),
        Column("retrieved_at", "timestamp", "When that was retrieved."),
        Column("sentences", "binary", "Hashes of the sentences in order, eight bytes each; headlines and short ones aside."),
        Column("shingles", "binary", "Hashes of the sequences of three words in each sentence, four bytes each."),
        Column("shingle_counts", "binary", "How many of them each sentence has, four bytes each."),
        Column("bands", "binary", "MinHash bands, eight bytes each."),
        Column("state", "string", "What these sketches go with: hash of the pairs found with them, and of the code."),
    ),
)  # fmt: skip

TABLES = (DOCUMENTS, SENTENCES, REMOVALS, LINKS, REJECTS, DUPLICATES, SKETCHES)
