"""Server-rendered pages for managers, reviewers and administrators; all work without scripts."""

from inspection.web.pages import (
    audit,
    evidence,
    imports,
    invitations,
    me,
    more,
    notice_files,
    notices,
    parked,
    people,
    person,
    ranking,
    rescores,
    round_forms,
    rounds,
    rubric_approvals,
    rubric_comparisons,
    rubric_drafts,
    rubric_preview,
    rubrics,
    second_step,
    signing_in,
    store_notices,
    stores,
    verify,
    visits,
)
from inspection.web.pages.second_step import second_step_missing
from inspection.web.pages.signing_in import session_ended

__all__ = ["ROUTES", "second_step_missing", "session_ended"]

ROUTES = [
    *signing_in.ROUTES,
    *ranking.ROUTES,
    *stores.ROUTES,
    *visits.ROUTES,
    *evidence.ROUTES,
    *notices.ROUTES,
    *store_notices.ROUTES,
    *notice_files.ROUTES,
    *parked.ROUTES,
    *people.ROUTES,
    *person.ROUTES,
    *invitations.ROUTES,
    *me.ROUTES,
    *second_step.ROUTES,
    *rescores.ROUTES,
    *imports.ROUTES,
    *verify.ROUTES,
    *rounds.ROUTES,
    *round_forms.ROUTES,
    *more.ROUTES,
    *rubric_preview.ROUTES,
    *audit.ROUTES,
    *rubrics.ROUTES,
    *rubric_drafts.ROUTES,
    *rubric_approvals.ROUTES,
    *rubric_comparisons.ROUTES,
]
"""Every route of this room; a new module adds its own list here."""
