"""JSON for the phones and for other systems, one module per noun."""

from inspection.web import health
from inspection.web.api import sessions

ROUTES = [
    health.healthz,
    *sessions.ROUTES,
]
"""Every route of this room; a new module adds its own list here."""
