"""One sentence as the event passes read it: clauses, and what governs what."""
