"""`inspection doctor` and `inspection audit verify`: what is missing, what was tampered with."""

import argparse
import os

from inspection.cli.output import language
from inspection.cli.workshop import Workshop
from inspection.documents.engine import ready
from inspection.domain.refusals import Refusal
from inspection.persistence.audit import audit
from inspection.persistence.bulletins import bulletins
from inspection.persistence.health import read_once
from inspection.wording import say


async def doctor(workshop: Workshop, _: argparse.Namespace) -> int:
    """Check database, data folder and printing; 1 when anything is wrong."""
    spoken = language()
    findings = [
        (say(spoken, "doctor.database", url=_without_secret(workshop)), await _database(workshop)),
        (say(spoken, "doctor.folder", folder=workshop.settings.data_dir), _folder(workshop)),
        (say(spoken, "doctor.paper"), _paper()),
    ]
    for what, fault in findings:
        print(say(spoken, "doctor.bad" if fault else "doctor.ok", what=what, fault=fault))
    if any(fault for _, fault in findings):
        return 1
    print(say(spoken, "doctor.all_well"))
    return 0


async def verify_audit(workshop: Workshop, _: argparse.Namespace) -> int:
    """Walk the whole chain; 1 when a link does not hold."""
    spoken = language()
    async with workshop.tools():
        report = await audit.verify_chain(await bulletins.chain_marks())
    for fault in report.faults:
        what = say(spoken, f"audit_verify.{fault.kind}")
        print(say(spoken, "audit_verify.broken", seq=fault.seq, until=fault.until, fault=what))
    if report.intact:
        print(say(spoken, "audit_verify.whole", count=report.events, hash=report.head.hash))
    return 0 if report.intact else 1


def _without_secret(workshop: Workshop) -> str:
    scheme, _, rest = workshop.settings.database_url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


async def _database(workshop: Workshop) -> str:
    spoken = language()
    try:
        async with workshop.tools():
            await read_once()
    except Refusal as refusal:
        return say(spoken, refusal.code, **refusal.facts)
    except OSError as error:
        return say(spoken, "doctor.unreachable", reason=error.strerror or str(error))
    return ""


def _folder(workshop: Workshop) -> str:
    spoken = language()
    probe = workshop.settings.photo_dir / f".doctor-{os.getpid()}"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        return say(spoken, "doctor.unwritable", reason=error.strerror or str(error))
    return ""


def _paper() -> str:
    spoken = language()
    return " ".join(
        say(spoken, problem.code, name=problem.name, remedy=problem.remedy) for problem in ready()
    )
