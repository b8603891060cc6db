"""Main text on pages that nobody here wrote, beside the extractor alone: what is added must not cost text."""

import gzip
import json
import logging
import re
from collections import Counter

import trafilatura

from tasks.clean.rejected import RejectedBodyError

N_PAGES = 30


def shingles(text):
    tokens = re.findall(r"\w+", text)
    return Counter(tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3))) if tokens else Counter()


def f1(answers, wanted):
    precision = recall = 0.0
    for have, want in zip(map(shingles, answers), map(shingles, wanted), strict=True):
        common = sum((have & want).values())
        precision += common / max(1, sum(have.values())) / len(wanted)
        recall += common / max(1, sum(want.values())) / len(wanted)
    return 2 * precision * recall / (precision + recall)


def test_the_stage_reads_real_pages_as_well_as_the_extractor_alone(shared_dir, clean, caplog):
    caplog.set_level(logging.CRITICAL, logger="trafilatura")
    gold = sorted(json.loads((shared_dir / "pages" / "articles.json").read_text()).items())[:N_PAGES]
    ours, theirs = [], []
    for key, page in gold:
        body = gzip.decompress((shared_dir / "pages" / "articles" / f"{key}.html.gz").read_bytes())
        try:
            document = clean(body, "a.html", url=page.get("url"))
            ours.append(document.text[document.body_start :])
        except RejectedBodyError:
            ours.append("")
        found = trafilatura.bare_extraction(body, fast=True, include_comments=False, with_metadata=False)
        theirs.append(found.text if found else "")
    wanted = [page["text"] for _, page in gold]
    assert f1(ours, wanted) >= f1(theirs, wanted) - 0.005
    assert f1(ours, wanted) >= 0.95
