import pytest

from tests.unit.resolve.newsroom import Newsroom


@pytest.fixture
def newsroom() -> Newsroom:
    """An empty newsroom."""
    return Newsroom()
