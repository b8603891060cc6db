"""From captures to documents: text, title, language, date, removed spans and sentences with offsets."""
