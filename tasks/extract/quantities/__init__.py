"""Quantities in a text: numbers, what they count, and how sure their author is of them."""
