"""Dates in a text: the words they are made of, the shapes they take, and what they lean on."""
