"""What a person can do about a refusal or a page that was set aside: one sentence for each reason."""

from __future__ import annotations

# Reasons that only our own settings or the address itself can mend: nobody was asked.
NEVER_ASKED = frozenset({"bad_url", "bad_scheme", "blocked_port", "blocked_address"})

_ELSEWHERE = "Mend the address."
_PUBLISHER = "Open it in a browser; if it works there, write to the publisher with the address and this message."
_LATER = "Try again later; if it stays so, write to the publisher."
ADVICE = {
    "bad_url": _ELSEWHERE,
    "bad_scheme": "Name an address that begins with https:// or http://.",
    "blocked_port": "Mend the address, or allow the port in COMMUNIQUE_FETCH_PORTS.",
    "blocked_address": "Name a host of the public internet; for an intranet set COMMUNIQUE_ALLOW_PRIVATE_HOSTS=true.",
    "redirect_limit": "Take the address at which a browser ends.",
    "redirect_scheme": "Take the address at which a browser ends; only http and https are asked.",
    "robots_disallowed": "Ask the publisher for leave or for a feed; until then leave the source disabled.",
    "robots_unreachable": "Where robots.txt cannot be read nothing is asked: see whether the host answers at all.",
    "too_large": "Narrow `include`, or raise COMMUNIQUE_FETCH_MAX_WIRE_BYTES.",
    "bomb": "Exclude it with `exclude`: what it unpacks to is no page.",
    "bad_response": _PUBLISHER,
    "bad_encoding": _PUBLISHER,
    "dns": "Check the spelling of the host, and that this machine resolves names.",
    "connect": "Check that the host is up, and that this machine may reach it.",
    "timeout": _LATER,
    "disconnected": _LATER,
    "truncated": _LATER,
    "deadline": _LATER,
    "tls": "Tell the publisher; `insecure_hosts` takes the host without verifying, and every capture says so.",
    "circuit_open": "The host has failed too often in a row: try again when it has rested.",
    "asked_to_wait": "Try again when the time it names is over.",
    "http_4xx": "Open it in a browser: it may need a login, or keep programs out.",
    "http_429": "Raise `delay_seconds` of the source, and try again later.",
    "http_5xx": _LATER,
    "http_404": _ELSEWHERE,
    "http_410": "It is gone for good: name another one, or remove it.",
    "unreadable_list": "If it is a page with links, declare it as a listing; else name the address of the feed.",
    "missing": "The list names a page that is not there: nothing to do, unless all are so.",
    "gone": "The publisher has taken it down: nothing to do, unless all are so.",
    "empty": "Open it in a browser: a page that scripts fill cannot be read; look for a feed or sitemap.",
    "wrong_type": "Keep such addresses out with `exclude`.",
    "soft_error": "Open it in a browser: if a page is there, tell the maintainers, with the words in brackets.",
    "blocked_page": "What stands in front of the page is not bypassed: ask the publisher for a feed or for access.",
}


def advice_on(reason: str) -> str:
    """Return what to do about a reason of `REASONS`, of a list, or a kind of `verdict.KINDS`; empty if unknown."""
    return ADVICE.get(reason, "")
