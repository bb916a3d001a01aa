"""The jobs behind a re-score: judging without writing, and writing."""

import msgspec

from inspection.persistence.jobs import ClaimedJob
from inspection.services.rescores.rescore_trials import TRY, try_out
from inspection.services.rescores.rescore_writing import WRITE, write_on
from inspection.services.tools import Tools

__all__ = ["TRY", "WRITE", "Rescore", "run_rescore"]


class Rescore(msgspec.Struct, frozen=True, kw_only=True):
    """Which re-score to go on with."""

    rescore: str


async def run_rescore(tools: Tools, job: ClaimedJob) -> None:
    """Go on with it, as far as one job goes. Doing it again changes nothing."""
    rescore = job.read(Rescore).rescore
    if job.kind == TRY:
        await try_out(tools, rescore, job.key)
    else:
        await write_on(tools, rescore, job.key)
