"""What is measured: folders made of the sample announcements, and news pages made around them.

A measurement of many documents needs documents that differ: copies of one announcement are one event, and merging the
same event a hundred times is no work anybody has. So each round over the samples tells their stories in an earlier year
and with a word of its own at the end of each sentence, so that no sentence stands in two announcements; and every
fourth round repeats the one before it under other addresses: republications.
"""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "seeds" / "documents"
# Years of the announcements, in prose, in metadata and in addresses; not within "2,025 people" or a telephone number.
YEAR = re.compile(rb"(?<![\d.,/-])20[012]\d(?![\d,])|(?<=[/-])20[012]\d(?=[/-])")
SENTENCE_END = re.compile(rb"(?<=[a-z\x80-\xff]{3})\.(?=[\s<])")
REPUBLISHED_EVERY = 4


def sample_lines() -> list[dict[str, str]]:
    """Return the lines of the samples' manifest."""
    return [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines()]


def write_folder(directory: Path, n_documents: int) -> Path:
    """Fill a folder with so many announcements: the samples over and over, every time another story."""
    directory.mkdir(parents=True)
    samples = sample_lines()
    lines = []
    for number in range(n_documents):
        line, round_ = samples[number % len(samples)], number // len(samples)
        story = round_ - (round_ + 1) // REPUBLISHED_EVERY
        body = (SAMPLES / line["file"]).read_bytes()
        name = f"{round_:03d}_{line['file']}"
        (directory / name).write_bytes(_retold(body, story))
        retrieved = datetime.fromisoformat(line["retrieved_at"])
        lines.append(
            line
            | {
                "doc_id": f"{line['doc_id']}-{round_:03d}",
                "file": name,
                "url": f"{line['url']}{'&' if '?' in line['url'] else '?'}copy={round_}",
                "retrieved_at": retrieved.replace(year=retrieved.year - story, day=min(retrieved.day, 28)).isoformat(),
            }
        )
    _write_manifest(directory, lines)
    return directory


def _retold(body: bytes, story: int) -> bytes:
    """Return a page with its years moved back by so many, and the word of that story at the end of its sentences."""
    if story == 0:
        return body
    word = b" q%c%c." % (97 + story // 26, 97 + story % 26)
    return SENTENCE_END.sub(word, YEAR.sub(lambda year: b"%d" % (int(year[0]) - story), body))


def write_pages(directory: Path, bodies: list[bytes]) -> Path:
    """Fill a folder with HTML pages, each under an address of its own."""
    directory.mkdir(parents=True)
    lines = []
    for number, body in enumerate(bodies):
        name = f"{number:04d}.html"
        (directory / name).write_bytes(body)
        lines.append({"file": name, "url": f"https://pages.example/{number}", "retrieved_at": "2026-01-01T00:00:00Z"})
    _write_manifest(directory, lines)
    return directory


def _write_manifest(directory: Path, lines: list[dict[str, str]]) -> None:
    (directory / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def sample_pages(n_rounds: int) -> list[bytes]:
    """Return the HTML pages among the samples, so many times over."""
    return [path.read_bytes() for path in sorted(SAMPLES.glob("*.html"))] * n_rounds


def news_pages(n_pages: int) -> list[bytes]:
    """Return pages as large news sites make them: an announcement in a frame of menus, teasers, boxes and scripts.

    A page has about a thousand elements, the mean of the pages of public collections the stage was measured on.
    """
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    return [_news_page(texts[number % len(texts)], number) for number in range(n_pages)]


def _news_page(text: str, number: int) -> bytes:
    title, *paragraphs = [html.escape(line.strip()) for line in text.splitlines() if line.strip()]
    topics = ["Politics", "Borders", "Asylum", "Courts", "Economy", "Region", "Opinion", "Culture"]
    items = [f'<li class="nav-item"><a href="/{topic}/{n}">{topic} {n}</a></li>' for n in range(12) for topic in topics]
    menu = f"<ul>{''.join(items)}</ul>"
    teasers = "".join(
        f'<div class="teaser"><a href="/{number}/{n}"><img src="/i/{n}.jpg" alt=""><h3>Another item {n}</h3></a>'
        f'<span class="date">{1 + n % 28} May 2021</span><p>Its first words stand here, cut after a line …</p></div>'
        for n in range(80)
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    script = "".join(f"window.data.push({{id:{n},slot:'box-{n % 7}',w:300,lazy:true}});" for n in range(1000))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Daily Page</title>'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="2021-05-03T08:30:00+02:00">'
        f"<script>{script}</script><style>.teaser{{float:left}}</style></head>"
        f'<body><header><nav>{menu}</nav></header><main><article><h1>{title}</h1><p class="byline">By the editors</p>'
        f'<time datetime="2021-05-03">3 May 2021</time><div class="share"><a href="#">Share</a></div>{body}</article>'
        f'<aside class="related"><h2>More</h2>{teasers}</aside></main><footer>{menu}<p>© The Daily Page</p></footer>'
        f"<script>{script}</script></body></html>"
    ).encode()
