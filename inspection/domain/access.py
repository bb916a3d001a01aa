"""The one place permission is decided: may(actor, action, place). Silence means no."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

import msgspec

from inspection.domain.action import Action as Action
from inspection.domain.org.region_path import lies_in

AccountId = NewType("AccountId", str)
StoreId = NewType("StoreId", str)


class Role(StrEnum):
    """What a person is here for; one account has one role."""

    INSPECTOR = "inspector"
    STORE_STAFF = "store_staff"
    REGIONAL_MANAGER = "regional_manager"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asking. `region_path` is "/62/6201/" for a branch, "/62/" for the province.
    `proved_at` is when a browser's person last gave password or code; None without a browser.
    """

    account: AccountId
    role: Role
    name: str
    region_path: str = ""
    store: StoreId | None = None
    language: str = "zh-CN"
    proved_at: datetime | None = None


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

_VERIFYING = frozenset(
    {Action.RECTIFICATION_READ, Action.RECTIFICATION_VERIFY, Action.OVERDUE_READ}
)
"""Seeing to it that what was found is mended; never somebody of the store itself."""

_REPORTING = frozenset({Action.BULLETIN_READ, Action.BULLETIN_EDIT})
"""Drafting and publishing issues about one's own part of the tree."""

_SIGNED_IN = frozenset(
    {
        Action.SESSION_READ,
        Action.SESSION_CLOSE,
        Action.LANGUAGE_CHOOSE,
        Action.SELF_READ,
        Action.SELF_EDIT,
        Action.INBOX_READ,
        Action.INBOX_MARK,
        Action.PUSH_SUBSCRIBE,
        Action.APPEAL_READ,
        Action.APPEAL_SAY,
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
    },
    Role.STORE_STAFF: _SIGNED_IN
    | {
        Action.NOTICE_READ,
        Action.NOTICE_ACKNOWLEDGE,
        Action.RECTIFICATION_REPLY,
        Action.PHOTO_SEND,
        Action.APPEAL_FILE,
    },
    Role.REGIONAL_MANAGER: _SIGNED_IN
    | _PLANS
    | _PLANNING
    | _VERIFYING
    | _REPORTING
    | {
        Action.NOTICE_URGE,
        Action.TOKEN_EDIT,
        Action.EXPORT_SCHEDULE,
        Action.RUBRIC_BROWSE,
        Action.RANKING_READ,
        Action.STORE_READ,
        Action.REGION_READ,
        Action.NOTICE_READ,
        Action.NOTICE_EDIT,
        Action.NOTICE_SIGN,
        Action.NOTICE_DELIVER,
        Action.REGISTER_READ,
        Action.APPEAL_ADVISE,
    },
    Role.REVIEWER: _SIGNED_IN
    | _VERIFYING
    | {
        Action.BULLETIN_READ,
        Action.TOKEN_EDIT,
        Action.EXPORT_SCHEDULE,
        Action.RUBRIC_READ,
        Action.RUBRIC_BROWSE,
        Action.RUBRIC_DRAFT_READ,
        Action.RUBRIC_DRAFT_DECIDE,
        Action.VISIT_READ,
        Action.VISIT_REVIEW,
        Action.RELEASE_READ,
        Action.PHOTO_READ,
        Action.RANKING_READ,
        Action.CALIBRATION_READ,
        Action.STORE_READ,
        Action.NOTICE_READ,
        Action.NOTICE_EDIT,
        Action.APPEAL_DECIDE,
    },
    Role.ADMINISTRATOR: _SIGNED_IN
    | _PLANS
    | _PLANNING
    | _VERIFYING
    | _REPORTING
    | {
        Action.NOTICE_URGE,
        Action.CHANNEL_EDIT,
        Action.TOKEN_EDIT,
        Action.EXPORT_SCHEDULE,
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
        Action.CALIBRATION_READ,
        Action.STORE_READ,
        Action.STORE_EDIT,
        Action.REGION_READ,
        Action.REGION_EDIT,
        Action.NOTICE_READ,
        Action.NOTICE_EDIT,
        Action.NOTICE_SIGN,
        Action.NOTICE_DELIVER,
        Action.REGISTER_READ,
        Action.ISSUER_EDIT,
        Action.APPEAL_DECIDE,
        Action.INSPECTOR_NAME,
        Action.INSPECTOR_EDIT,
        Action.PARKED_READ,
        Action.PARKED_SETTLE,
        Action.IMPORT_READ,
        Action.IMPORT_EDIT,
        Action.AUDIT_READ,
        Action.AUDIT_VERIFY,
        Action.RELEASE_READ,
        Action.RELEASE_RUN,
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
    path, own = place.region_path, actor.region_path
    return path is not None and bool(own) and lies_in(path, own)
