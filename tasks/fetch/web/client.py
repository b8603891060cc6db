"""The client's public face: settings, requests, replies and refusals by one import."""

from __future__ import annotations

from tasks.fetch.web.exchange import REASONS, Answer, OnDone, Refusal, Reply, Web, WebRequest
from tasks.fetch.web.options import WebSettings

__all__ = ["REASONS", "Answer", "OnDone", "Refusal", "Reply", "Web", "WebRequest", "WebSettings"]
