"""The workbench: a page on this machine alone, in which an editor decides what a draft has guessed."""
