"""Letters through a real mail server: sent, tried again, given up, known again when repeated."""

from datetime import datetime, timedelta

import msgspec
import pytest

from inspection.domain.messages.delivery import BACK_OFF, Outcome, Sent
from inspection.domain.messages.message import MessageKind, people
from inspection.jobs import kinds, send_message
from inspection.jobs.bench import Bench, JobKind
from inspection.jobs.send_message import SendDigest, SendMessage
from inspection.jobs.worker import _give_up
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.messages import parcels
from inspection.services.messages.messages import Letter, post
from inspection.services.people import attempts
from tests.cast import CHEN, WANG
from tests.jobs.delivering import FACTS, attempted, delivered
from tests.mail_server import post_office
from tests.makers import START
from tests.receiving import rows_of
from tests.telling import a_message, add_row, chose, reachable, told


@pytest.fixture
async def mailing(tools):
    async with post_office() as office:
        yield office, office.tools(tools)


async def tell_chen(tools, **more):
    await reachable(CHEN)
    await told(tools, a_message(to=(people(CHEN.account),), **more))
    return [str(row["id"]) for row in await delivered("mail")]


async def left(kind):
    rows = await run("SELECT run_after FROM job WHERE kind = ? ORDER BY run_after", kind)
    return [msgspec.convert(row["run_after"], datetime) for row in rows]


async def test_a_letter_is_sent_once_and_its_attempt_kept(mailing):
    office, tools = mailing
    (delivery,) = await tell_chen(tools)
    for _ in range(2):
        await send_message.send_mail(tools, SendMessage(delivery))
    (letter,) = office.received
    assert letter["To"] == "chen@mingcha.test"
    assert letter["Subject"] == "收到整改通知"
    assert letter["Message-ID"] == f"<{delivery}@mingcha.test>"
    assert "http://mingcha.test/notices/n-1" in letter.get_body().get_content()
    assert await attempted() == [("taken", "250")]
    (row,) = await delivered("mail")
    assert (row["state"], row["tries"]) == ("sent", 1)


async def test_a_worker_killed_between_sending_and_noting_sends_what_can_be_recognised(
    mailing, monkeypatch
):
    office, tools = mailing
    (delivery,) = await tell_chen(tools)

    async def killed(*_):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(attempts, "note", killed)
        with pytest.raises(SystemExit):
            await send_message.send_mail(tools, SendMessage(delivery))
    await send_message.send_mail(tools, SendMessage(delivery))
    first, second = office.received
    assert first["Message-ID"] == second["Message-ID"]
    assert await attempted() == [("taken", "250")]


async def test_two_workers_that_sent_the_same_letter_note_it_once(mailing):
    _, tools = mailing
    (delivery,) = await tell_chen(tools)
    row = await parcels.waiting(delivery)
    for _ in range(2):
        await attempts.note(tools, (row,), Sent(Outcome.TAKEN, "250"), tools.now())
    assert await attempted() == [("taken", "250")]


async def test_a_temporary_refusal_is_tried_again_later_and_given_up_aloud(mailing, clock):
    office, tools = mailing
    office.answers["chen@mingcha.test"] = "451 not now"
    (delivery,) = await tell_chen(tools)
    for pause in BACK_OFF:
        await send_message.send_mail(tools, SendMessage(delivery))
        (row,) = await delivered("mail")
        assert row["state"] == "waiting"
        assert (await left("message.mail"))[-1] == clock.time + pause
        clock.time += pause
    await send_message.send_mail(tools, SendMessage(delivery))
    (row,) = await delivered("mail")
    assert (row["state"], row["code"], row["tries"]) == ("failed", "smtp 451", 6)
    assert await attempted() == [("later", "smtp 451")] * 6
    kinds_told = [r["kind"] for r in await rows_of("inbox_message", "at_ms")]
    assert kinds_told == ["notice.issued", "delivery.failed"]
    await send_message.send_mail(tools, SendMessage(delivery))
    assert len(await attempted()) == 6


async def test_a_permanent_refusal_is_not_tried_again_and_told_once_a_day(mailing, clock):
    office, tools = mailing
    office.answers["chen@mingcha.test"] = "550 no such user"
    await tell_chen(tools)
    await told(tools, a_message(key="n-2", to=(people(CHEN.account),)))
    for row in await delivered("mail"):
        await send_message.send_mail(tools, SendMessage(row["id"]))
    assert [row["state"] for row in await delivered("mail")] == ["failed", "failed"]
    told_of = [row for row in await rows_of("inbox_message") if row["kind"] == "delivery.failed"]
    assert [row["account"] for row in told_of] == [CHEN.account]


