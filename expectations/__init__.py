"""Data-quality gates; the only package that imports Great Expectations."""
