"""The job new assignments leave behind: the inspector's phones are told that there is something."""

import asyncio
import logging

import msgspec

from inspection.domain.messages.delivery import Outcome
from inspection.domain.messages.push import decoded, is_push_address
from inspection.notifications import push
from inspection.notifications.push import Recipient, Sender
from inspection.persistence.messages.push_subscriptions import PushRow
from inspection.services.messages import push_subscriptions
from inspection.services.messages.push_subscriptions import SEND_PUSH, TOPIC
from inspection.services.tools import Tools
from inspection.wording import Language, say

KIND = SEND_PUSH

log = logging.getLogger("inspection.jobs")


class SendPush(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to be told."""

    account: str


class PushMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What the phone's worker shows. Anybody may look over a shoulder: it names no store, no
    person and nothing that gives the work away.
    """

    kind: str
    language: str
    title: str
    body: str


class PushUnsent(Exception):
    """A push service could not take it now; trying again later may help."""


async def send_push(tools: Tools, payload: SendPush) -> None:
    """Tell every browser of the person. Raises PushUnsent when one could not be told for now; told
    again, the others replace the notification they have.
    """
    browsers = await push_subscriptions.browsers_of(tools, payload.account)
    rows = [row for row in browsers if is_push_address(row.endpoint, tools.push.hosts)]
    if not rows:
        return
    recipients = [_recipient(row) for row in rows]
    outcomes = await push.send(await push_sender(tools), recipients, topic=TOPIC)
    for row, outcome in zip(rows, outcomes, strict=True):
        await note_browser(row, outcome)
    if late := sum(outcome is Outcome.LATER for outcome in outcomes):
        msg = f"{late} of {len(rows)} push messages could not be delivered"
        raise PushUnsent(msg)


async def push_sender(tools: Tools) -> Sender:
    """Who we are to push services."""
    contact = tools.address if tools.address.startswith("https://") else ""
    # Read from the disk, or made there, the first time.
    secret = await asyncio.to_thread(tools.push.key.secret)
    return Sender(secret=secret, contact=contact, now=tools.now())


def _recipient(row: PushRow) -> Recipient:
    message = msgspec.json.encode(message_in(Language(row.language)))
    return Recipient(
        endpoint=row.endpoint, p256dh=decoded(row.p256dh), auth=decoded(row.auth), message=message
    )


def message_in(language: Language) -> PushMessage:
    """What is said in this language."""
    return PushMessage(
        kind=TOPIC,
        language=language.value,
        title=say(language, "push.title"),
        body=say(language, "push.body"),
    )


async def note_browser(row: PushRow, outcome: Outcome) -> None:
    """Keep what a browser's push service said of it."""
    match outcome:
        case Outcome.GONE:
            await push_subscriptions.note_gone(row)
        case Outcome.TAKEN:
            await push_subscriptions.note_taken(row)
        case Outcome.REFUSED:
            log.warning("push to subscription %s was refused by its push service", row.id)
            await push_subscriptions.note_refused(row)
        case Outcome.LATER:
            return
