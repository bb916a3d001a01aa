"""Every route and what stands in its path. A route without a row here fails the test: whoever adds
one says which thing it is about (a noun of `world.MAKERS`; None when the path names none) and, for
a change, the body a page or a phone would really send, so that only the place can be refused.
"""

from typing import Any, NamedTuple

from inspection.domain.access import Role
from tests.submissions import VISIT


class Row(NamedTuple):
    """What a route is about. `body` goes as a form to pages and as JSON to `/api`; `fine` are the
    statuses a reader who may look gets; `never` are roles that hold the action for another route.
    """

    thing: str | None
    body: dict[str, Any] | None = None
    fine: tuple[int, ...] = (200,)
    never: tuple[Role, ...] = ()


NOTHING: dict[str, Any] = {}
SCHEDULED = {
    "code": "x",
    "zh": "x",
    "en": "x",
    "kind": "self_check",
    "starts_on": "2030-01-01",
    "recurrence": "monthly",
    "days": 28,
    "ahead": 14,
    "min_visits": 1,
    "store_kind": "storefront",
    "seen": 1,
}
ASKED = {"asked": "yes"}
PERSON = {"name": "x", "role": "regional_manager", "region": "620100", "seen": "x"}
AMENDED = {"zh": "x", "en": "x", "ends_on": "2030-01-02"}
REVISED = AMENDED | {
    "code": "x",
    "kind": "self_check",
    "starts_on": "2030-01-01",
    "min_visits": 1,
    "seen": 1,
}
STORE: dict[str, Any] = {"name": "x", "kind": "storefront", "ownership": "own"}
NEW_STORE: dict[str, Any] = {**STORE, "code": "LZ-0099", "region": "620102"}

PLANNED = {
    "visits": 1,
    "per_round": 9,
    "per_day": 2,
    "lockout_days": 0,
    "former_days": 0,
    "per_store_day": 1,
    "balance_km": 1,
    "seed": 1,
    "seen": 0,
}

