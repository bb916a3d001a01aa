"""Columns and constraints, no behaviour. Ids are text made by us; points are integers in
hundredths; every time is UTC. Bodies read whole and never searched are canonical JSON in Text.
"""

from inspection.persistence.tables.api_tokens import ApiToken
from inspection.persistence.tables.appeals import (
    Appeal,
    AppealFile,
    AppealMessage,
    Attachment,
    LinePause,
)
from inspection.persistence.tables.delivery import (
    NoticeBatch,
    NoticeBatchRow,
    NoticeDelivery,
    NoticeLink,
)
from inspection.persistence.tables.drafts import Draft, DraftCopy
from inspection.persistence.tables.imports import SheetImport, SheetImportRow
from inspection.persistence.tables.indexes import INDEXES
from inspection.persistence.tables.log import AuditEvent, AuditHead, Job
from inspection.persistence.tables.messages import (
    Bot,
    Delivery,
    DeliveryAttempt,
    InboxMessage,
    LineReminder,
    MessageChoice,
    NoticeUrge,
    Webhook,
)
from inspection.persistence.tables.order import TABLES
from inspection.persistence.tables.org import (
    Account,
    FormerPath,
    Region,
    Session,
    SignInBucket,
    Store,
)
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
    RoundPlace,
    RoundRubric,
    RoundSchedule,
    RubricVersion,
)
from inspection.persistence.tables.proposals import (
    InspectorProfile,
    ProposedVisit,
    RoundProposal,
)
from inspection.persistence.tables.push import PushSubscription
from inspection.persistence.tables.rectifications import (
    FollowUpCall,
    LineExtension,
    LineHandler,
    RectificationPhoto,
    RectificationReply,
    RectificationVerdict,
    SolvedCase,
)
from inspection.persistence.tables.register import DrawnNumber, Issuer
from inspection.persistence.tables.reinspections import (
    Reinspection,
    ReinspectionLine,
    ReinspectionPhoto,
    ReinspectionSending,
)
from inspection.persistence.tables.releases import ReleaseBatch, ReleasedItem, ReleaseHold
from inspection.persistence.tables.rescores import Rescore, RescoreLine
from inspection.persistence.tables.results import (
    Notice,
    NoticeCounter,
    NoticeLine,
    Review,
    Standing,
)
from inspection.persistence.tables.reviewing import Correction, PhotoBand, ReviewMark
from inspection.persistence.tables.rubric_drafts import (
    RubricDecision,
    RubricDraft,
    RubricWithdrawal,
)
from inspection.persistence.tables.rubric_photos import RubricPhoto
from inspection.persistence.tables.scheduled_exports import ExportRun, ScheduledExport
from inspection.persistence.tables.store_sendings import StoreSending
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
    "ApiToken",
    "Appeal",
    "AppealFile",
    "AppealMessage",
    "Assignment",
    "Attachment",
    "AuditEvent",
    "AuditHead",
    "Bot",
    "Correction",
    "Delivery",
    "DeliveryAttempt",
    "Draft",
    "DraftCopy",
    "DrawnNumber",
    "ExportRun",
    "FollowUpCall",
    "FormerPath",
    "InboxMessage",
    "InspectorProfile",
    "Invitation",
    "Issuer",
    "Job",
    "LineExtension",
    "LineHandler",
    "LinePause",
    "LineReminder",
    "MessageChoice",
    "Notice",
    "NoticeBatch",
    "NoticeBatchRow",
    "NoticeCounter",
    "NoticeDelivery",
    "NoticeLine",
    "NoticeLink",
    "NoticeUrge",
    "Parked",
    "Photo",
    "PhotoBand",
    "ProposedVisit",
    "Pseudonym",
    "PushSubscription",
    "RecoveryCode",
    "RectificationPhoto",
    "RectificationReply",
    "RectificationVerdict",
    "Region",
    "Reinspection",
    "ReinspectionLine",
    "ReinspectionPhoto",
    "ReinspectionSending",
    "ReleaseBatch",
    "ReleaseHold",
    "ReleasedItem",
    "Rescore",
    "RescoreLine",
    "Review",
    "ReviewMark",
    "Round",
    "RoundDecision",
    "RoundPlace",
    "RoundProposal",
    "RoundRubric",
    "RoundSchedule",
    "RubricDecision",
    "RubricDraft",
    "RubricPhoto",
    "RubricVersion",
    "RubricWithdrawal",
    "ScheduledExport",
    "SecondStep",
    "Session",
    "SheetImport",
    "SheetImportRow",
    "SignInBucket",
    "SignInStep",
    "SolvedCase",
    "Standing",
    "Store",
    "StoreSending",
    "Submission",
    "Visit",
    "VisitAnswer",
    "VisitPhoto",
    "VisitScorecard",
    "VisitSection",
    "Webhook",
]
