"""Server-rendered pages for managers, reviewers and administrators; all work without scripts."""

from inspection.web.pages import choices, more, reference, scheduled_exports
from inspection.web.pages.analyses import analysis, comparisons
from inspection.web.pages.appeals import appeal_files, appeals, store_appeals
from inspection.web.pages.audit import audit
from inspection.web.pages.awaited import count_awaited
from inspection.web.pages.bulletins import (
    bulletin_files,
    bulletin_readers,
    bulletins,
    complaints,
)
from inspection.web.pages.imports import imports
from inspection.web.pages.messages import bots, deliveries, inbox, webhooks
from inspection.web.pages.notices import (
    issuers,
    notice_batches,
    notice_delivery,
    notice_ends,
    notice_files,
    notice_lines,
    notice_links,
    notice_list,
    notice_register,
    notice_signing,
    notices,
    store_notices,
    verify,
)
from inspection.web.pages.org import regions, store_records, stores
from inspection.web.pages.people import (
    api_tokens,
    inspector_profiles,
    invitations,
    me,
    people,
    person,
    proofs,
    second_step,
    signing_in,
)
from inspection.web.pages.people.proofs import proof_needed
from inspection.web.pages.people.second_step import second_step_missing
from inspection.web.pages.people.signing_in import session_ended
from inspection.web.pages.rankings import ranking, scorecards, store_losses, units
from inspection.web.pages.rectifications import (
    cases,
    follow_ups,
    overdue,
    rectifications,
    reinspections,
    store_lines,
)
from inspection.web.pages.releases import release_texts, releases
from inspection.web.pages.rescores import rescores
from inspection.web.pages.reviews import evidence, visit_items
from inspection.web.pages.rounds import assignments, plans, round_forms, rounds, schedules
from inspection.web.pages.rubrics import (
    rubric_approvals,
    rubric_comparisons,
    rubric_drafts,
    rubric_files,
    rubric_photos,
    rubric_preview,
    rubrics,
)
from inspection.web.pages.visits import parked, visits

__all__ = ["ROUTES", "count_awaited", "proof_needed", "second_step_missing", "session_ended"]

ROUTES = [
    *signing_in.ROUTES,
    *ranking.ROUTES,
    *units.ROUTES,
    *analysis.ROUTES,
    *comparisons.ROUTES,
    *scorecards.ROUTES,
    *stores.ROUTES,
    *store_losses.ROUTES,
    *store_records.ROUTES,
    *regions.ROUTES,
    *visits.ROUTES,
    *visit_items.ROUTES,
    *evidence.ROUTES,
    *notice_list.ROUTES,
    *notices.ROUTES,
    *overdue.ROUTES,
    *store_notices.ROUTES,
    *notice_signing.ROUTES,
    *notice_lines.ROUTES,
    *notice_ends.ROUTES,
    *notice_delivery.ROUTES,
    *notice_batches.ROUTES,
    *notice_links.ROUTES,
    *notice_register.ROUTES,
    *issuers.ROUTES,
    *notice_files.ROUTES,
    *appeals.ROUTES,
    *store_appeals.ROUTES,
    *appeal_files.ROUTES,
    *parked.ROUTES,
    *people.ROUTES,
    *person.ROUTES,
    *invitations.ROUTES,
    *me.ROUTES,
    *inbox.ROUTES,
    *choices.ROUTES,
    *bots.ROUTES,
    *webhooks.ROUTES,
    *deliveries.ROUTES,
    *api_tokens.ROUTES,
    *scheduled_exports.ROUTES,
    *second_step.ROUTES,
    *release_texts.ROUTES,
    *releases.ROUTES,
    *proofs.ROUTES,
    *rescores.ROUTES,
    *imports.ROUTES,
    *plans.ROUTES,
    *inspector_profiles.ROUTES,
    *verify.ROUTES,
    *rectifications.ROUTES,
    *store_lines.ROUTES,
    *follow_ups.ROUTES,
    *reinspections.ROUTES,
    *cases.ROUTES,
    *rounds.ROUTES,
    *assignments.ROUTES,
    *schedules.ROUTES,
    *round_forms.ROUTES,
    *more.ROUTES,
    *reference.ROUTES,
    *rubric_preview.ROUTES,
    *rubric_photos.ROUTES,
    *audit.ROUTES,
    *rubrics.ROUTES,
    *rubric_drafts.ROUTES,
    *rubric_files.ROUTES,
    *rubric_approvals.ROUTES,
    *rubric_comparisons.ROUTES,
    *bulletins.ROUTES,
    *bulletin_files.ROUTES,
    *bulletin_readers.ROUTES,
    *complaints.ROUTES,
]
"""Every route of this room; a new module adds its own list here."""
