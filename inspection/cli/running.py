"""`inspection run | serve | worker`: start the product and keep it running."""

import argparse
import asyncio
import os
import socket
import sys

import msgspec

from inspection.cli.attendant import Attendant
from inspection.cli.migration import migrate
from inspection.cli.output import language
from inspection.cli.workshop import Workshop
from inspection.services.people.demo_sign_ins import DEMO_SIGN_INS
from inspection.settings import Settings
from inspection.wording import say

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not bound
"""Hosts that mean every address of this machine, and that nobody can type."""

LOOPBACK = "127.0.0.1"


def run(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Migrate, load the demo into an empty database, say where to go, serve until stopped."""
    # Imported here: whoever only serves needs nothing of what tells the story of the demo.
    from inspection.cli.demonstration import load_when_empty

    workshop = _at(workshop, arguments, demo=True)
    asyncio.run(migrate(workshop, arguments))
    asyncio.run(load_when_empty(workshop))
    _welcome(workshop)
    return _serve_with_worker(workshop)


def serve(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Serve a database that is already migrated."""
    workshop = _at(workshop, arguments, demo=workshop.settings.demo)
    return _serve_with_worker(workshop) if arguments.worker else workshop.serve()


async def work(workshop: Workshop, _: argparse.Namespace) -> int:
    """Run the job worker until stopped."""
    return await workshop.work()


def _at(workshop: Workshop, arguments: argparse.Namespace, *, demo: bool) -> Workshop:
    settings = workshop.settings
    asked = msgspec.structs.replace(
        settings,
        host=arguments.host or settings.host,
        port=settings.port if arguments.port is None else arguments.port,
        demo=demo,
    )
    found = workshop.with_settings(asked).with_port()
    return found.with_settings(with_address(found.settings))


def with_address(settings: Settings) -> Settings:
    """The settings with an address people can type, for screens and QR codes."""
    if settings.public_url or (settings.host not in EVERYWHERE and ":" not in settings.host):
        return settings
    shown = this_machine() if settings.host in EVERYWHERE else f"[{settings.host}]"
    return msgspec.structs.replace(settings, public_url=f"http://{shown}:{settings.port}")


def this_machine() -> str:
    """The name others reach this machine by; where it leads nowhere else, the loopback address."""
    name = socket.gethostname()
    try:
        found = socket.gethostbyname(name)
    except OSError:
        return LOOPBACK
    return LOOPBACK if found.startswith("127.") else name


def _welcome(workshop: Workshop) -> None:
    spoken = language()
    print(say(spoken, "run.address", address=workshop.settings.address))
    print(say(spoken, "run.sign_ins"))
    for sign_in in DEMO_SIGN_INS:
        role = say(spoken, f"role.{sign_in.role}")
        print(f"  {sign_in.sign_in:<12} {sign_in.password:<16} {role}  {sign_in.name}")
    print(say(spoken, "run.stop"), flush=True)


def _serve_with_worker(workshop: Workshop) -> int:
    with _worker(workshop):
        return workshop.serve()


def _worker(workshop: Workshop) -> Attendant:
    """A worker process beside the server: PDFs are never laid out in the process that answers."""
    settings = workshop.settings
    environment = os.environ | {
        "DATABASE_URL": settings.database_url,
        "MINGCHA_DATA_DIR": settings.data_dir,
        "MINGCHA_PUBLIC_URL": settings.address,
    }
    return Attendant([sys.executable, "-m", "inspection", "worker"], environment)
