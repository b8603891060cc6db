"""Projects in a text, and who funds and carries them out."""
