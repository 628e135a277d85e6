"""The transcription of a notice: its shape, its checks and its way into the tables."""
