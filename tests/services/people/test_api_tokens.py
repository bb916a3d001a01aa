"""Tokens: shown once, never wider than their owner now, ended with them, counted."""

from datetime import timedelta

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.people.api_token import LIVES, MOST, NEVER_PROVED, TokenScope, TokenState
from inspection.domain.refusals import NotAllowed, NotFound, NotSignedIn
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.domain.refusals.api_tokens import (
    TokenForbidden,
    TokenRefused,
    TokensTooMany,
    TokenTooOften,
    TokenUnfit,
)
from inspection.persistence.statements import run
from inspection.services.people import accounts, api_token_use, people_access
from inspection.services.people.api_token_use import PER_TOKEN, look_once_more, reader_of
from inspection.services.people.api_tokens import TokenGiven, make_token, revoke_token, token_list
from inspection.services.people.proofs import check_proved
from inspection.services.people.sign_in_limits import PER_ADDRESS
from tests.cast import CHENGGUAN, GUO, LANZHOU, QINZHOU, REGION_PATHS, SUN, TIANSHUI, WANG
from tests.receiving import rows_of

HERE = "203.0.113.9"
GIVEN = TokenGiven(name=" 数据平台 ", scopes=(TokenScope.RANKING, TokenScope.LINES), days=90)


async def made(province, person=WANG, **changed):
    return await make_token(province, person.actor, msgspec.structs.replace(GIVEN, **changed))


async def the_only(province, actor):
    (row,) = (await token_list(province, actor, ListAsked())).rows
    return row


async def test_its_text_is_said_once_and_kept_nowhere(province):
    text = await made(province)
    row = await the_only(province, WANG.actor)
    assert (row.name, row.prefix, row.own) == ("数据平台", text[:10], True)
    assert (row.state, row.scopes) == (TokenState.WORKING, ("lines", "ranking"))
    assert (row.expires_at - row.created_at, row.last_used_at) == (timedelta(days=90), None)
    kept = str([await rows_of("api_token", "id"), await rows_of("audit_event", "seq")])
    assert text not in kept
    (event,) = [e for e in await rows_of("audit_event", "seq") if e["action"] == "token.create"]
    assert row.prefix in event["body"]


async def test_it_reads_as_its_owner_does_now(province):
    text = await made(province)
    reader = await reader_of(province, text, HERE)
    assert (reader.actor.account, reader.actor.region_path) == (
        WANG.account,
        REGION_PATHS[LANZHOU],
    )
    assert reader.scopes == {TokenScope.RANKING, TokenScope.LINES}
    with pytest.raises(ProofNeeded):
        await check_proved(province, reader.actor)
    row = await the_only(province, WANG.actor)
    assert (row.last_used_at, row.last_used_from) == (province.now(), HERE)
    moved = "UPDATE account SET region_path = ? WHERE id = ?"
    await run(moved, REGION_PATHS[TIANSHUI], WANG.account)
    assert (await reader_of(province, text, HERE)).actor.region_path == REGION_PATHS[TIANSHUI]
    await run("UPDATE account SET role = 'store_staff' WHERE id = ?", WANG.account)
    with pytest.raises(TokenForbidden):
        await reader_of(province, text, HERE)
    assert await look_once_more(province, text) is None


async def test_a_part_of_the_tree_is_never_more_than_the_owners(province):
    text = await made(province, region=CHENGGUAN)
    assert (await reader_of(province, text, HERE)).actor.region_path == REGION_PATHS[CHENGGUAN]
    moved = "UPDATE account SET region_path = ? WHERE id = ?"
    await run(moved, f"{REGION_PATHS[CHENGGUAN]}620199/", WANG.account)
    reader = await reader_of(province, text, HERE)
    assert reader.actor.region_path == f"{REGION_PATHS[CHENGGUAN]}620199/"
    await run(moved, REGION_PATHS[TIANSHUI], WANG.account)
    with pytest.raises(TokenForbidden):
        await reader_of(province, text, HERE)


async def test_what_cannot_be_made(province, clock):
    unproved = msgspec.structs.replace(WANG.actor, proved_at=NEVER_PROVED)
    with pytest.raises(ProofNeeded):
        await make_token(province, unproved, GIVEN)
    for unfit in ({"name": " "}, {"scopes": ()}, {"days": max(LIVES) + 1}):
        with pytest.raises(TokenUnfit):
            await made(province, **unfit)
    for elsewhere in (QINZHOU, "999999"):
        with pytest.raises(NotFound):
            await made(province, region=elsewhere)
    for _ in range(MOST):
        await made(province)
    with pytest.raises(TokensTooMany):
        await made(province)
    clock.go_on(days=91)
    await made(province)


