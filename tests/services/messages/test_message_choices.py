"""What people choose: kept whole, seen by nobody else, an address only once its link was opened."""

import msgspec
import pytest

from inspection.domain.messages.message import Channel, MessageKind
from inspection.domain.refusals.messages import (
    ChannelChanged,
    ChoiceRefused,
    MailLinkOver,
    MailRefused,
    MailUnavailable,
)
from inspection.persistence.statements import run
from inspection.services.messages import message_choices, parcels
from inspection.services.messages.message_choices import ChoiceGiven
from tests.cast import CHEN, DENG, LI
from tests.mail_server import Post
from tests.receiving import rows_of
from tests.telling import a_message, told


@pytest.fixture
def posting(province):
    return Post().tools(province)


def given(*chosen, **changed):
    said = {"quiet": True, "quiet_from": 1260, "quiet_to": 480, "digest": False}
    return ChoiceGiven(chosen=frozenset(chosen), **said | changed)


async def ways(tools, person=CHEN):
    found = await message_choices.own_choices(tools, person.actor)
    return {each.kind: each.ways for each in found.kinds}


async def link(tools):
    (row,) = await run("SELECT id FROM delivery WHERE state = 'waiting' ORDER BY created_at DESC")
    delivery = await parcels.waiting(str(row["id"]))
    parcel = parcels.mail_parcel(tools, (delivery,))
    return parcel.to, parcel.link.partition("token=")[2]


async def test_who_chose_nothing_has_the_usual(province):
    found = await ways(province)
    assert found[MessageKind.NOTICE_ISSUED] == (Channel.PUSH, Channel.MAIL)
    assert found[MessageKind.REPLY_VERIFIED] == (Channel.PUSH,)
    assert MessageKind.APPEAL_FILED not in found
    assert MessageKind.VISIT_RETURNED in await ways(province, LI)


async def test_what_is_chosen_is_kept_and_only_what_is_unusual(province):
    chosen = ("reply.verified/mail", "reply.verified/push", "nothing/push")
    await message_choices.keep_choices(province, CHEN.actor, given(*chosen, digest=True), 0)
    found = await message_choices.own_choices(province, CHEN.actor)
    assert (found.digest, found.revision) == (True, 1)
    kept = await ways(province)
    assert kept[MessageKind.REPLY_VERIFIED] == (Channel.PUSH, Channel.MAIL)
    assert kept[MessageKind.NOTICE_ISSUED] == ()
    assert (await ways(province, DENG))[MessageKind.NOTICE_ISSUED] != ()
    usual = [
        f"{kind.value}/{way.value}"
        for kind, on in (await ways(province, DENG)).items()
        for way in on
    ]
    await message_choices.keep_choices(province, CHEN.actor, given(*usual), 1)
    (row,) = await rows_of("message_choice")
    assert row["ways"] == "{}"


async def test_two_windows_of_one_person_do_not_overwrite_each_other(province):
    await message_choices.keep_choices(province, CHEN.actor, given(), 0)
    with pytest.raises(ChannelChanged):
        await message_choices.keep_choices(province, CHEN.actor, given(), 0)


async def test_quiet_hours_have_a_beginning_and_an_end(province):
    with pytest.raises(ChoiceRefused):
        await message_choices.keep_choices(province, CHEN.actor, given(quiet_to=1440), 0)


async def test_an_address_counts_once_its_link_was_opened(posting, clock):
    await message_choices.ask_mail(posting, CHEN.actor, " chen@mingcha.test ")
    found = await message_choices.own_choices(posting, CHEN.actor)
    assert (found.mail, found.asked) == ("", "chen@mingcha.test")
    await told(posting, a_message())
    assert [row["kind"] for row in await rows_of("delivery")] == ["mail.confirm"]
    address, token = await link(posting)
    assert address == "chen@mingcha.test"
    for person, wrong in ((DENG, token), (CHEN, "guessed")):
        with pytest.raises(MailLinkOver):
            await message_choices.confirm_mail(posting, person.actor, wrong)
    await message_choices.confirm_mail(posting, CHEN.actor, token)
    assert (await message_choices.own_choices(posting, CHEN.actor)).mail == "chen@mingcha.test"
    with pytest.raises(MailLinkOver):
        await message_choices.confirm_mail(posting, CHEN.actor, token)
    await told(posting, a_message(key="n-2"))
    assert len(await rows_of("delivery")) == 2


async def test_a_link_is_good_for_a_day(posting, clock):
    await message_choices.ask_mail(posting, CHEN.actor, "chen@mingcha.test")
    _, token = await link(posting)
    clock.go_on(hours=24)
    with pytest.raises(MailLinkOver):
        await message_choices.confirm_mail(posting, CHEN.actor, token)


async def test_no_address_ends_the_letters(posting, clock):
    await message_choices.ask_mail(posting, CHEN.actor, "chen@mingcha.test")
    _, token = await link(posting)
    await message_choices.confirm_mail(posting, CHEN.actor, token)
    await message_choices.ask_mail(posting, CHEN.actor, " ")
    found = await message_choices.own_choices(posting, CHEN.actor)
    assert (found.mail, found.asked) == ("", "")


async def test_without_a_server_there_are_no_letters(province):
    with pytest.raises(MailUnavailable):
        await message_choices.ask_mail(province, CHEN.actor, "chen@mingcha.test")
    with pytest.raises(MailRefused):
        await message_choices.ask_mail(province, CHEN.actor, "chen")


async def test_the_log_says_what_was_chosen_and_no_token(posting):
    await message_choices.ask_mail(posting, CHEN.actor, "chen@mingcha.test")
    (event,) = [row for row in await rows_of("audit_event", "seq") if row["action"] == "mail.ask"]
    (row,) = await rows_of("message_choice")
    assert row["mail_token_hash"] not in msgspec.json.encode(event["body"]).decode()