async def test_without_a_server_or_an_address_nothing_is_sent(mailing):
    _, tools = mailing
    (delivery,) = await tell_chen(tools)
    outside = msgspec.structs.replace(tools.outside, mail=None)
    await send_message.send_mail(
        msgspec.structs.replace(tools, outside=outside), SendMessage(delivery)
    )
    assert await attempted() == [("refused", "no_server")]
    await chose(CHEN, mail_confirmed_at=None)
    await run("UPDATE delivery SET state = 'waiting', tries = 0")
    await send_message.send_mail(tools, SendMessage(delivery))
    (row,) = await delivered("mail")
    assert (row["state"], row["code"]) == ("dropped", "nobody_there")
    await send_message.send_mail(tools, SendMessage("nothing"))


async def test_a_letter_to_somebody_without_an_account_leaves_no_trace_of_its_link(mailing):
    office, tools = mailing
    letter = Letter(
        kind=MessageKind.NOTICE_POSTED,
        key="k",
        noun="notice",
        noun_id="n-1",
        facts={"number": "1", "store": "东方红", "until": START},
        address="owner@example.com",
        link="https://mingcha.test/n/secret",
    )
    async with tx():
        await post(tools, letter)
    (row,) = await delivered("mail")
    await send_message.send_mail(tools, SendMessage(row["id"]))
    (got,) = office.received
    assert (got["To"], got["List-Unsubscribe"]) == ("owner@example.com", None)
    assert "https://mingcha.test/n/secret" in got.get_body().get_content()
    (row,) = await delivered("mail")
    assert (row["state"], row["sealed"]) == ("sent", "")


async def test_a_days_letter_says_everything_once(mailing, clock):
    office, tools = mailing
    await reachable(CHEN)
    await chose(CHEN, digest=True)
    for n in range(3):
        await told(tools, a_message(key=f"n-{n}", to=(people(CHEN.account),)))
    await send_message.send_digest(tools, SendDigest(CHEN.account))
    assert office.received == [], "it is not time yet"
    assert await left("message.digest") == [
        clock.time.replace(hour=0, minute=32) + timedelta(days=1)
    ]
    clock.go_on(hours=24)
    office.answers["chen@mingcha.test"] = "451 not now"
    await send_message.send_digest(tools, SendDigest(CHEN.account))
    assert len(await left("message.digest")) == 2
    assert await left("message.mail") == []
    office.answers.clear()
    clock.go_on(minutes=1)
    for _ in range(2):
        await send_message.send_digest(tools, SendDigest(CHEN.account))
    (letter,) = office.received
    assert letter["Subject"] == "今日消息 3 条"
    assert letter.get_body().get_content().count("收到整改通知") == 3
    assert [row["state"] for row in await delivered("mail")] == ["sent"] * 3


@pytest.mark.parametrize("channel", ["mail", "push", "bot", "webhook"])
async def test_the_worker_knows_every_way_and_ends_aloud(tools, channel):
    kind = next(kind for kind in kinds.KINDS if kind.name == f"message.{channel}")
    await add_row(
        "delivery",
        {
            "id": "d-1",
            "key": "d-1",
            "channel": channel,
            "account": WANG.account,
            "kind": "reply.submitted",
            "noun": "notice",
            "noun_id": "n-1",
            "facts": msgspec.json.encode(FACTS).decode(),
            "due_at": START,
            "created_at": START,
        },
    )
    await jobs.enqueue(kind=kind.name, key="k", payload={"delivery": "d-1"}, at=START)
    (job,) = await jobs.claim(tools.now(), timedelta(minutes=1), (kind.name,), 1)
    await _give_up(Bench(tools, None), kind, job, "it was too much")
    (row,) = await rows_of("delivery")
    assert (row["state"], row["code"]) == ("failed", "crashed")
    await kind.run(Bench(tools, None), job)
    await kind.buried(Bench(tools, None), job)
    assert await attempted() == [("refused", "crashed")]


async def test_the_worker_sends_the_days_letter(tools):
    kind = next(kind for kind in kinds.KINDS if kind.name == "message.digest")
    assert isinstance(kind, JobKind)
    await jobs.enqueue(kind=kind.name, key="k", payload={"account": CHEN.account}, at=START)
    (job,) = await jobs.claim(tools.now(), timedelta(minutes=1), (kind.name,), 1)
    await kind.run(Bench(tools, None), job)
    assert await attempted() == []


def test_one_browser_that_may_still_be_told_is_worth_another_try():
    outcomes = (Outcome.TAKEN, Outcome.LATER, Outcome.GONE)
    assert send_message._together(outcomes).outcome is Outcome.LATER
