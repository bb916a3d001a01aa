"""Notices by what people do with them. Staff and stores go the same ways and get other structs."""

from inspection.domain.access import Actor, Role
from inspection.domain.deadline import SHANGHAI
from inspection.domain.refusals import NotFound
from inspection.persistence import notices
from inspection.services.notice_details import notice_detail
from inspection.services.notice_editing import edit_notice
from inspection.services.notice_list import staff_notice_list
from inspection.services.notice_prints import notice_pdf, notice_photo, print_again
from inspection.services.notice_results import (
    NoticeDetail,
    NoticeList,
    NoticesAsked,
    StoreNotice,
    StoreNoticeList,
    VerifiedNotice,
)
from inspection.services.notice_signing import frozen, sign_notice
from inspection.services.notice_wording import says_already
from inspection.services.store_notices import acknowledge_notice, store_notice, store_notice_list
from inspection.services.tools import Tools

__all__ = [
    "acknowledge_notice",
    "edit_notice",
    "notice_list",
    "notice_of",
    "notice_pdf",
    "notice_photo",
    "print_again",
    "says_already",
    "sign_notice",
    "verify_notice",
]

EVERYTHING = NoticesAsked()


async def notice_list(
    tools: Tools, actor: Actor, asked: NoticesAsked = EVERYTHING
) -> NoticeList | StoreNoticeList:
    """The caller's notices: a page of a round's for the staff, its own for a store."""
    if actor.role is Role.STORE_STAFF:
        return await store_notice_list(tools, actor)
    return await staff_notice_list(tools, actor, asked)


async def notice_of(tools: Tools, actor: Actor, notice: str) -> NoticeDetail | StoreNotice:
    """One notice. A store gets the allow-listed struct, and its first look delivers the notice."""
    if actor.role is Role.STORE_STAFF:
        return await store_notice(tools, actor, notice)
    return await notice_detail(actor, notice)


async def verify_notice(token: str) -> VerifiedNotice:
    """What anybody may learn from the code on paper. Raises NotFound."""
    row = await notices.find_by_token(token)
    said = frozen(row) if row else None
    if said is None:
        raise NotFound(noun="notice")
    return VerifiedNotice(
        number=said.number,
        issuer=said.issuer,
        issued_on=said.issued_at.astimezone(SHANGHAI).date(),
        check=said.check,
    )
