"""The one place permission is decided: may(actor, action, place). Silence means no."""

from enum import StrEnum
from typing import NewType

import msgspec

from inspection.domain.region_path import lies_in

AccountId = NewType("AccountId", str)
StoreId = NewType("StoreId", str)


class Role(StrEnum):
    """What a person is here for; one account has one role."""

    INSPECTOR = "inspector"
    STORE_STAFF = "store_staff"
    REGIONAL_MANAGER = "regional_manager"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a route does, noun first. Every route declares exactly one."""

    SESSION_OPEN = "session.open"
    SESSION_READ = "session.read"
    SESSION_CLOSE = "session.close"
    LANGUAGE_CHOOSE = "language.choose"
    SELF_READ = "self.read"
    SELF_EDIT = "self.edit"
    ACCOUNT_READ = "account.read"
    ACCOUNT_EDIT = "account.edit"
    ASSIGNMENT_READ = "assignment.read"
    RUBRIC_READ = "rubric.read"
    RUBRIC_BROWSE = "rubric.browse"
    RUBRIC_WITHDRAW = "rubric.withdraw"
    RUBRIC_DRAFT_READ = "rubric_draft.read"
    RUBRIC_DRAFT_EDIT = "rubric_draft.edit"
    RUBRIC_DRAFT_DECIDE = "rubric_draft.decide"
    VISIT_SUBMIT = "visit.submit"
    VISIT_READ = "visit.read"
    VISIT_REVIEW = "visit.review"
    DRAFT_KEEP = "draft.keep"
    PHOTO_SEND = "photo.send"
    PHOTO_READ = "photo.read"
    PUSH_SUBSCRIBE = "push.subscribe"
    RANKING_READ = "ranking.read"
    STORE_READ = "store.read"
    STORE_EDIT = "store.edit"
    REGION_READ = "region.read"
    REGION_EDIT = "region.edit"
    NOTICE_READ = "notice.read"
    NOTICE_EDIT = "notice.edit"
    NOTICE_SIGN = "notice.sign"
    NOTICE_ACKNOWLEDGE = "notice.acknowledge"
    ROUND_READ = "round.read"
    ROUND_EDIT = "round.edit"
    ROUND_DECIDE = "round.decide"
    ROUND_LOCK = "round.lock"
    ASSIGNMENT_EDIT = "assignment.edit"
    SCHEDULE_EDIT = "schedule.edit"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    INSPECTOR_NAME = "inspector.name"
    INSPECTOR_EDIT = "inspector.edit"
    PARKED_READ = "parked.read"
    PARKED_SETTLE = "parked.settle"
    IMPORT_READ = "import.read"
    IMPORT_EDIT = "import.edit"
    AUDIT_READ = "audit.read"
    AUDIT_VERIFY = "audit.verify"
    RESCORE_READ = "rescore.read"
    RESCORE_RUN = "rescore.run"
    PUBLIC = "public"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asking. `region_path` is "/62/6201/" for a branch, "/62/" for the province."""

    account: AccountId
    role: Role
    name: str
    region_path: str = ""
    store: StoreId | None = None
    language: str = "zh-CN"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the thing asked for is. Unknown parts stay None and grant nothing."""

    region_path: str | None = None
    store: StoreId | None = None
    inspector: AccountId | None = None


ANYWHERE = Place()

_PLANS = frozenset(
    {Action.ROUND_READ, Action.ROUND_EDIT, Action.ASSIGNMENT_EDIT, Action.SCHEDULE_EDIT}
)
"""Rounds of one's own part of the tree, and the visits planned at its stores."""

_PLANNING = frozenset({Action.PLAN_READ, Action.PLAN_EDIT})
"""Proposing who goes where; managers see inspectors by their pseudonyms only."""

_SIGNED_IN = frozenset(
    {
        Action.SESSION_READ,
        Action.SESSION_CLOSE,
        Action.LANGUAGE_CHOOSE,
        Action.SELF_READ,
        Action.SELF_EDIT,
    }
)

GRANTS: dict[Role, frozenset[Action]] = {
    Role.INSPECTOR: _SIGNED_IN
    | {
        Action.ASSIGNMENT_READ,
        Action.RUBRIC_READ,
        Action.VISIT_SUBMIT,
        Action.VISIT_READ,
        Action.DRAFT_KEEP,
        Action.PHOTO_SEND,
        Action.PUSH_SUBSCRIBE,
    },
    Role.STORE_STAFF: _SIGNED_IN | {Action.NOTICE_READ, Action.NOTICE_ACKNOWLEDGE},
    Role.REGIONAL_MANAGER: _SIGNED_IN
    | _PLANS
    | _PLANNING
    | {
        Action.RUBRIC_BROWSE,
        Action.RANKING_READ,
        Action.STORE_READ,
        Action.REGION_READ,
        Action.NOTICE_READ,
        Action.NOTICE_EDIT,
        Action.NOTICE_SIGN,
    },
    Role.REVIEWER: _SIGNED_IN
    | {
        Action.RUBRIC_READ,
        Action.RUBRIC_BROWSE,
        Action.RUBRIC_DRAFT_READ,
        Action.RUBRIC_DRAFT_DECIDE,
        Action.VISIT_READ,
        Action.VISIT_REVIEW,
        Action.PHOTO_READ,
        Action.RANKING_READ,
        Action.STORE_READ,
        Action.NOTICE_READ,
        Action.NOTICE_EDIT,
    },
    Role.ADMINISTRATOR: _SIGNED_IN
    | _PLANS
    | _PLANNING
    | {
        Action.ROUND_DECIDE,
        Action.ROUND_LOCK,
        Action.ACCOUNT_READ,
        Action.ACCOUNT_EDIT,
        Action.RUBRIC_READ,
        Action.RUBRIC_BROWSE,
        Action.RUBRIC_WITHDRAW,
        Action.RUBRIC_DRAFT_READ,
        Action.RUBRIC_DRAFT_EDIT,
        Action.RUBRIC_DRAFT_DECIDE,
        Action.VISIT_READ,
        Action.PHOTO_READ,
        Action.RANKING_READ,
        Action.STORE_READ,
        Action.STORE_EDIT,
        Action.REGION_READ,
        Action.REGION_EDIT,
        Action.NOTICE_READ,
        Action.NOTICE_EDIT,
        Action.NOTICE_SIGN,
        Action.INSPECTOR_NAME,
        Action.INSPECTOR_EDIT,
        Action.PARKED_READ,
        Action.PARKED_SETTLE,
        Action.IMPORT_READ,
        Action.IMPORT_EDIT,
        Action.AUDIT_READ,
        Action.AUDIT_VERIFY,
        Action.RESCORE_READ,
        Action.RESCORE_RUN,
    },
}
"""Managers read published results; the visit itself, which knows its inspector, stays with QC."""


def granted(role: Role, action: Action) -> bool:
    """Whether the role includes the action somewhere."""
    return action is Action.PUBLIC or action in GRANTS[role]


def may(actor: Actor, action: Action, place: Place) -> bool:
    """Whether this person may do this here."""
    return granted(actor.role, action) and _reaches(actor, place)


def _reaches(actor: Actor, place: Place) -> bool:
    if place is ANYWHERE:
        return True
    if actor.role is Role.INSPECTOR:
        return place.inspector is not None and place.inspector == actor.account
    if actor.role is Role.STORE_STAFF:
        return place.store is not None and place.store == actor.store
    if place.region_path is None or not actor.region_path:
        return False
    return lies_in(place.region_path, actor.region_path)