ROWS: dict[str, Row] = {
    "GET /": Row(None, fine=(303,)),
    "GET /api/assignments": Row(None),
    "GET /api/drafts": Row(None),
    "PUT /api/drafts/{visit:str}/owner": Row("draft", {"device": "phone-1"}),
    "DELETE /api/drafts/{visit:str}/{device:str}": Row("draft", NOTHING),
    "GET /api/drafts/{visit:str}/{device:str}": Row("draft"),
    "PUT /api/drafts/{visit:str}/{device:str}": Row("draft", NOTHING),
    "GET /api/parked": Row(None),
    "GET /api/parked/{id:str}": Row("parked"),
    "POST /api/parked/{id:str}/settled": Row("parked", {"settlement": "noted", "note": "x"}),
    "GET /api/photos/{sha256:str}": Row("photo"),
    "HEAD /api/photos/{sha256:str}": Row("photo"),
    "PATCH /api/photos/{sha256:str}": Row("photo", NOTHING),
    "GET /api/push-key": Row(None),
    "DELETE /api/push-subscription": Row(None, NOTHING),
    "PUT /api/push-subscription": Row(None, NOTHING),
    "GET /api/rubric-drafts/{id:str}": Row("rubric draft"),
    "PUT /api/rubric-drafts/{id:str}": Row("rubric draft", {"seen": 0, "document": {"code": "X"}}),
    "POST /api/rubric-drafts/{id:str}/checks": Row("rubric draft", {"document": {}}),
    "POST /api/rubric-drafts/{id:str}/trials": Row("rubric draft", {"document": {}, "answers": []}),
    "POST /api/rubric-drafts/{id:str}/photos": Row("rubric draft", NOTHING),
    "GET /api/rubric-photos/{sha256:str}": Row("rubric photo"),
    "GET /rubrics/photos/{name:str}": Row("rubric photo"),
    "GET /rubric-drafts/{id:str}/preview": Row("rubric draft"),
    "GET /api/rubrics/{digest:str}": Row("rubric"),
    "GET /api/schema": Row(None),
    "DELETE /api/session": Row(None, NOTHING),
    "GET /api/session": Row(None),
    "PUT /api/session/language": Row(None, {"language": "en"}),
    "POST /api/sessions": Row(None, NOTHING),
    "GET /api/visitor": Row(None),
    "GET /api/visits": Row(None),
    "GET /api/visits/{id:str}": Row("visit"),
    "PUT /api/visits/{id:str}/attempts/{attempt:int}": Row("visit", {"visit": VISIT}),
    "GET /app": Row(None),
    "GET /audit": Row(None),
    "POST /audit/checks": Row(None, {"part": "whole"}),
    "GET /evidence/{id:str}/{name:str}": Row("visit"),
    "GET /healthz": Row(None),
    "GET /invitations/{token:str}": Row(None),
    "POST /invitations/{token:str}": Row(None, NOTHING),
    "GET /me": Row(None),
    "POST /me/ended-sessions": Row(None, {"session": "others"}),
    "POST /me/language": Row(None, {"language": "en"}),
    "POST /me/password": Row(None, {"old": "x", "password": "x", "password_again": "x"}),
    "GET /me/second-step": Row(None),
    "POST /me/second-step": Row(None, {"password": "x"}),
    "POST /me/second-step/confirmations": Row(None, {"code": "x"}),
    "POST /me/second-step/endings": Row(None, {"password": "x"}),
    "POST /me/second-step/recovery-codes": Row(None, {"code": "x"}),
    "GET /import-templates/{noun:str}": Row("import template"),
    "GET /imports": Row(None),
    "POST /imports": Row(None, NOTHING, fine=(415,)),
    "GET /imports/{id:str}": Row("import"),
    "GET /imports/{id:str}/failed-rows": Row("import"),
    "POST /imports/{id:str}/undoings": Row("import", {"part": "whole"}),
    "POST /imports/{id:str}/writings": Row("import", {"part": "right"}),
    "GET /inspectors/{id:str}": Row("inspector"),
    "POST /inspectors/{id:str}": Row("inspector", {"seen": "x"}),
    "GET /more": Row(None),
    "GET /notices": Row(None),
    "GET /notices/{id:str}": Row("notice"),
    "POST /notices/{id:str}/acknowledgements": Row("notice", NOTHING),
    "POST /notices/{id:str}/lines": Row(
        "notice",
        {
            "number": 1,
            "problem": "x",
            "requirement": "x",
            "responsible": "x",
            "hours": 24,
            "seen": "x",
        },
    ),
    "GET /notices/{id:str}/notice.pdf": Row("notice"),
    "GET /notices/{id:str}/photos/{name:str}": Row("notice"),
    "POST /notices/{id:str}/prints": Row("notice", NOTHING),
    "POST /notices/{id:str}/signatures": Row("notice", NOTHING),
    "GET /parked": Row(None),
    "GET /parked/{id:str}": Row("parked"),
    "POST /parked/{id:str}/settled": Row("parked", {"settlement": "noted", "note": "x"}),
    "GET /people": Row(None),
    "POST /people": Row(None, NOTHING),
    "GET /people/new": Row(None),
    "GET /people/{id:str}": Row("person"),
    "POST /people/{id:str}/details": Row("person", PERSON),
    "POST /people/{id:str}/disabling": Row("person", ASKED),
    "POST /people/{id:str}/enabling": Row("person", ASKED),
    "POST /people/{id:str}/ended-sessions": Row("person", {"session": "all"}),
    "POST /people/{id:str}/invitations": Row("person", ASKED),
    "POST /people/{id:str}/lost-phones": Row("person", ASKED),
    "POST /people/{id:str}/second-step-resets": Row("person", ASKED),
    "POST /people/{id:str}/units": Row("person", {"seen": "x"}),
    "GET /ranking": Row(None),
    "GET /ranking.csv": Row(None),
    "GET /rescores": Row(None),
    "POST /rescores": Row(None, NOTHING),
    "GET /rescores/new": Row(None),
    "GET /rescores/{id:str}": Row("rescore"),
    "POST /rescores/{id:str}/cancellations": Row("rescore", NOTHING),
    "POST /rescores/{id:str}/confirmations": Row("rescore", {"seen": "x", "reason": "x"}),
    "POST /rescores/{id:str}/resumptions": Row("rescore", NOTHING),
    "GET /rounds": Row(None),
    "POST /rounds": Row(None, NOTHING),
    "GET /rounds/new": Row(None),
    "GET /rounds/{code:str}": Row("round"),
    "POST /rounds/{code:str}/amendments": Row("round", AMENDED),
    "GET /rounds/{code:str}/assignments": Row("round"),
    "POST /rounds/{code:str}/assignments/cancellations": Row("round", {"reason": "x"}),
    "POST /rounds/{code:str}/assignments/extensions": Row("round", {"until": "2030-01-01"}),
    "POST /rounds/{code:str}/assignments/reassignments": Row("round", {"inspector": "x"}),
    "GET /rounds/{code:str}/coverage": Row("round"),
    "POST /rounds/{code:str}/decisions": Row("round", {"verdict": "vetoed", "seen": 1}),
    "GET /rounds/{code:str}/edit": Row("round"),
    "POST /rounds/{code:str}/locks": Row("round", NOTHING),
    "GET /rounds/{code:str}/plan": Row("round"),
    "POST /rounds/{code:str}/plan": Row("round", PLANNED),
    "POST /rounds/{code:str}/plan/assignments": Row("round", {"proposal": "x", "seen": 1}),
    "POST /rounds/{code:str}/plan/discards": Row("round", {"proposal": "x", "seen": 1}),
    "GET /rounds/{code:str}/plan/visits/{id:str}": Row("planned visit"),
    "POST /rounds/{code:str}/plan/visits/{id:str}": Row("planned visit", {"seen": "x"}),
    "POST /rounds/{code:str}/recalls": Row("round", NOTHING),
    "POST /rounds/{code:str}/revisions": Row("round", REVISED),
    "POST /rounds/{code:str}/submissions": Row("round", {"seen": 1}),
    "POST /rounds/{code:str}/unlocks": Row("round", {"reason": "x"}),
    "GET /rubric-comparisons": Row(None),
    "GET /rubric-drafts": Row(None),
    "POST /rubric-drafts": Row(None, NOTHING),
    "GET /rubric-drafts/new": Row(None),
    "POST /rubric-drafts/files": Row(None, NOTHING),
    "GET /rubric-drafts/{id:str}": Row("rubric draft"),
    "GET /rubric-drafts/{id:str}/approval": Row("rubric draft"),
    "POST /rubric-drafts/{id:str}/bases": Row("rubric draft", {"seen": 0}),
    "POST /rubric-drafts/{id:str}/decisions": Row(
        "rubric draft", {"decision": "veto", "seen": 0, "reason": "x"}
    ),
    "POST /rubric-drafts/{id:str}/discards": Row("rubric draft", {"seen": 0}),
    "POST /rubric-drafts/{id:str}/publications": Row("rubric draft", NOTHING),
    "POST /rubric-drafts/{id:str}/recalls": Row("rubric draft", NOTHING),
    "GET /rubric-drafts/{id:str}/scorecard.toml": Row("rubric draft"),
    "GET /rubric-drafts/{id:str}/scorecard.xlsx": Row("rubric draft"),
    "POST /rubric-drafts/{id:str}/submissions": Row("rubric draft", {"seen": 0}),
    "GET /rubrics": Row(None),
    "GET /rubrics/versions/{digest:str}": Row("rubric"),
    "GET /rubrics/versions/{digest:str}/scorecard.toml": Row("rubric"),
    "GET /rubrics/versions/{digest:str}/scorecard.xlsx": Row("rubric"),
    "POST /rubrics/versions/{digest:str}/withdrawals": Row("rubric in use", {"reason": "x"}),
    "GET /rubrics/{code:str}": Row("rubric"),
    "GET /schedules": Row(None),
    "POST /schedules": Row(None, NOTHING),
    "GET /schedules/new": Row(None),
    "GET /schedules/{code:str}": Row("schedule"),
    "POST /schedules/{code:str}/pauses": Row("schedule", {"running": "paused"}),
    "POST /schedules/{code:str}/revisions": Row("schedule", SCHEDULED),
    "GET /sign-in": Row(None),
    "POST /sign-in": Row(None, NOTHING),
    "GET /sign-in/code": Row(None, fine=(303,)),
    "POST /sign-in/code": Row(None, NOTHING),
    "POST /sign-out": Row(None, NOTHING),
    "GET /static": Row(None),
    "GET /regions": Row(None),
    "POST /regions": Row(
        None, {"code": "620199", "name_zh": "某区", "name_en": "Some", "parent": "620100"}
    ),
    "GET /regions/{code:str}": Row("region"),
    "POST /regions/{code:str}/closings": Row("region", {"reason": "x", "seen": "x"}),
    "POST /regions/{code:str}/moves": Row("region", {"parent": "620500", "seen": "x"}),
    "POST /regions/{code:str}/names": Row(
        "region", {"name_zh": "某区", "name_en": "Some", "seen": "x"}
    ),
    "POST /regions/{code:str}/reopenings": Row("region", {"seen": "x"}),
    "GET /new-store": Row(None),
    "GET /stores": Row(None),
    "POST /stores": Row(None, NEW_STORE),
    "GET /stores/{code:str}": Row("store"),
    "POST /stores/{code:str}/closings": Row(
        "store", {"on": "2026-11-18", "reason": "x", "seen": "x"}
    ),
    "POST /stores/{code:str}/moves": Row("store", {"region": "620105", "seen": "x"}),
    "GET /stores/{code:str}/record": Row("store"),
    "POST /stores/{code:str}/record": Row("store", {**STORE, "seen": "x"}),
    "POST /stores/{code:str}/reopenings": Row("store", {"seen": "x"}),
    "GET /verify/{token:str}": Row(None),
    "GET /visits": Row(None),
    "GET /visits/{id:str}": Row("visit", never=(Role.INSPECTOR,)),
    "GET /visits/{id:str}/scores/{attempt:int}/{revision:int}": Row(
        "visit", never=(Role.INSPECTOR,)
    ),
    "POST /visits/{id:str}/reviews": Row(
        "visit", {"attempt": 1, "decision": "return", "reason": "照片看不清"}
    ),
}
