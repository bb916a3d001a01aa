"""The first schema. Generated from the tables, then folded: what Piccolo repeats for every column
is said once below."""

from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Column,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    OnUpdate,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Unique
from piccolo.table import Table

ID = "2026-11-21T20:06:27:452936"
VERSION = "1.38.0"
DESCRIPTION = "The first schema"


class Region(Table, tablename="region"):
    id = Varchar(length=36, primary_key=True, default=None)


class Store(Table, tablename="store"):
    id = Varchar(length=36, primary_key=True, default=None)


class Account(Table, tablename="account"):
    id = Varchar(length=36, primary_key=True, default=None)


class Session(Table, tablename="session"):
    id = Varchar(length=36, primary_key=True, default=None)


class Round(Table, tablename="round"):
    id = Varchar(length=36, primary_key=True, default=None)


class RubricVersion(Table, tablename="rubric_version"):
    digest = Varchar(length=64, primary_key=True, default=None)


class Assignment(Table, tablename="assignment"):
    id = Varchar(length=36, primary_key=True, default=None)


class Visit(Table, tablename="visit"):
    id = Varchar(length=36, primary_key=True, default=None)


class Draft(Table, tablename="draft"):
    visit_id = Varchar(length=36, primary_key=True, default=None)


class Notice(Table, tablename="notice"):
    id = Varchar(length=36, primary_key=True, default=None)


REPEATED: dict[str, Any] = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}

Declared = tuple[type[Column], dict[str, Any]]


def _to(references: type[Table] | str, **more: Any) -> Declared:
    """A foreign key that lets nothing disappear that is referred to."""
    params = {"references": references, "on_delete": OnDelete.restrict, "target_column": None}
    return ForeignKey, params | {"on_update": OnUpdate.restrict} | more


