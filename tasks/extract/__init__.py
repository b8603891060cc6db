"""From documents to mentions and typed, dated, modal claims, each with its span and rule."""
