"""The draft of a transcription from a bare text: rules and lexicons guess, and a person decides."""
