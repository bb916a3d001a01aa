"""Columns and constraints, no behaviour. Ids are text made by us; points are integers in
hundredths; every time is UTC. Bodies read whole and never searched are canonical JSON in Text.
"""

from piccolo.table import Table

from inspection.persistence.tables.drafts import Draft, DraftCopy
from inspection.persistence.tables.log import AuditEvent, AuditHead, Job
from inspection.persistence.tables.org import Account, Region, Session, SignInBucket, Store
from inspection.persistence.tables.people import (
    AccountUnit,
    Invitation,
    Pseudonym,
    RecoveryCode,
    SecondStep,
    SignInStep,
)
from inspection.persistence.tables.plans import (
    Assignment,
    Round,
    RoundDecision,
    RoundRubric,
    RoundSchedule,
    RubricVersion,
)
from inspection.persistence.tables.push import PushSubscription
from inspection.persistence.tables.results import (
    Notice,
    NoticeCounter,
    NoticeLine,
    Review,
    Standing,
)
from inspection.persistence.tables.rubric_drafts import (
    RubricDecision,
    RubricDraft,
    RubricWithdrawal,
)
from inspection.persistence.tables.visits import (
    Parked,
    Photo,
    Submission,
    Visit,
    VisitAnswer,
    VisitPhoto,
    VisitScorecard,
    VisitSection,
)

__all__ = [
    "INDEXES",
    "TABLES",
    "Account",
    "AccountUnit",
    "Assignment",
    "AuditEvent",
    "AuditHead",
    "Draft",
    "DraftCopy",
    "Invitation",
    "Job",
    "Notice",
    "NoticeCounter",
    "NoticeLine",
    "Parked",
    "Photo",
    "Pseudonym",
    "PushSubscription",
    "RecoveryCode",
    "Region",
    "Review",
    "Round",
    "RoundDecision",
    "RoundRubric",
    "RoundSchedule",
    "RubricDecision",
    "RubricDraft",
    "RubricVersion",
    "RubricWithdrawal",
    "SecondStep",
    "Session",
    "SignInBucket",
    "SignInStep",
    "Standing",
    "Store",
    "Submission",
    "Visit",
    "VisitAnswer",
    "VisitPhoto",
    "VisitScorecard",
    "VisitSection",
]

TABLES: tuple[type[Table], ...] = (
    Region,
    Store,
    Account,
    Session,
    AccountUnit,
    Pseudonym,
    Invitation,
    SecondStep,
    RecoveryCode,
    SignInStep,
    PushSubscription,
    SignInBucket,
    RubricVersion,
    RoundSchedule,
    RubricDraft,
    RubricDecision,
    RubricWithdrawal,
    Round,
    RoundDecision,
    RoundRubric,
    Assignment,
    Draft,
    DraftCopy,
    Visit,
    Submission,
    Parked,
    VisitAnswer,
    VisitSection,
    VisitScorecard,
    Photo,
    VisitPhoto,
    Review,
    Standing,
    Notice,
    NoticeLine,
    NoticeCounter,
    Job,
    AuditEvent,
    AuditHead,
)

INDEXES: tuple[tuple[type[Table], tuple[str, ...]], ...] = (
    (Visit, ("state", "received_at")),
    (Visit, ("round", "store")),
    (Assignment, ("inspector", "state")),
    (Assignment, ("round", "state", "store")),
    (Assignment, ("round", "rubric_version", "store", "state")),
    (Standing, ("round", "store_kind", "rank_key", "tie_key", "store_code")),
    (Standing, ("round", "store_kind", "branch_path", "rank_key")),
    (Standing, ("round", "store_kind", "previous_key", "rank_key")),
    (VisitAnswer, ("visit", "lost", "item")),
    (Job, ("state", "run_after")),
    (Notice, ("store", "state")),
    (Notice, ("round", "state", "store_kind", "first_due_at", "region_path")),
    (AuditEvent, ("noun", "noun_id")),
    (AuditEvent, ("actor", "seq")),
    (AuditEvent, ("action", "seq")),
    (AuditEvent, ("at",)),
)
"""Composite indexes, made by hand-written migrations (Piccolo declares single columns only)."""