async def test_nobody_reads_more_than_their_role(province, monkeypatch):
    monkeypatch.setattr("inspection.services.people.api_tokens.scopes_of", lambda role: ())
    with pytest.raises(TokenUnfit):
        await made(province)


async def test_whoever_was_disabled_meanwhile_makes_none(province):
    await accounts.disable_account(province, WANG.sign_in)
    with pytest.raises(NotSignedIn):
        await made(province)


@pytest.mark.parametrize("desk", [True, False], ids=["desk", "command line"])
async def test_they_end_with_their_owner_for_good(province, desk):
    text = await made(province)
    if desk:
        await people_access.disable_person(province, GUO.actor, WANG.account)
    else:
        await accounts.disable_account(province, WANG.sign_in)
    (event,) = [e for e in await rows_of("audit_event", "seq") if e["action"] == "account.disable"]
    assert '"tokens_ended":1' in event["body"]
    await accounts.enable_account(province, WANG.sign_in)
    with pytest.raises(TokenRefused):
        await reader_of(province, text, HERE)
    assert await look_once_more(province, text) is None


async def test_it_runs_out(province, clock):
    text = await made(province, days=30)
    clock.go_on(days=30)
    with pytest.raises(TokenRefused):
        await reader_of(province, text, HERE)
    assert (await the_only(province, WANG.actor)).state is TokenState.EXPIRED


async def test_owner_and_administrator_end_it_nobody_else(province):
    text = await made(province)
    row = await the_only(province, WANG.actor)
    with pytest.raises(NotFound):
        await revoke_token(province, SUN.actor, row.id)
    with pytest.raises(NotFound):
        await revoke_token(province, WANG.actor, "nothing")
    for actor in (GUO.actor, WANG.actor):
        await revoke_token(province, actor, row.id)
    with pytest.raises(TokenRefused):
        await reader_of(province, text, HERE)
    assert (await the_only(province, WANG.actor)).state is TokenState.REVOKED
    events = [e for e in await rows_of("audit_event", "seq") if e["action"] == "token.revoke"]
    assert [event["actor"] for event in events] == [GUO.account]


async def test_an_administrator_sees_those_of_others(province):
    await made(province)
    await made(province, GUO, name="省")
    found = await token_list(province, GUO.actor, ListAsked(sort="name"))
    assert [(row.owner, row.own) for row in found.rows] == [(WANG.name, False), (GUO.name, True)]
    assert found.others
    assert [row.name for row in (await token_list(province, WANG.actor, ListAsked())).rows] == [
        "数据平台"
    ]
    branch = msgspec.structs.replace(GUO, region=TIANSHUI)
    assert (await token_list(province, branch.actor, ListAsked())).total == 0


async def test_wrong_ones_are_counted_by_address(province, clock):
    for wrong in ("", "x" * 200, *(f"mct_{k}" for k in range(PER_ADDRESS.capacity - 2))):
        with pytest.raises(TokenRefused):
            await reader_of(province, wrong, HERE)
    with pytest.raises(TokenTooOften) as refused:
        await reader_of(province, "mct_one_more", HERE)
    assert refused.value.facts == {"seconds": PER_ADDRESS.seconds_per_token}
    text = await made(province)
    assert (await reader_of(province, text, HERE)).actor.account == WANG.account


async def test_a_right_one_is_counted_by_itself(province, clock, monkeypatch):
    few = msgspec.structs.replace(PER_TOKEN, capacity=2)
    monkeypatch.setattr(api_token_use, "PER_TOKEN", few)
    text, other = await made(province), await made(province)
    for _ in range(2):
        await reader_of(province, text, HERE)
    with pytest.raises(TokenTooOften):
        await reader_of(province, text, HERE)
    await reader_of(province, other, HERE)
    clock.go_on(seconds=PER_TOKEN.seconds_per_token)
    await reader_of(province, text, "")


async def test_not_for_stores_and_inspectors(province):
    nobody = msgspec.structs.replace(WANG.actor, role="inspector")
    with pytest.raises(NotAllowed):
        await token_list(province, nobody, ListAsked())
    assert api_token_use.scopes_of(nobody.role) == ()
