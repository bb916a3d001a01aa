"""What the desk sees of a notice's way to its store."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.notices.notice_state import (
    COUNTS_NO_MORE,
    STORE_SEES,
    NoticeMove,
    allowed,
)
from inspection.persistence.notices import notice_deliveries, notice_links
from inspection.persistence.notices.notice_deliveries import DeliveryListed
from inspection.services.messages.messages import stand_of
from inspection.services.notices.notice_access import reached
from inspection.services.notices.notice_links import DAYS, USUAL_DAYS
from inspection.services.tools import Tools


class LinkShown(msgspec.Struct, frozen=True, kw_only=True):
    """A link without its token. `over` says why it leads nowhere: expired or revoked; `mail` where
    the letter that carries it stands, empty for one that went by hand.
    """

    id: str
    channel: str
    sent_to: str
    made_at: datetime
    expires_at: datetime
    over: str
    reads: int
    mail: str
    mail_code: str
    last_read_at: datetime | None


class DeliveryCard(msgspec.Struct, frozen=True, kw_only=True):
    """The record, the links, and what the caller may do."""

    events: tuple[DeliveryListed, ...]
    links: tuple[LinkShown, ...]
    can_deliver: bool
    can_refuse: bool
    days: tuple[int, ...] = DAYS
    usual: int = USUAL_DAYS


async def delivery_card(tools: Tools, actor: Actor, notice: str) -> DeliveryCard:
    """Everything about the delivery of a notice somebody may read."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    delivers = may(actor, Action.NOTICE_DELIVER, Place(region_path=row.region_path))
    now = tools.now()
    links = await notice_links.links_of(notice) if delivers else ()
    letters = await stand_of(link.id for link in links if link.sent_to)
    return DeliveryCard(
        events=await notice_deliveries.deliveries_of(notice),
        links=tuple(
            LinkShown(
                id=link.id,
                channel=link.channel,
                sent_to=link.sent_to,
                made_at=link.made_at,
                expires_at=link.expires_at,
                over="revoked" if link.revoked_at else "expired" if link.expires_at <= now else "",
                reads=link.reads,
                mail=letters.get(link.id, ("", ""))[0],
                mail_code=letters.get(link.id, ("", ""))[1],
                last_read_at=link.last_read_at,
            )
            for link in links
        ),
        can_deliver=delivers and row.state in STORE_SEES and row.state not in COUNTS_NO_MORE,
        can_refuse=delivers and allowed(row.state, NoticeMove.REFUSE),
    )
