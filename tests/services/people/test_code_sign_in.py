"""Signing in with a code: codes once, recovery codes once, limits of their own."""

import json

import pytest

from inspection.domain.refusals import CodeRefused, SignInRefused, SignInStepEnded, SignInTooOften
from inspection.persistence.audit import audit
from inspection.persistence.people import second_steps
from inspection.persistence.statements import run
from inspection.persistence.tables import Session, SignInStep
from inspection.services.people import (
    accounts,
    second_step,
    sessions,
    sign_in_limits,
    sign_in_steps,
)
from inspection.services.people.sessions import Device
from tests.authenticator import code_at
from tests.cast import PASSWORD, WANG
from tests.services.people.enrolled import ELSEWHERE, NEW, awaited


async def test_the_password_alone_opens_nothing(wang, province):
    before = await Session.count()
    step = await awaited(province)
    assert await Session.count() == before
    opened = await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)
    assert opened.actor.account == WANG.account
    assert await sessions.actor_of(province, opened.token) is not None
    assert await SignInStep.count() == 0


async def test_a_wrong_password_says_nothing_of_the_second_step(wang, province):
    with pytest.raises(SignInRefused):
        await sessions.sign_in(province, WANG.sign_in, "wrong", ELSEWHERE, wang.now)


async def test_password_and_code_may_come_together(wang, province):
    opened = await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE, wang.now)
    assert opened.actor.account == WANG.account
    with pytest.raises(CodeRefused):
        await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE, "123456")


async def test_a_code_is_good_once(wang, province, clock):
    code = wang.now
    await sign_in_steps.finish_step(province, await awaited(province), code, ELSEWHERE)
    for seconds in (0, 29):
        clock.go_on(seconds=seconds)
        with pytest.raises(CodeRefused):
            await sign_in_steps.finish_step(province, await awaited(province), code, ELSEWHERE)
    clock.go_on(seconds=30)
    await sign_in_steps.finish_step(province, await awaited(province), wang.now, ELSEWHERE)


async def test_a_code_is_good_for_clocks_half_a_minute_off_and_no_more(wang, province, clock):
    codes = [code_at(wang.secret, clock()) for _ in range(1)]
    clock.go_on(seconds=30)
    await sign_in_steps.finish_step(province, await awaited(province), codes[0], ELSEWHERE)
    late = wang.now
    clock.go_on(seconds=90)
    with pytest.raises(CodeRefused):
        await sign_in_steps.finish_step(province, await awaited(province), late, ELSEWHERE)


async def test_a_recovery_code_is_good_once_and_written_down(wang, province):
    typed = wang.codes[3].upper().replace("-", " ")
    await sign_in_steps.finish_step(province, await awaited(province), typed, ELSEWHERE)
    with pytest.raises(CodeRefused):
        await sign_in_steps.finish_step(province, await awaited(province), typed, ELSEWHERE)
    assert (await second_step.own_second_step(province, WANG.actor)).recovery_codes == 9
    event = (await audit.events_of("account", WANG.account))[-1]
    assert (event.action, json.loads(event.body)) == (
        "second_step.recover",
        {"recovery_codes_left": 9},
    )


async def test_nothing_secret_is_kept_readable_or_written_down(wang, province):
    step = await awaited(province)
    await sign_in_steps.finish_step(province, await awaited(province), wang.codes[0], ELSEWHERE)
    for table in ("second_step", "recovery_code", "sign_in_step", "audit_event"):
        said = json.dumps(await run(f"SELECT * FROM {table}"), default=str)
        for secret in (wang.secret, step, *wang.codes, *(c.replace("-", "") for c in wang.codes)):
            assert secret not in said, table
    assert (await audit.verify_chain()).intact


async def test_codes_have_limits_of_their_own(wang, province, clock):
    step = await awaited(province)
    for _ in range(sign_in_limits.PER_NAME.capacity):
        with pytest.raises(CodeRefused):
            await sign_in_steps.finish_step(province, step, "000000", ELSEWHERE)
    with pytest.raises(SignInTooOften):
        await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)
    # A device he was signed in on before is counted apart: guessers do not keep him out.
    own = Device(address="203.0.113.7", earlier_token=wang.opened.token)
    await sign_in_steps.finish_step(province, await awaited(province, own), wang.now, own)


async def test_the_code_has_five_minutes(wang, province, clock):
    step = await awaited(province)
    clock.go_on(minutes=5)
    with pytest.raises(SignInStepEnded):
        await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)
    await awaited(province)
    assert await SignInStep.count() == 1


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda tools: accounts.change_password(tools, WANG.sign_in, NEW),
        lambda tools: accounts.disable_account(tools, WANG.sign_in),
    ],
)
async def test_who_is_kept_out_before_the_code_gets_no_session(wang, province, meanwhile):
    step = await awaited(province)
    await meanwhile(province)
    with pytest.raises(SignInStepEnded):
        await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)


async def test_a_step_that_somebody_else_finished_is_over(wang, province, monkeypatch):
    step = await awaited(province)

    async def gone(_):
        return False

    monkeypatch.setattr(second_steps, "end_step", gone)
    with pytest.raises(SignInStepEnded):
        await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)


async def test_a_second_step_taken_away_meanwhile_takes_no_code(wang, province):
    step = await awaited(province)
    await second_steps.drop_second_step(WANG.account)
    with pytest.raises(CodeRefused):
        await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)
