"""Every kind of job on one screen: what runs it, how long it may take, how many at once."""

from datetime import timedelta

from inspection.domain.messages.delivery import SEND_KINDS
from inspection.domain.messages.message import Channel
from inspection.jobs import (
    clean_photo,
    deem_notices,
    forget_drafts,
    make_rounds,
    notice_batches,
    plan_round,
    print_bulletin,
    print_notice,
    print_opinion,
    reckon_judgements,
    reckon_tallies,
    release_visits,
    remind_of_deadlines,
    rescore,
    scheduled_exports,
    send_message,
    send_push,
    sheet_imports,
    verify_audit,
)
from inspection.jobs.bench import Bench, JobKind
from inspection.jobs.clean_photo import CleanPhoto
from inspection.jobs.plan_round import PlanRound
from inspection.jobs.print_bulletin import PrintBulletin
from inspection.jobs.print_notice import PrintNotice
from inspection.jobs.print_opinion import PrintOpinion
from inspection.jobs.send_message import SendDigest, SendMessage
from inspection.jobs.send_push import SendPush
from inspection.jobs.verify_audit import VerifyAudit
from inspection.persistence import jobs
from inspection.persistence.jobs import ClaimedJob
from inspection.services.messages.messages import DIGEST

PUSH, MAIL, BOT, WEBHOOK = (SEND_KINDS[channel] for channel in Channel)


KEPT = timedelta(days=7)
"""How long it is known that a job the worker left itself was done."""


async def _clean_photo(bench: Bench, job: ClaimedJob) -> None:
    await clean_photo.clean_photo(bench.tools, job.read(CleanPhoto))


async def _print_notice(bench: Bench, job: ClaimedJob) -> None:
    await print_notice.print_notice(bench.tools, bench.press, job.read(PrintNotice))


async def _no_print(job: ClaimedJob) -> None:
    await print_notice.give_up(job.read(PrintNotice))


async def _print_bulletin(bench: Bench, job: ClaimedJob) -> None:
    await print_bulletin.print_bulletin(bench.tools, bench.press, job.read(PrintBulletin))


async def _no_bulletin(job: ClaimedJob) -> None:
    await print_bulletin.give_up(job.read(PrintBulletin))


async def _print_opinion(bench: Bench, job: ClaimedJob) -> None:
    await print_opinion.print_opinion(bench.tools, bench.press, job.read(PrintOpinion))


async def _forget_drafts(bench: Bench, _: ClaimedJob) -> None:
    await forget_drafts.forget_drafts(bench.tools)
    # What the worker left itself tells nobody anything after some days: 288 reminders a day.
    own = tuple(kind.name for kind in KINDS if kind.daily or kind.minutes)
    await jobs.forget_done(own, bench.tools.now() - KEPT)


async def _deem_notices(bench: Bench, _: ClaimedJob) -> None:
    await deem_notices.deem_notices(bench.tools)


async def _notice_batch(bench: Bench, job: ClaimedJob) -> None:
    await notice_batches.work(bench.tools, job)


async def _forget_archives(bench: Bench, _: ClaimedJob) -> None:
    await notice_batches.forget(bench.tools)


async def _rescore(bench: Bench, job: ClaimedJob) -> None:
    await rescore.run_rescore(bench.tools, job)


async def _make_rounds(bench: Bench, _: ClaimedJob) -> None:
    await make_rounds.make_rounds(bench.tools)


async def _release_visits(bench: Bench, job: ClaimedJob) -> None:
    await release_visits.release_visits(bench.tools, job)


async def _reckon_tallies(bench: Bench, job: ClaimedJob) -> None:
    await reckon_tallies.reckon_tallies(bench.tools, job)


async def _reckon_judgements(_: Bench, __: ClaimedJob) -> None:
    await reckon_judgements.reckon()


async def _send_push(bench: Bench, job: ClaimedJob) -> None:
    await send_push.send_push(bench.tools, job.read(SendPush))


async def _send_mail(bench: Bench, job: ClaimedJob) -> None:
    await send_message.send_mail(bench.tools, job.read(SendMessage))


async def _send_digest(bench: Bench, job: ClaimedJob) -> None:
    await send_message.send_digest(bench.tools, job.read(SendDigest))


async def _send_to_browsers(bench: Bench, job: ClaimedJob) -> None:
    await send_message.send_push(bench.tools, job.read(SendMessage))


async def _send_bot(bench: Bench, job: ClaimedJob) -> None:
    await send_message.send_bot(bench.tools, job.read(SendMessage))


async def _send_webhook(bench: Bench, job: ClaimedJob) -> None:
    await send_message.send_webhook(bench.tools, job.read(SendMessage))


