from collections.abc import Callable
from datetime import date

import pytest

from tasks.clean.assemble import CleanDocument, clean_body
from tasks.clean.phrases import Phrases, load_phrases

Clean = Callable[..., CleanDocument]


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load_phrases()


@pytest.fixture(scope="session")
def clean(phrases: Phrases) -> Clean:
    """Clean a text or a page as the stage does."""

    def run(
        body: str | bytes, location: str = "a.txt", content_type: str | None = None, url: str | None = None
    ) -> CleanDocument:
        raw = body.encode() if isinstance(body, str) else body
        return clean_body(raw, content_type, location, url, date(2026, 11, 20), phrases)

    return run
