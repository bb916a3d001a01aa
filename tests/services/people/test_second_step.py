"""The second step switched on and off, made compulsory, and what else guards an account: password,
devices, the operator.
"""

import pytest

from inspection.domain.refusals import (
    CodeRefused,
    NotFound,
    PasswordRefused,
    PasswordsDiffer,
    PasswordWrong,
    SecondStepCompulsory,
    SecondStepOff,
    SecondStepOn,
    SignInTooOften,
)
from inspection.persistence.audit import audit
from inspection.persistence.people import second_steps
from inspection.services.people import (
    accounts,
    invitations,
    own_account,
    people_access,
    people_pages,
    second_step,
    sessions,
    sign_in_limits,
    sign_in_steps,
)
from inspection.services.people.invitations import Chosen
from inspection.services.people.one_time_codes import enrolment_uri, new_recovery_codes
from inspection.wording import Language
from tests.authenticator import code_at
from tests.cast import GUO, LI, PASSWORD, WANG
from tests.services.people.enrolled import DESK, ELSEWHERE, NEW, awaited, enrol


async def actions():
    events = await audit.events_of("account", WANG.account)
    return [event.action for event in events]


async def test_it_counts_only_once_a_code_was_given(province):
    mine = (await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)).session
    await second_step.begin(province, WANG.actor, mine, PASSWORD)
    begun = await second_step.own_second_step(province, WANG.actor)
    assert not begun.on
    assert begun.uri == enrolment_uri(begun.secret, WANG.sign_in)
    assert begun.uri.startswith("otpauth://totp/Mingcha:wang?secret=")
    with pytest.raises(CodeRefused):
        await second_step.confirm(province, WANG.actor, mine, "000000")
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)
    await second_step.begin(province, WANG.actor, mine, PASSWORD)
    again = await second_step.own_second_step(province, WANG.actor)
    assert again.secret != begun.secret
    code = code_at(again.secret, province.now())
    typed = f" {code[:3]} {code[3:]} "
    assert len(await second_step.confirm(province, WANG.actor, mine, typed)) == 10
    assert (await second_step.own_second_step(province, WANG.actor)).recovery_codes == 10


async def test_beginning_takes_the_password(province):
    mine = (await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)).session
    with pytest.raises(PasswordWrong):
        await second_step.begin(province, WANG.actor, mine, "wrong")
    assert await second_steps.find_second_step(WANG.account) is None


async def test_switching_it_on_signs_the_others_out(province):
    other = await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    mine = (await enrol(province)).opened
    assert await sessions.actor_of(province, mine.token) is not None
    assert await sessions.actor_of(province, other.token) is None


async def test_what_was_begun_is_forgotten_after_ten_minutes(province, clock):
    mine = (await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)).session
    await second_step.begin(province, WANG.actor, mine, PASSWORD)
    secret = (await second_step.own_second_step(province, WANG.actor)).secret
    clock.go_on(minutes=9, seconds=59)
    assert (await second_step.own_second_step(province, WANG.actor)).secret == secret
    clock.go_on(seconds=1)
    assert (await second_step.own_second_step(province, WANG.actor)).secret == ""
    with pytest.raises(SecondStepOff):
        await second_step.confirm(province, WANG.actor, mine, code_at(secret, clock()))
    await second_step.begin(province, WANG.actor, mine, PASSWORD)
    again = (await second_step.own_second_step(province, WANG.actor)).secret
    await second_step.confirm(province, WANG.actor, mine, code_at(again, clock()))


async def test_it_is_begun_and_confirmed_in_this_order(wang, province):
    mine = wang.opened.session
    for asked, refusal in (
        (second_step.begin(province, WANG.actor, mine, PASSWORD), SecondStepOn),
        (second_step.confirm(province, WANG.actor, mine, wang.now), SecondStepOn),
        (second_step.confirm(province, GUO.actor, mine, "000000"), SecondStepOff),
    ):
        with pytest.raises(refusal):
            await asked
    assert not (await second_step.own_second_step(province, GUO.actor)).on


async def test_an_invitation_to_a_new_password_does_not_go_round_the_code(wang, province):
    issued = await invitations.invite(province, GUO.actor, WANG.account)
    chosen = Chosen(password=NEW, password_again=NEW, language=Language.ZH)
    step = await invitations.take_up(province, issued.token, chosen, ELSEWHERE)
    opened = await sign_in_steps.finish_step(province, step, wang.now, ELSEWHERE)
    assert opened.actor.account == WANG.account


async def test_new_recovery_codes_take_the_place_of_the_old_ones(wang, province):
    with pytest.raises(CodeRefused):
        await second_step.renew_recovery_codes(province, WANG.actor, wang.opened.session, "000000")
    fresh = await second_step.renew_recovery_codes(
        province, WANG.actor, wang.opened.session, wang.now
    )
    assert not set(fresh) & set(wang.codes)
    with pytest.raises(CodeRefused):
        await sign_in_steps.finish_step(province, await awaited(province), wang.codes[0], ELSEWHERE)
    await sign_in_steps.finish_step(province, await awaited(province), fresh[0], ELSEWHERE)


