"""Errors of the database: those that an operator has to mend, and those that pass."""


class DatabaseError(Exception):
    """The database can't be built, or is not of this data; the message names the setting that helps."""


class Unavailable(DatabaseError):
    """The database can't be read at the moment: it is being built anew, or there is nothing to open it with."""
