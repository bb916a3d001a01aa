"""Messages for tests: one about a notice of the customer club, told in a transaction of its own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from inspection.domain.access import Role
from inspection.domain.messages.message import Message, MessageKind, over, staff_of
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.messages.messages import tell
from inspection.services.tools import Tools
from tests.cast import CHENGGUAN, CLUB, GUO, REGION_PATHS, Person, store_id
from tests.makers import START
from tests.push_service import Browser


def a_message(
    kind: MessageKind = MessageKind.NOTICE_ISSUED, key: str = "n-1", **more: Any
) -> Message:
    """To the club's staff and the manager over it; facts of a notice that was issued."""
    facts = {"number": "甘移服整〔2026〕1号", "store": "东方红", "lines": 2, "due": START}
    said: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "noun": "notice",
        "noun_id": "n-1",
        "facts": facts,
        "to": (
            staff_of(store_id(CLUB)),
            over(REGION_PATHS[CHENGGUAN], Role.REGIONAL_MANAGER),
        ),
    }
    return Message(**said | more)


async def reachable(*people: Person) -> None:
    """Give each a browser that asked to be told and a confirmed mail address."""
    for person in people:
        name, account = person.sign_in, person.account
        session = {
            "id": f"s-{name}",
            "token_hash": name,
            "account": account,
            "created_at": START,
            "seen_at": START,
            "expires_at": START + timedelta(days=90),
            "user_agent": "",
        }
        browser = Browser().said(f"https://fcm.googleapis.com/{name}")
        await add_row("session", session)
        await add_row(
            "push_subscription",
            {"id": f"p-{name}", "account": account, "session": f"s-{name}", "created_at": START}
            | msgspec.structs.asdict(browser),
        )
        await chose(person)


async def chose(person: Person, **columns: Any) -> None:
    """What a person chose, in the place of what they chose before."""
    said = {"mail": f"{person.sign_in}@mingcha.test", "mail_confirmed_at": START} | columns
    await run("DELETE FROM message_choice WHERE account = ?", person.account)
    row = {"id": f"c-{person.sign_in}", "account": person.account, "changed_at": START}
    await add_row("message_choice", row | said)


async def add_row(table: str, row: Mapping[str, object]) -> None:
    """Keep a row, the columns it does not say as they usually are."""
    marks = ", ".join("?" * len(row))
    await run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())


async def told(tools: Tools, message: Message) -> None:
    """Tell it."""
    async with tx():
        await tell(tools, message)


async def a_group(id: str, path: str, sealed: str = "", state: str = "on") -> None:
    """The bot of a group that hears of what happens below a region."""
    said = {
        "id": id,
        "region": "region-620100",
        "region_path": path,
        "brand": "wecom",
        "name": "群",
        "sealed": sealed,
        "language": "zh-CN",
        "state": state,
        "revision": 1,
        "changed_by": GUO.account,
        "changed_at": START,
    }
    await add_row("bot", said)


async def a_system(
    id: str, path: str, kinds: str = "[]", state: str = "on", sealed: str = ""
) -> None:
    """Another system that hears of what happens below a region."""
    said = {
        "id": id,
        "region_path": path,
        "name": "工单",
        "url": "https://orders.example/hook",
        "kinds": kinds,
        "sealed": sealed,
        "sealed_old": "",
        "state": state,
        "revision": 1,
        "changed_by": GUO.account,
        "changed_at": START,
    }
    await add_row("webhook", said)
