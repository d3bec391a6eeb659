"""Variable data: finished files with fields, for which one more clinic's words alone are shaped."""
