"""From mentions and claims to entities and merged events with stable ids."""
