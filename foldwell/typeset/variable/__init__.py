"""Variable data: finished files with fields, into which others' words are put with no engine."""
