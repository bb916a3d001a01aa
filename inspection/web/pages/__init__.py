"""Server-rendered pages for managers, reviewers and administrators; all work without scripts."""

from litestar.handlers import HTTPRouteHandler

ROUTES: list[HTTPRouteHandler] = []
"""Every route of this room; a new module adds its own list here."""
