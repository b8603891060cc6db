"""From sources to archived bytes: one capture per fetched body, one row per attempt."""
