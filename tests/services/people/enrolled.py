"""Somebody with a second step, and their codes."""

import pytest

from inspection.domain.refusals import CodeNeeded
from inspection.services.people import second_step, sessions
from inspection.services.people.sessions import Device
from tests.authenticator import code_at
from tests.cast import PASSWORD, WANG

DESK = Device(address="203.0.113.7", user_agent="Mozilla/5.0 (Windows) Firefox/128")
ELSEWHERE = Device(address="198.51.100.1")
NEW = "a password of my own"


class Enrolled:
    """Wang with the second step on, signed in, and what only he holds."""

    def __init__(self, tools, opened, secret, codes):
        self.tools, self.opened, self.secret, self.codes = tools, opened, secret, codes

    @property
    def now(self):
        """What his app shows."""
        return code_at(self.secret, self.tools.now())


async def enrol(tools):
    opened = await sessions.sign_in(tools, WANG.sign_in, PASSWORD, DESK)
    await second_step.begin(tools, WANG.actor, opened.session, PASSWORD)
    secret = (await second_step.own_second_step(tools, WANG.actor)).secret
    code = code_at(secret, tools.now())
    codes = await second_step.confirm(tools, WANG.actor, opened.session, code)
    return Enrolled(tools, opened, secret, codes)


async def awaited(tools, device=ELSEWHERE):
    with pytest.raises(CodeNeeded) as needed:
        await sessions.sign_in(tools, WANG.sign_in, PASSWORD, device)
    return needed.value.step
