"""Transcriptions: the layout of the seed's files, their checks against the source, and their loading into rows."""
