"""The database: built from the seed, then only read; the statements by which it is read."""
