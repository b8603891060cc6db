"""From triggers to claims: who does what to whom, when, where, and whether it has happened."""
