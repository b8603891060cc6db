"""The client's settings come from the warehouse's, and nothing is fetched without a contact."""

import pytest

from tasks.fetch.web.client import WebSettings
from tasks.fetch.web.exchange import REASONS
from warehouse.errors import ConfigurationError
from warehouse.settings import Settings


@pytest.mark.parametrize("contact", [None, "", "  ", "desk@example.org\r\nX-Forged: 1", "пресс@example.org"])
def test_nothing_is_fetched_without_a_contact_that_fits_a_header(contact: str | None) -> None:
    with pytest.raises(ConfigurationError, match="COMMUNIQUE_CONTACT"):
        WebSettings.from_settings(Settings(contact=contact))


def test_every_setting_reaches_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "CONTACT": "desk@example.org",
        "ALLOW_PRIVATE_HOSTS": "true",
        "FETCH_PORTS": "[80, 443, 8080]",
        "FETCH_DELAY_SECONDS": "3",
        "FETCH_CONNECT_TIMEOUT_SECONDS": "4",
        "FETCH_READ_TIMEOUT_SECONDS": "5",
        "FETCH_DEADLINE_SECONDS": "6",
        "FETCH_MAX_WIRE_BYTES": "7",
        "FETCH_MAX_DECODED_BYTES": "8",
        "FETCH_MAX_RATIO": "9",
        "FETCH_RETRIES": "10",
        "FETCH_RETRY_CAP_SECONDS": "11",
        "FETCH_BREAKER_FAILURES": "12",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"COMMUNIQUE_{name}", value)
    of_the_web = [name for name in Settings.model_fields if name.startswith("fetch_")]
    assert {name.upper() for name in of_the_web} <= values.keys()
    assert WebSettings.from_settings(Settings(), insecure_hosts=("old.example",)) == WebSettings(
        contact="desk@example.org",
        user_agent="Communique/1.0 (+desk@example.org)",
        allow_private_hosts=True,
        ports=(80, 443, 8080),
        default_delay_seconds=3,
        connect_timeout=4,
        read_timeout=5,
        total_deadline=6,
        max_wire_bytes=7,
        max_decoded_bytes=8,
        max_ratio=9,
        retries=10,
        retry_cap_seconds=11,
        breaker_failures=12,
        insecure_hosts=("old.example",),
    )


def test_what_becomes_of_a_refusal_is_one_of_four() -> None:
    assert set(REASONS.values()) == {"mended", "later", "once", "retried"}