async def _unsent(bench: Bench, job: ClaimedJob) -> None:
    await send_message.give_up(bench.tools, job.read(SendMessage))


async def _remind(bench: Bench, _: ClaimedJob) -> None:
    await remind_of_deadlines.remind_of_deadlines(bench.tools)


async def _plan_round(bench: Bench, job: ClaimedJob) -> None:
    await plan_round.plan_round(bench.tools, job.read(PlanRound), job)


async def _no_plan(job: ClaimedJob) -> None:
    await plan_round.give_up(job.read(PlanRound))


async def _verify_audit(bench: Bench, job: ClaimedJob) -> None:
    await verify_audit.verify_audit(bench.tools, job.read(VerifyAudit))


async def _check_import(bench: Bench, job: ClaimedJob) -> None:
    await sheet_imports.check(bench.tools, job)


async def _write_import(bench: Bench, job: ClaimedJob) -> None:
    await sheet_imports.write(bench.tools, job)


KINDS = (
    JobKind(name=clean_photo.KIND, seconds=90.0, slots=2, run=_clean_photo),
    JobKind(name=print_notice.KIND, seconds=60.0, slots=2, run=_print_notice, gave_up=_no_print),
    JobKind(
        name=print_bulletin.KIND, seconds=60.0, slots=1, run=_print_bulletin, gave_up=_no_bulletin
    ),
    JobKind(name=print_opinion.KIND, seconds=60.0, slots=1, run=_print_opinion),
    JobKind(name=send_push.KIND, seconds=30.0, slots=2, run=_send_push),
    JobKind(name=MAIL, seconds=60.0, slots=2, run=_send_mail, buried=_unsent),
    JobKind(name=DIGEST, seconds=60.0, slots=1, run=_send_digest),
    JobKind(name=PUSH, seconds=30.0, slots=1, run=_send_to_browsers, buried=_unsent),
    JobKind(name=BOT, seconds=60.0, slots=1, run=_send_bot, buried=_unsent),
    JobKind(name=WEBHOOK, seconds=30.0, slots=1, run=_send_webhook, buried=_unsent),
    JobKind(name=plan_round.KIND, seconds=240.0, slots=1, run=_plan_round, gave_up=_no_plan),
    JobKind(name=verify_audit.KIND, seconds=600.0, slots=1, run=_verify_audit),
    JobKind(name=rescore.TRY, seconds=120.0, slots=1, run=_rescore),
    JobKind(name=rescore.WRITE, seconds=120.0, slots=1, run=_rescore),
    JobKind(
        name=sheet_imports.CHECK,
        seconds=300.0,
        slots=1,
        run=_check_import,
        gave_up=sheet_imports.give_up,
    ),
    JobKind(
        name=sheet_imports.WRITE,
        seconds=300.0,
        slots=1,
        run=_write_import,
        gave_up=sheet_imports.give_up,
    ),
    JobKind(
        name=remind_of_deadlines.KIND,
        seconds=300.0,
        slots=1,
        run=_remind,
        minutes=remind_of_deadlines.MINUTES,
    ),
    JobKind(name=forget_drafts.KIND, seconds=300.0, slots=1, run=_forget_drafts, daily=True),
    JobKind(name=notice_batches.KIND, seconds=600.0, slots=1, run=_notice_batch),
    JobKind(name=notice_batches.FORGET, seconds=300.0, slots=1, run=_forget_archives, daily=True),
    JobKind(name=deem_notices.KIND, seconds=600.0, slots=1, run=_deem_notices, daily=True),
    JobKind(
        name=scheduled_exports.DUE,
        seconds=300.0,
        slots=1,
        run=scheduled_exports.start,
        minutes=scheduled_exports.MINUTES,
    ),
    JobKind(
        name=scheduled_exports.KIND,
        seconds=600.0,
        slots=1,
        run=scheduled_exports.make,
        buried=scheduled_exports.unmade,
    ),
    JobKind(
        name=scheduled_exports.FORGET,
        seconds=300.0,
        slots=1,
        run=scheduled_exports.forget,
        daily=True,
    ),
    JobKind(name=make_rounds.KIND, seconds=300.0, slots=1, run=_make_rounds, daily=True),
    JobKind(name=release_visits.KIND, seconds=300.0, slots=1, run=_release_visits, daily=True),
    JobKind(
        name=reckon_judgements.KIND,
        seconds=300.0,
        slots=1,
        run=_reckon_judgements,
        minutes=reckon_judgements.MINUTES,
    ),
    JobKind(name=reckon_tallies.KIND, seconds=300.0, slots=1, run=_reckon_tallies, daily=True),
)
