"""Composite indexes, made by hand-written migrations (Piccolo declares single columns only)."""

from piccolo.table import Table

from inspection.persistence.tables.imports import SheetImportRow
from inspection.persistence.tables.log import AuditEvent, Job
from inspection.persistence.tables.messages import Delivery, InboxMessage
from inspection.persistence.tables.org import Store
from inspection.persistence.tables.plans import Assignment
from inspection.persistence.tables.rectifications import (
    FollowUpCall,
    LineExtension,
    SolvedCase,
)
from inspection.persistence.tables.results import Notice, NoticeLine, Standing
from inspection.persistence.tables.rubric_drafts import RubricDraft
from inspection.persistence.tables.visits import Photo, Visit, VisitAnswer

NOTICE_BY_ROUND = (
    *("round", "state", "store_kind", "first_due_at", "region_path", "store"),
    *("number", "issued_at", "drafted_at", "id"),
)
"""Lists of notices are counted and searched from it: the notice itself carries all it says."""

NOTICE_BY_COUNTY = (
    *("round", "store_kind", "region_path", "state"),
    *("clock", "first_due_at", "store"),
)
"""What a round's notices come to, county by county, is counted from it."""

NOTICE_BY_REGION = (
    *("state", "region_path", "verified", "verified_first"),
    *("round", "store_kind"),
)
"""What stores mended in all rounds there were is added up from it."""

STANDING_BY_COUNTY = (
    *("round", "region_path", "store_kind", "ownership"),
    *("store", "score", "visits", "rank_key", "previous_key"),
)
"""Two rounds are held beside each other from it, and one ownership is ranked: a standing itself
carries much more.
"""

INDEXES: tuple[tuple[type[Table], tuple[str, ...]], ...] = (
    (Store, ("kind", "region_path", "id", "ownership")),
    (Store, ("name", "id")),
    (Visit, ("state", "received_at")),
    (Visit, ("round", "store")),
    (Visit, ("inspector", "started_at")),
    (Assignment, ("inspector", "state")),
    (Assignment, ("round", "state", "store")),
    (Assignment, ("round", "store", "state", "rubric_version", "inspector")),
    (Standing, ("round", "store_kind", "rank_key", "tie_key", "store_code")),
    (Standing, ("round", "store_kind", "branch_path", "rank_key")),
    (Standing, ("round", "store_kind", "previous_key", "rank_key")),
    (Standing, ("round", "store_kind", "region_path", "rank_key", "previous_key")),
    (Standing, STANDING_BY_COUNTY),
    (VisitAnswer, ("visit", "lost", "item")),
    (Job, ("state", "run_after")),
    (Notice, ("store", "state")),
    (Notice, ("state", "issued_at")),
    (Notice, NOTICE_BY_ROUND),
    (Notice, ("id", "state", "region_path", "round", "store", "visit", "number")),
    (Notice, NOTICE_BY_COUNTY),
    (Notice, NOTICE_BY_REGION),
    (InboxMessage, ("account", "read_at", "at_ms")),
    (Delivery, ("state", "created_at")),
    (Delivery, ("account", "channel", "state", "due_at")),
    (NoticeLine, ("notice", "state", "due_at", "id")),
    (NoticeLine, ("due_at", "id", "notice")),
    (NoticeLine, ("state", "due_at", "id", "notice")),
    (NoticeLine, ("item", "state", "due_at", "id", "notice")),
    (NoticeLine, ("state", "item", "id", "notice")),
    (NoticeLine, ("state", "lost", "id", "notice")),
    (RubricDraft, ("state", "changed_at", "id")),
    (Photo, ("print_sha256",)),
    (FollowUpCall, ("state", "due_at")),
    (LineExtension, ("state", "asked_at")),
    (SolvedCase, ("item", "solved_at")),
    (SolvedCase, ("section", "solved_at")),
    (SheetImportRow, ("code",)),
    (AuditEvent, ("noun", "noun_id")),
    (AuditEvent, ("actor", "seq")),
    (AuditEvent, ("action", "seq")),
    (AuditEvent, ("at",)),
)
