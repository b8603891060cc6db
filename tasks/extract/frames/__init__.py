"""The event patterns of `seeds/reference/frames`: read strictly, checked, and held ready."""
