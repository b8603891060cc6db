"""The polite, safe web client: one address in, one reply or one reasoned refusal out; no sources, no archive."""
