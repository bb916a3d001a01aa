"""Server-rendered pages for managers, reviewers and administrators; all work without scripts."""

from inspection.web.pages import signing_in

ROUTES = [
    *signing_in.ROUTES,
]
"""Every route of this room; a new module adds its own list here."""
