"""Every kind of job on one screen: what runs it, how long it may take, how many at once."""

from collections.abc import Awaitable, Callable

import msgspec

from inspection.documents.press import Press
from inspection.jobs import (
    clean_photo,
    forget_drafts,
    make_rounds,
    plan_round,
    print_notice,
    rescore,
    send_push,
    sheet_imports,
    verify_audit,
)
from inspection.jobs.clean_photo import CleanPhoto
from inspection.jobs.plan_round import PlanRound
from inspection.jobs.print_notice import PrintNotice
from inspection.jobs.send_push import SendPush
from inspection.jobs.verify_audit import VerifyAudit
from inspection.persistence.jobs import ClaimedJob
from inspection.services.tools import Tools


class Bench(msgspec.Struct, frozen=True):
    """What a job works with."""

    tools: Tools
    press: Press


class JobKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of job. A run longer than `seconds` counts as failed; `slots` run side by side, so
    that one job that hangs does not hold up the others of its kind. `gave_up` tells those who wait
    for a job that died, in the transaction that buries it. A `daily` one is left by the worker
    itself, once a day.
    """

    name: str
    seconds: float
    slots: int
    run: Callable[[Bench, ClaimedJob], Awaitable[None]]
    gave_up: Callable[[ClaimedJob], Awaitable[None]] | None = None
    daily: bool = False


async def _clean_photo(bench: Bench, job: ClaimedJob) -> None:
    await clean_photo.clean_photo(bench.tools, job.read(CleanPhoto))


async def _print_notice(bench: Bench, job: ClaimedJob) -> None:
    await print_notice.print_notice(bench.tools, bench.press, job.read(PrintNotice))


async def _no_print(job: ClaimedJob) -> None:
    await print_notice.give_up(job.read(PrintNotice))


async def _forget_drafts(bench: Bench, _: ClaimedJob) -> None:
    await forget_drafts.forget_drafts(bench.tools)


async def _rescore(bench: Bench, job: ClaimedJob) -> None:
    await rescore.run_rescore(bench.tools, job)


async def _make_rounds(bench: Bench, _: ClaimedJob) -> None:
    await make_rounds.make_rounds(bench.tools)


async def _send_push(bench: Bench, job: ClaimedJob) -> None:
    await send_push.send_push(bench.tools, job.read(SendPush))


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
    JobKind(name=send_push.KIND, seconds=30.0, slots=2, run=_send_push),
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
    JobKind(name=forget_drafts.KIND, seconds=300.0, slots=1, run=_forget_drafts, daily=True),
    JobKind(name=make_rounds.KIND, seconds=300.0, slots=1, run=_make_rounds, daily=True),
)
