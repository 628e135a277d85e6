"""What can be asked of each collection: one file a collection, for whoever shows it."""
