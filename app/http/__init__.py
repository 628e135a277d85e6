"""HTTP itself: parameters, errors, conditional requests, caching, compression, headers, links."""
