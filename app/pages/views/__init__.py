"""The pages: a module for each, with its routes."""
