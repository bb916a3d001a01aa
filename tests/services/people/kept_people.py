"""People as their administrator adds, reads and changes them."""

import json

from inspection.domain.access import Role
from inspection.persistence.audit import audit
from inspection.services.people import people, people_pages
from inspection.services.people.people import PersonGiven
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import GUO

PHONE = Device(address="203.0.113.7", user_agent="Mozilla/5.0 (iPhone) Safari")


def given(**changes) -> PersonGiven:
    return PersonGiven(**{"name": "马小兰", "role": Role.INSPECTOR} | changes)


async def add(tools, by=GUO.actor, sign_in="0931001", **changes):
    return await people.add_person(tools, by, sign_in, given(**changes), Language.ZH)


async def detail(tools, account, by=GUO.actor):
    return await people_pages.person_detail(tools, by, account, "")


async def said_of(account):
    events = await audit.events_of("account", account)
    return [(event.action, json.loads(event.body).get("changes")) for event in events]


async def actions_of(account):
    return [event.action for event in await audit.events_of("account", account)]
