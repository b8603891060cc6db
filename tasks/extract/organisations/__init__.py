"""Organisations in a text: listed, unlisted, abbreviated, and what a short form stands for."""
