"""Descriptions: what the OpenAPI document says of the service as a whole, and of its parts."""

DESCRIPTION = """\
What a Chinese government notice says it did about the problems that an inspection found, as typed, citable data.

Neutral: it says what the notice says, where, and no more. Every printed string has its place in `/source.txt`; what
the notice does not state is null or listed in `/notice` under `not_stated`. English texts, topics, kinds and labels
are ours and unofficial.

Read-only, open to every web page, no key. Collections answer `{items, total, limit, offset, next, previous}`; errors
are `application/problem+json`, and say what is allowed. A parameter that is not listed here is refused. Only GET,
HEAD and OPTIONS are served; any other method gets a 405.
"""

TAGS = [
    {"name": "notice", "description": "The notice as a whole."},
    {"name": "sections", "description": "Its own outline."},
    {"name": "categories", "description": "The headings that hold issues."},
    {"name": "issues", "description": "The problems and what was done about each."},
    {"name": "statements", "description": "The text clause by clause."},
    {"name": "measures", "description": "The acts that are reported."},
    {"name": "metrics", "description": "Every figure."},
    {"name": "documents", "description": "Rules, plans, lists and the like that are named."},
    {"name": "organizations", "description": "Bodies that are named or singled out."},
    {"name": "contact", "description": "How to reach the publisher."},
    {"name": "search", "description": "Words and quotations."},
    {"name": "indicators", "description": "Headline figures that notices share."},
    {"name": "vocabularies", "description": "What every code means."},
    {"name": "glossary", "description": "Terms of the notices, explained."},
    {"name": "proof", "description": "The source, and that nothing of it is lost."},
    {"name": "dataset", "description": "Everything as files, to be taken away."},
    {"name": "health", "description": "For operators."},
]
