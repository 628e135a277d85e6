"""The questions of the API: filters, order and facets of each collection, search, quotations."""
