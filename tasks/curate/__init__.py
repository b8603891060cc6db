"""From documents, claims and events to the published star schema."""
