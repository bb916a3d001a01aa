"""The jobs that tell people: one kind per way, so that a slow one holds up no other."""

from datetime import datetime

import msgspec

from inspection.domain.messages.delivery import Outcome, Sent
from inspection.domain.messages.push import decoded, is_push_address
from inspection.jobs.send_push import note_browser, push_sender
from inspection.notifications import bots, mail, push, webhook
from inspection.notifications.mail import Mail
from inspection.notifications.push import Recipient
from inspection.notifications.webhook import Call
from inspection.persistence.messages.deliveries import DeliveryRow
from inspection.persistence.messages.push_subscriptions import PushRow
from inspection.services.messages import parcels
from inspection.services.messages.parcels import MailParcel, PushParcel
from inspection.services.people import attempts
from inspection.services.people.attempts import NOBODY
from inspection.services.tools import Tools
from inspection.wording import say

NO_SERVER = Sent(Outcome.REFUSED, "no_server")


class SendMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which delivery."""

    delivery: str


class SendDigest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose letter of the day."""

    account: str


async def send_mail(tools: Tools, payload: SendMessage) -> None:
    """Send one letter unless it is over with."""
    row = await parcels.waiting(payload.delivery)
    if row is not None:
        await _post(tools, (row,))


async def send_digest(tools: Tools, payload: SendDigest) -> None:
    """Send the day's letter, if anything waits for it."""
    if rows := await parcels.digest_rows(tools, payload.account):
        await _post(tools, rows)


async def send_push(tools: Tools, payload: SendMessage) -> None:
    """Tell the browsers of one person."""
    row = await parcels.waiting(payload.delivery)
    if row is not None:
        begun = tools.now()
        sent = await _push(tools, await parcels.push_parcel(tools, row))
        await attempts.note(tools, (row,), sent, begun)


async def send_bot(tools: Tools, payload: SendMessage) -> None:
    """Say it in the group."""
    row = await parcels.waiting(payload.delivery)
    if row is None:
        return
    begun, parcel = tools.now(), await parcels.bot_parcel(tools, row)
    sent = NOBODY
    if parcel is not None:
        sent = await bots.send_bot(parcel.address, parcel.text, tools.outside.bots)
    await attempts.note(tools, (row,), sent, begun)


async def send_webhook(tools: Tools, payload: SendMessage) -> None:
    """Tell the other system."""
    row = await parcels.waiting(payload.delivery)
    if row is None:
        return
    begun, parcel = tools.now(), await parcels.webhook_parcel(tools, row)
    sent = NOBODY
    if parcel is not None:
        call = Call(**msgspec.structs.asdict(parcel), at=begun)
        sent = await webhook.send_webhook(call, private=tools.outside.private)
    await attempts.note(tools, (row,), sent, begun)


async def give_up(tools: Tools, payload: SendMessage) -> None:
    """Nothing will send it any more until somebody asks again."""
    await attempts.give_up(tools, payload.delivery)


async def _post(tools: Tools, rows: tuple[DeliveryRow, ...]) -> None:
    begun, parcel = tools.now(), parcels.mail_parcel(tools, rows)
    server, sent = tools.outside.mail, NOBODY
    if parcel is not None:
        sent = await mail.send_mail(server, letter(parcel, begun)) if server else NO_SERVER
    await attempts.note(tools, rows, sent, begun)


def letter(parcel: MailParcel, at: datetime) -> Mail:
    """The letter of a parcel: a day's says in its subject how many messages it holds."""
    language, words = parcel.language, parcel.words
    subject, paragraphs = words[0].title, tuple(each.body for each in words)
    if len(words) > 1:
        subject = say(language, "letter.digest", n=len(words))
        paragraphs = tuple(f"{each.title}\n{each.body}" for each in words)
    return Mail(
        id=parcel.id,
        to=parcel.to,
        language=language.value,
        subject=subject,
        paragraphs=paragraphs,
        link=parcel.link,
        says_link=say(language, "letter.open"),
        choices=parcel.choices,
        says_choices=say(language, "letter.choices"),
        at=at,
    )


async def _push(tools: Tools, parcel: PushParcel) -> Sent:
    rows = [row for row in parcel.browsers if is_push_address(row.endpoint, tools.push.hosts)]
    if not rows:
        return NOBODY
    said = msgspec.json.encode(
        {
            # What a phone shows under this name takes the place of what it showed under it before.
            "kind": parcel.id,
            "language": parcel.language.value,
            "title": parcel.words.title,
            "body": parcel.words.body,
            "path": parcel.path,
        }
    )
    recipients = [_recipient(row, said) for row in rows]
    outcomes = await push.send(await push_sender(tools), recipients, topic=parcel.id)
    for row, outcome in zip(rows, outcomes, strict=True):
        await note_browser(row, outcome)
    return _together(outcomes)


def _recipient(row: PushRow, said: bytes) -> Recipient:
    return Recipient(
        endpoint=row.endpoint, p256dh=decoded(row.p256dh), auth=decoded(row.auth), message=said
    )


def _together(outcomes: tuple[Outcome, ...]) -> Sent:
    """What all browsers of a person make of it: worth another try while one is."""
    for outcome in (Outcome.LATER, Outcome.TAKEN, Outcome.REFUSED, Outcome.GONE):
        if outcome in outcomes:
            return Sent(outcome, f"{outcomes.count(outcome)}/{len(outcomes)}")
    return NOBODY