COLUMNS: dict[str, dict[str, Declared]] = {
    "Region": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "parent": _to("self", on_update=OnUpdate.cascade, null=True),
        "level": (Varchar, {"length": 40, "default": ""}),
        "code": (Varchar, {"length": 40, "default": "", "unique": True}),
        "name_zh": (Varchar, {"length": 120, "default": ""}),
        "name_en": (Varchar, {"length": 120, "default": ""}),
        "path": (Varchar, {"length": 80, "default": "", "unique": True}),
    },
    "Store": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "code": (Varchar, {"length": 40, "default": "", "unique": True}),
        "name": (Varchar, {"length": 120, "default": ""}),
        "kind": (Varchar, {"length": 40, "default": ""}),
        "region": _to(Region, index=True),
        "region_path": (Varchar, {"length": 80, "default": "", "index": True}),
        "ownership": (Varchar, {"length": 40, "default": "own"}),
        "state": (Varchar, {"length": 40, "default": "open"}),
        "features": (Text, {"default": "[]"}),
        "address": (Varchar, {"length": 240, "default": ""}),
        "latitude_e6": (Integer, {"default": None, "null": True}),
        "longitude_e6": (Integer, {"default": None, "null": True}),
        "contact_name": (Varchar, {"length": 120, "default": ""}),
        "contact_phone": (Varchar, {"length": 40, "default": ""}),
        "contact_verified_on": (Date, {"default": None, "null": True}),
        "created_at": (Timestamptz, {"default": None}),
    },
    "Account": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "sign_in": (Varchar, {"length": 120, "default": "", "unique": True}),
        "name": (Varchar, {"length": 120, "default": ""}),
        "role": (Varchar, {"length": 40, "default": "", "index": True}),
        "region": _to(Region, null=True),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "store": _to(Store, null=True, index=True),
        "pseudonym": (Varchar, {"length": 40, "default": ""}),
        "password_hash": (Varchar, {"length": 240, "default": ""}),
        "language": (Varchar, {"length": 8, "default": "zh-CN"}),
        "disabled_at": (Timestamptz, {"default": None, "null": True}),
        "created_at": (Timestamptz, {"default": None}),
    },
    "Session": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "token_hash": (Varchar, {"length": 64, "default": "", "unique": True}),
        "account": _to(Account, index=True),
        "created_at": (Timestamptz, {"default": None}),
        "seen_at": (Timestamptz, {"default": None}),
        "expires_at": (Timestamptz, {"default": None}),
        "revoked_at": (Timestamptz, {"default": None, "null": True}),
        "lost_at": (Timestamptz, {"default": None, "null": True}),
        "user_agent": (Varchar, {"length": 240, "default": ""}),
    },
    "PushSubscription": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "account": _to(Account, index=True),
        "session": _to(Session, on_delete=OnDelete.cascade, index=True),
        "endpoint": (Varchar, {"length": 1000, "default": "", "unique": True}),
        "p256dh": (Varchar, {"length": 120, "default": ""}),
        "auth": (Varchar, {"length": 120, "default": ""}),
        "created_at": (Timestamptz, {"default": None}),
        "failed": (Integer, {"default": 0}),
    },
    "SignInBucket": {
        "key": (Varchar, {"length": 120, "default": None, "primary_key": True}),
        "thousandths": (BigInt, {"default": 0}),
        "refilled_at": (Timestamptz, {"default": None}),
    },
    "RubricVersion": {
        "digest": (Varchar, {"length": 64, "default": None, "primary_key": True}),
        "code": (Varchar, {"length": 40, "default": ""}),
        "number": (Integer, {"default": 1}),
        "edition": (Varchar, {"length": 40, "default": ""}),
        "store_kind": (Varchar, {"length": 40, "default": ""}),
        "title_zh": (Varchar, {"length": 120, "default": ""}),
        "title_en": (Varchar, {"length": 120, "default": ""}),
        "body": (Text, {"default": ""}),
        "state": (Varchar, {"length": 40, "default": "published"}),
        "published_at": (Timestamptz, {"default": None}),
        "published_by": _to(Account, null=True),
    },
    "Round": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "code": (Varchar, {"length": 40, "default": "", "unique": True}),
        "name_zh": (Varchar, {"length": 120, "default": ""}),
        "name_en": (Varchar, {"length": 120, "default": ""}),
        "visit_kind": (Varchar, {"length": 40, "default": "mystery_visit"}),
        "starts_on": (Date, {"default": None}),
        "ends_on": (Date, {"default": None}),
        "state": (Varchar, {"length": 40, "default": "open"}),
        "min_visits": (Integer, {"default": 1}),
        "disclose_day": (Boolean, {"default": False}),
        "previous": _to("self", on_update=OnUpdate.cascade, null=True),
        "created_at": (Timestamptz, {"default": None}),
    },
    "RoundRubric": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "round": _to(Round, index=True),
        "store_kind": (Varchar, {"length": 40, "default": ""}),
        "rubric_version": _to(RubricVersion),
    },
    "Assignment": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "round": _to(Round),
        "store": _to(Store, index=True),
        "inspector": _to(Account, index=True),
        "rubric_version": _to(RubricVersion),
        "window_from": (Date, {"default": None}),
        "window_to": (Date, {"default": None}),
        "cover": (Varchar, {"length": 120, "default": ""}),
        "state": (Varchar, {"length": 40, "default": "open"}),
        "created_at": (Timestamptz, {"default": None}),
    },
    "Visit": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "assignment": _to(Assignment, index=True),
        "round": _to(Round),
        "store": _to(Store, index=True),
        "inspector": _to(Account, index=True),
        "rubric_version": _to(RubricVersion),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "attempt": (Integer, {"default": 1}),
        "content_hash": (Varchar, {"length": 64, "default": ""}),
        "state": (Varchar, {"length": 40, "default": "submitted"}),
        "complete": (Boolean, {"default": False}),
        "total": (BigInt, {"default": None, "null": True}),
        "ordering": (BigInt, {"default": None, "null": True}),
        "lost": (BigInt, {"default": 0}),
        "outcome": (Varchar, {"length": 40, "default": ""}),
        "band": (Varchar, {"length": 40, "default": ""}),
        "rankable": (Boolean, {"default": True}),
        "flags": (Text, {"default": "[]"}),
        "started_at": (Timestamptz, {"default": None, "null": True}),
        "ended_at": (Timestamptz, {"default": None, "null": True}),
        "sent_at": (Timestamptz, {"default": None, "null": True}),
        "clock_offset_ms": (BigInt, {"default": 0}),
        "received_at": (Timestamptz, {"default": None}),
        "reviewed_by": _to(Account, null=True),
        "reviewed_at": (Timestamptz, {"default": None, "null": True}),
        "published_at": (Timestamptz, {"default": None, "null": True}),
    },
    "Submission": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit": _to(Visit),
        "attempt": (Integer, {"default": 1}),
        "content_hash": (Varchar, {"length": 64, "default": ""}),
        "body": (Text, {"default": ""}),
        "receipt": (Text, {"default": ""}),
        "account": _to(Account),
        "received_at": (Timestamptz, {"default": None}),
    },
    "Draft": {
        "visit_id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "account": _to(Account, index=True),
        "assignment": _to(Assignment),
        "owner": (Varchar, {"length": 64, "default": ""}),
        "created_at": (Timestamptz, {"default": None}),
    },
    "DraftCopy": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit_id": _to(Draft),
        "device": (Varchar, {"length": 64, "default": ""}),
        "account": _to(Account, index=True),
        "attempt": (Integer, {"default": 1}),
        "saves": (BigInt, {"default": 0}),
        "app": (Varchar, {"length": 40, "default": ""}),
        "changed_at": (Timestamptz, {"default": None}),
        "received_at": (Timestamptz, {"default": None}),
        "content_hash": (Varchar, {"length": 64, "default": ""}),
        "photo_count": (Integer, {"default": 0}),
        "photos": (Text, {"default": "[]"}),
        "session": (Varchar, {"length": 36, "default": ""}),
        "discarded_at": (Timestamptz, {"default": None, "null": True}),
        "body": (Bytea, {"default": b""}),
    },
    "Parked": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit_id": (Varchar, {"length": 36, "default": "", "index": True}),
        "attempt": (Integer, {"default": 1}),
        "assignment_id": (Varchar, {"length": 36, "default": ""}),
        "content_hash": (Varchar, {"length": 64, "default": ""}),
        "code": (Varchar, {"length": 120, "default": ""}),
        "faults": (Text, {"default": "[]"}),
        "body": (Bytea, {"default": b""}),
        "account": _to(Account, index=True),
        "received_at": (Timestamptz, {"default": None}),
        "settled_at": (Timestamptz, {"default": None, "null": True}),
        "settled_by": _to(Account, null=True),
        "settlement": (Varchar, {"length": 40, "default": None, "null": True}),
        "note": (Text, {"default": ""}),
    },
    "VisitAnswer": {
        "id": (BigSerial, {"primary_key": True}),
        "visit": _to(Visit),
        "item": (Varchar, {"length": 40, "default": ""}),
        "section": (Varchar, {"length": 40, "default": ""}),
        "verdict": (Varchar, {"length": 40, "default": ""}),
        "full": (BigInt, {"default": 0}),
        "lost": (BigInt, {"default": 0}),
        "severity": (Varchar, {"length": 40, "default": "general"}),
        "body": (Text, {"default": "{}"}),
    },
    "VisitSection": {
        "id": (BigSerial, {"primary_key": True}),
        "visit": _to(Visit, index=True),
        "section": (Varchar, {"length": 40, "default": ""}),
        "position": (Integer, {"default": 0}),
        "full": (BigInt, {"default": 0}),
        "applicable": (BigInt, {"default": 0}),
        "lost": (BigInt, {"default": 0}),
        "score": (BigInt, {"default": None, "null": True}),
    },
    "VisitScorecard": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit": _to(Visit),
        "attempt": (Integer, {"default": 1}),
        "revision": (Integer, {"default": 1}),
        "inputs_digest": (Varchar, {"length": 64, "default": ""}),
        "body": (Text, {"default": ""}),
        "scored_at": (Timestamptz, {"default": None}),
    },
    "Photo": {
        "sha256": (Varchar, {"length": 64, "default": None, "primary_key": True}),
        "account": _to(Account),
        "size": (BigInt, {"default": 0}),
        "state": (Varchar, {"length": 40, "default": "receiving"}),
        "width": (Integer, {"default": None, "null": True}),
        "height": (Integer, {"default": None, "null": True}),
        "evidence_sha256": (Varchar, {"length": 64, "default": None, "null": True}),
        "print_sha256": (Varchar, {"length": 64, "default": None, "null": True}),
        "thumb_sha256": (Varchar, {"length": 64, "default": None, "null": True}),
        "refusal": (Varchar, {"length": 120, "default": ""}),
        "created_at": (Timestamptz, {"default": None}),
        "completed_at": (Timestamptz, {"default": None, "null": True}),
    },
    "VisitPhoto": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit": _to(Visit, index=True),
        "item": (Varchar, {"length": 40, "default": ""}),
        "position": (Integer, {"default": 0}),
        "sha256": (Varchar, {"length": 64, "default": "", "index": True}),
        "origin": (Varchar, {"length": 40, "default": "camera"}),
        "taken_at": (Timestamptz, {"default": None, "null": True}),
        "marked_from": (Varchar, {"length": 64, "default": None, "null": True}),
    },
    "Review": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit": _to(Visit, index=True),
        "attempt": (Integer, {"default": 1}),
        "reviewer": _to(Account),
        "decision": (Varchar, {"length": 40, "default": ""}),
        "reason": (Text, {"default": ""}),
        "decided_at": (Timestamptz, {"default": None}),
    },
    "Standing": {
        "id": (BigSerial, {"primary_key": True}),
        "round": _to(Round),
        "store": _to(Store, index=True),
        "store_kind": (Varchar, {"length": 40, "default": ""}),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "branch_path": (Varchar, {"length": 80, "default": ""}),
        "store_code": (Varchar, {"length": 40, "default": ""}),
        "visits": (Integer, {"default": 0}),
        "score_sum": (BigInt, {"default": 0}),
        "score": (BigInt, {"default": None, "null": True}),
        "rank_key": (BigInt, {"default": None, "null": True}),
        "tie_key": (BigInt, {"default": 0}),
        "previous_key": (BigInt, {"default": None, "null": True}),
        "previous_score": (BigInt, {"default": None, "null": True}),
        "full": (BigInt, {"default": 0}),
        "lost": (BigInt, {"default": 0}),
        "vetoed": (Boolean, {"default": False}),
        "major_losses": (Integer, {"default": 0}),
        "unranked_why": (Varchar, {"length": 40, "default": ""}),
        "sections": (Text, {"default": "[]"}),
        "updated_at": (Timestamptz, {"default": None}),
    },
    "Notice": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "visit": _to(Visit, index=True),
        "round": _to(Round, index=True),
        "store": _to(Store, index=True),
        "store_kind": (Varchar, {"length": 40, "default": ""}),
        "region_path": (Varchar, {"length": 80, "default": ""}),
        "state": (Varchar, {"length": 40, "default": "draft"}),
        "number": (Varchar, {"length": 120, "default": None, "null": True, "unique": True}),
        "demands": (Text, {"default": "[]"}),
        "snapshot": (Text, {"default": None, "null": True}),
        "verify_token": (Varchar, {"length": 64, "default": "", "unique": True}),
        "drafted_by": _to(Account),
        "drafted_at": (Timestamptz, {"default": None}),
        "signed_by": _to(Account, null=True),
        "issued_at": (Timestamptz, {"default": None, "null": True}),
        "delivered_at": (Timestamptz, {"default": None, "null": True}),
        "acknowledged_by": _to(Account, null=True),
        "acknowledged_at": (Timestamptz, {"default": None, "null": True}),
        "first_due_at": (Timestamptz, {"default": None, "null": True}),
        "pdf_sha256": (Varchar, {"length": 64, "default": None, "null": True}),
        "pdf_pages": (Integer, {"default": None, "null": True}),
        "pdf_fault": (Varchar, {"length": 240, "default": ""}),
    },
    "NoticeLine": {
        "id": (Varchar, {"length": 36, "default": None, "primary_key": True}),
        "notice": _to(Notice, index=True),
        "number": (Integer, {"default": 1}),
        "item": (Varchar, {"length": 40, "default": ""}),
        "section": (Varchar, {"length": 40, "default": ""}),
        "severity": (Varchar, {"length": 40, "default": "general"}),
        "lost": (BigInt, {"default": 0}),
        "problem": (Text, {"default": ""}),
        "requirement": (Text, {"default": ""}),
        "responsible": (Varchar, {"length": 120, "default": ""}),
        "hours": (Integer, {"default": 24}),
        "due_at": (Timestamptz, {"default": None, "null": True}),
        "state": (Varchar, {"length": 40, "default": "open"}),
        "photos": (Text, {"default": "[]"}),
    },
    "NoticeCounter": {
        "key": (Varchar, {"length": 120, "default": None, "primary_key": True}),
        "last": (Integer, {"default": 0}),
    },
    "Job": {
        "id": (BigSerial, {"primary_key": True}),
        "kind": (Varchar, {"length": 40, "default": ""}),
        "key": (Varchar, {"length": 120, "default": "", "unique": True}),
        "payload": (Text, {"default": "{}"}),
        "state": (Varchar, {"length": 40, "default": "ready"}),
        "tries": (Integer, {"default": 0}),
        "run_after": (Timestamptz, {"default": None}),
        "lease_until": (Timestamptz, {"default": None, "null": True}),
        "fault": (Text, {"default": ""}),
        "done_steps": (Integer, {"default": 0}),
        "all_steps": (Integer, {"default": 0}),
        "created_at": (Timestamptz, {"default": None}),
        "done_at": (Timestamptz, {"default": None, "null": True}),
    },
    "AuditEvent": {
        "seq": (BigInt, {"default": None, "primary_key": True}),
        "at": (Timestamptz, {"default": None}),
        "actor": (Varchar, {"length": 36, "default": ""}),
        "action": (Varchar, {"length": 120, "default": ""}),
        "noun": (Varchar, {"length": 40, "default": ""}),
        "noun_id": (Varchar, {"length": 64, "default": ""}),
        "body": (Text, {"default": "{}"}),
        "previous_hash": (Varchar, {"length": 64, "default": ""}),
        "hash": (Varchar, {"length": 64, "default": ""}),
    },
    "AuditHead": {
        "id": (Integer, {"default": None, "primary_key": True}),
        "seq": (BigInt, {"default": 0}),
        "hash": (Varchar, {"length": 64, "default": ""}),
    },
}

