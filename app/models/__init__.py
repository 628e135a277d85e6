"""One noun a file: the table, then what the public sees of it."""
