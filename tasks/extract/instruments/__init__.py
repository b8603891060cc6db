"""Agreements, protocols, acts and plans in a text."""