NAMES = {
    "Region": "region",
    "Store": "store",
    "Account": "account",
    "Session": "session",
    "PushSubscription": "push_subscription",
    "SignInBucket": "sign_in_bucket",
    "RubricVersion": "rubric_version",
    "Round": "round",
    "RoundRubric": "round_rubric",
    "Assignment": "assignment",
    "Visit": "visit",
    "Submission": "submission",
    "Draft": "draft",
    "DraftCopy": "draft_copy",
    "Parked": "parked",
    "VisitAnswer": "visit_answer",
    "VisitSection": "visit_section",
    "VisitScorecard": "visit_scorecard",
    "Photo": "photo",
    "VisitPhoto": "visit_photo",
    "Review": "review",
    "Standing": "standing",
    "Notice": "notice",
    "NoticeLine": "notice_line",
    "NoticeCounter": "notice_counter",
    "Job": "job",
    "AuditEvent": "audit_event",
    "AuditHead": "audit_head",
}

UNIQUE = (
    ("RubricVersion", "one_number_per_code", ["code", "number"]),
    ("RoundRubric", "one_rubric_per_kind", ["round", "store_kind"]),
    ("Submission", "one_content_per_attempt", ["visit", "attempt"]),
    ("DraftCopy", "one_row_per_device", ["visit_id", "device"]),
    ("Parked", "one_row_per_content", ["visit_id", "attempt", "content_hash", "code"]),
    ("VisitScorecard", "one_revision", ["visit", "attempt", "revision"]),
    ("Standing", "one_row_per_store", ["round", "store"]),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    for table, columns in COLUMNS.items():
        manager.add_table(class_name=table, tablename=NAMES[table], schema=None, columns=None)
        for name, (kind, params) in columns.items():
            _add_column(manager, table, name, kind, REPEATED | params)
    for table, name, members in UNIQUE:
        manager.add_constraint(
            table_class_name=table,
            tablename=NAMES[table],
            constraint_name=name,
            constraint_class=Unique,
            params={"columns": members, "nulls_distinct": True},
            schema=None,
        )
    return manager


def _add_column(manager, table, name, kind, params):
    manager.add_column(
        table_class_name=table,
        tablename=NAMES[table],
        column_name=name,
        db_column_name=name,
        column_class_name=kind.__name__,
        column_class=kind,
        params=params,
        schema=None,
    )
