"""JSON for the phones and for other systems, one module per noun."""

from inspection.web import health
from inspection.web.api import (
    assignments,
    description,
    drafts,
    parked,
    photos,
    push,
    rubric_drafts,
    rubric_photos,
    rubric_trials,
    rubrics,
    sessions,
    visits,
)

ROUTES = [
    health.healthz,
    *sessions.ROUTES,
    *assignments.ROUTES,
    *rubrics.ROUTES,
    *rubric_drafts.ROUTES,
    *rubric_trials.ROUTES,
    *rubric_photos.ROUTES,
    *visits.ROUTES,
    *drafts.ROUTES,
    *photos.ROUTES,
    *push.ROUTES,
    *parked.ROUTES,
    *description.ROUTES,
]
"""Every route of this room; a new module adds its own list here."""
