"""The polite, safe web client: one address in, one reply or one reasoned refusal out. It knows no sources and no archive."""
