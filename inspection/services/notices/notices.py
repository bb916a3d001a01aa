"""Notices by what people do with them. Staff and stores go the same ways and get other structs."""

from inspection.domain.access import Actor, Role
from inspection.services.notices.notice_details import notice_detail
from inspection.services.notices.notice_editing import edit_notice
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticeList, NoticesAsked
from inspection.services.notices.notice_prints import notice_pdf, notice_photo, print_again
from inspection.services.notices.notice_results import NoticeDetail
from inspection.services.notices.notice_signing import send_notice_back, sign_notice, submit_notice
from inspection.services.notices.notice_wording import says_already
from inspection.services.notices.store_notice_results import StoreNotice, StoreNoticeList
from inspection.services.notices.store_notices import (
    acknowledge_notice,
    store_notice,
    store_notice_list,
)
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
    "send_notice_back",
    "sign_notice",
    "submit_notice",
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
    return await notice_detail(tools, actor, notice)
