"""What stops a draft: the text can't be used, or the folder is taken."""


class DraftError(Exception):
    """No draft can be made; the message says why and what to do."""