async def test_switching_it_off_takes_the_password(wang, province):
    session = wang.opened.session
    with pytest.raises(PasswordWrong):
        await second_step.switch_off(province, WANG.actor, session, "wrong", required=False)
    with pytest.raises(SecondStepCompulsory):
        await second_step.switch_off(province, WANG.actor, session, PASSWORD, required=True)
    await second_step.switch_off(province, WANG.actor, session, PASSWORD, required=False)
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    with pytest.raises(SecondStepOff):
        await second_step.switch_off(province, WANG.actor, session, PASSWORD, required=False)
    assert (await actions())[-2:] == ["second_step.confirm", "second_step.end"]


async def test_an_administrator_takes_it_away_and_that_is_written_down(wang, province):
    found = await people_pages.person_detail(province, GUO.actor, WANG.account, "")
    assert (found.has_second_step, found.recovery_codes) == (True, 10)
    await people_access.reset_second_step(province, GUO.actor, WANG.account)
    await people_access.reset_second_step(province, GUO.actor, WANG.account)
    assert await sessions.actor_of(province, wang.opened.token) is None
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    assert (await actions()).count("second_step.reset") == 1


async def test_it_is_missing_only_where_it_is_wanted(wang, province):
    assert not await second_step.is_missing(WANG.actor, required=True)
    assert await second_step.is_missing(GUO.actor, required=True)
    assert not await second_step.is_missing(GUO.actor, required=False)
    assert not await second_step.is_missing(LI.actor, required=True)


def test_recovery_codes_are_long_enough_and_all_different(tools):
    codes = [code for _ in range(20) for code in new_recovery_codes(tools)]
    assert len(set(codes)) == 200
    assert {len(code.replace("-", "")) for code in codes} == {16}


async def test_another_password_takes_the_old_one_and_ends_other_sessions(province):
    mine = await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)
    other = await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    change = own_account.change_own_password
    wanted = Chosen(password=NEW, password_again=NEW, language=Language.ZH)
    for old, chosen, refusal in (
        ("wrong", wanted, PasswordWrong),
        (PASSWORD, Chosen(password=NEW, password_again="x", language=Language.ZH), PasswordsDiffer),
        (PASSWORD, Chosen(password="x", password_again="x", language=Language.ZH), PasswordRefused),
    ):
        with pytest.raises(refusal):
            await change(province, WANG.actor, mine.session, old, chosen)
    await change(province, WANG.actor, mine.session, PASSWORD, wanted)
    assert await sessions.actor_of(province, mine.token) is not None
    assert await sessions.actor_of(province, other.token) is None
    await sessions.sign_in(province, WANG.sign_in, NEW, ELSEWHERE)
    assert await actions() == ["account.password"]


async def test_guesses_at_the_old_password_are_limited(province):
    mine = await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)
    for _ in range(sign_in_limits.PER_NAME.capacity):
        with pytest.raises(PasswordWrong):
            await own_account.check_password(province, WANG.actor, mine.session, "wrong")
    with pytest.raises(SignInTooOften):
        await own_account.check_password(province, WANG.actor, mine.session, PASSWORD)
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)


async def test_a_password_an_administrator_changed_meanwhile_is_asked_again(province, monkeypatch):
    mine = await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)
    hashed = province.passwords.hash

    async def overtaken(password):
        monkeypatch.setattr(province.passwords, "hash", hashed)
        await accounts.change_password(province, WANG.sign_in, "set by the operator")
        return await hashed(password)

    monkeypatch.setattr(province.passwords, "hash", overtaken)
    wanted = Chosen(password=NEW, password_again=NEW, language=Language.ZH)
    with pytest.raises(PasswordWrong):
        await own_account.change_own_password(province, WANG.actor, mine.session, PASSWORD, wanted)
    await sessions.sign_in(province, WANG.sign_in, "set by the operator", ELSEWHERE)


async def test_ones_own_devices_are_seen_and_ended(province):
    mine = await sessions.sign_in(province, WANG.sign_in, PASSWORD, DESK)
    other = await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    third = await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    shown = await people_pages.own_devices(province, WANG.actor, mine.session.id)
    assert [device.current for device in shown].count(True) == 1
    end = own_account.end_own_sessions
    await end(province, WANG.actor, mine.session, other.session.id)
    assert await sessions.actor_of(province, other.token) is None
    with pytest.raises(NotFound):
        await end(province, GUO.actor, mine.session, third.session.id)
    await end(province, WANG.actor, mine.session, "")
    assert await sessions.actor_of(province, third.token) is None
    assert await sessions.actor_of(province, mine.token) is not None


async def test_the_operator_helps_an_administrator_whom_nobody_else_can(wang, province):
    await accounts.drop_second_step(province, WANG.sign_in)
    assert await sessions.actor_of(province, wang.opened.token) is None
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    assert (await actions())[-1] == "second_step.reset"


async def test_the_operator_lets_somebody_in_again(province):
    await accounts.disable_account(province, WANG.sign_in)
    await accounts.enable_account(province, WANG.sign_in)
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, ELSEWHERE)
    for asked in (accounts.enable_account, accounts.drop_second_step):
        with pytest.raises(NotFound):
            await asked(province, "nobody")
