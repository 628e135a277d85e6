"""Loading: checked transcriptions as table rows, with the span of every quote and the values computed from it."""
