"""A store's own notices, for its phones: everything in them was copied from an allow-list."""

import hashlib
from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action, Role
from inspection.domain.rectifications.rectification import Progress
from inspection.domain.refusals import NotAllowed
from inspection.persistence.org.store_changes import NoticeChanges
from inspection.services.notices.store_notice_results import StoreNotice, StoreNoticeItem
from inspection.services.notices.store_notices import store_notice, store_notice_list
from inspection.services.rectifications.store_follow import (
    LineFollow,
    changes_of_notices,
    follow_lines,
)
from inspection.web.api.tagged import tagged
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of

_VERSION_SIGNS = 16


class StoreNoticeListedOut(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in its store's list. `progress` is what its lines wait for, `settled` how many wait
    for nothing. Another `version` says that its page has changed. Whether it
    is overdue is for the phone to say, which goes on knowing the time.
    """

    id: str
    number: str
    state: str
    title: str
    round_name: str
    issued_at: datetime
    score: str
    lost: str
    lines: int
    settled: int
    progress: Progress
    first_due_at: datetime
    pdf_ready: bool
    version: str


class StoreNoticesOut(msgspec.Struct, frozen=True):
    """The store's notices, latest first."""

    notices: tuple[StoreNoticeListedOut, ...]


class StoreNoticeOut(StoreNotice, frozen=True, kw_only=True):
    """A notice with what has become of its lines."""

    follow: tuple[LineFollow, ...]


@get("/api/store-notices", opt=needs(Action.NOTICE_READ))
async def list_store_notices(request: WebRequest) -> Response[StoreNoticesOut | None]:
    """What was issued to the caller's store."""
    _check_is_of_a_store(request)
    found = await store_notice_list(tools_of(request), actor_of(request))
    changes = await changes_of_notices(actor_of(request))
    return tagged(
        request, StoreNoticesOut(tuple(_listed(item, changes.get(item.id)) for item in found.rows))
    )


@get("/api/store-notices/{id:str}", opt=needs(Action.NOTICE_READ))
async def read_store_notice(
    request: WebRequest, id: FromPath[str]
) -> Response[StoreNoticeOut | None]:
    """One notice, line by line. Reaching the store's phone delivers it."""
    _check_is_of_a_store(request)
    tools, actor = tools_of(request), actor_of(request)
    notice = await store_notice(tools, actor, id)
    follow = await follow_lines(tools, actor, id, tuple(line.no for line in notice.lines))
    said = {field: getattr(notice, field) for field in notice.__struct_fields__}
    return tagged(request, StoreNoticeOut(**said, follow=follow))


def _check_is_of_a_store(request: WebRequest) -> None:
    # The staff read notices on pages, by other structs.
    if actor_of(request).role is not Role.STORE_STAFF:
        raise NotAllowed


def _listed(item: StoreNoticeItem, changes: NoticeChanges | None) -> StoreNoticeListedOut:
    facts = {
        name: getattr(item, name)
        for name in StoreNoticeListedOut.__struct_fields__
        if name != "version"
    }
    content = msgspec.json.encode((facts, changes))
    version = hashlib.sha256(content).hexdigest()[:_VERSION_SIGNS]
    return StoreNoticeListedOut(**facts, version=version)


ROUTES = [list_store_notices, read_store_notice]
