"""Composition root: the only file that names concrete adapters. Builds tools, web and worker."""

import asyncio
import gc
import logging
import os
import secrets
import signal
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from inspection import holidays
from inspection.domain.messages.mail import MailServer
from inspection.domain.messages.push import listed_hosts
from inspection.domain.people.account import SessionLife, SessionLives
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.messages.push_key import PushKey
from inspection.persistence.migrating import check_schema
from inspection.persistence.notices.seal_key import SealKey
from inspection.persistence.photos.photos import LocalPhotos
from inspection.services.ids import sortable_ids
from inspection.services.passwords import Passwords
from inspection.services.tools import Issuer, Outside, PushDesk, Tools
from inspection.settings import Settings, from_environment
from inspection.wording import Language, catalogue

if TYPE_CHECKING:
    from litestar import Litestar

TOKEN_BYTES = 32

GARBAGE = 10_000
"""New objects after which the collector looks for those that only hold each other."""


class Workshop:
    """Opens the real things by settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def with_settings(self, settings: Settings) -> Self:
        """The same workshop under other settings."""
        return type(self)(settings)

    def with_port(self) -> Self:
        """The same workshop with the port it will serve on. Raises PortTaken."""
        from inspection.web.serving import with_port

        return self.with_settings(with_port(self.settings))

    @asynccontextmanager
    async def tools(self) -> AsyncIterator[Tools]:
        """The tools with the database open; closed on leaving."""
        tools = tools_of(self.settings)
        async with _opened(self.settings, tools):
            yield tools

    def serve(self) -> int:
        """Serve until stopped; the exit code. Says in one sentence why it cannot start."""
        # Imported here: whoever only runs a command need not load the web server.
        from inspection.web.serving import serve

        try:
            asyncio.run(_check_database(self.settings))
        except DatabaseFault as fault:
            sys.stderr.write(f"{fault}\n")
            return 1
        return serve(self.settings)

    async def work(self) -> int:
        """Run the job worker until stopped; the exit code."""
        from inspection.documents.press import Press
        from inspection.jobs.worker import run_worker

        _keep_logs(self.settings)
        catalogues = {language.value: catalogue(language) for language in Language}
        stop = _stop_signal()
        async with (
            self.tools() as tools,
            Press(catalogues, workers=self.settings.press_workers) as press,
        ):
            await run_worker(tools, press, stop)
        return 0


def tools_of(settings: Settings) -> Tools:
    """The real clock, chance, photo folder and password threads."""
    return Tools(
        now=lambda: datetime.now(UTC),
        new_id=sortable_ids(lambda: time.time_ns() // 1_000_000, secrets.randbits),
        random_id=lambda: uuid.uuid4().hex,
        new_token=lambda: secrets.token_urlsafe(TOKEN_BYTES),
        photos=LocalPhotos(settings.photo_dir),
        passwords=Passwords(),
        issuer=Issuer(settings.issuer_name, settings.issuer_mark, settings.deadlines),
        push=PushDesk(
            PushKey(Path(settings.data_dir), settings.push_key), listed_hosts(settings.push_hosts)
        ),
        seal_key=SealKey(Path(settings.data_dir), settings.seal_key),
        calendar=holidays.published(settings.opens_at, settings.closes_at),
        deemed_days=settings.deemed_days,
        appeal_days=settings.appeal_days,
        outside=outside_of(settings),
        address=settings.address,
        lives=_lives(settings),
    )


def _lives(settings: Settings) -> SessionLives:
    desk = SessionLife(
        timedelta(hours=settings.desk_idle_hours), timedelta(days=settings.desk_session_days)
    )
    phone = SessionLife(
        timedelta(days=settings.phone_idle_days), timedelta(days=settings.phone_session_days)
    )
    return SessionLives(desk=desk, phone=phone)


def outside_of(settings: Settings) -> Outside:
    """What leads out of the house."""
    mail = MailServer(
        host=settings.mail_host,
        port=settings.mail_port,
        tls=settings.mail_tls,
        user=settings.mail_user,
        password=settings.mail_password,
        sender=settings.mail_from,
    )
    return Outside(
        mail=mail if mail.host else None,
        bots=listed_hosts(settings.bot_hosts),
        webhooks=listed_hosts(settings.webhook_hosts),
        private=settings.webhook_private,
    )


def web_app() -> "Litestar":
    """The web application by the environment, for an ASGI server that takes a factory."""
    # Nothing of what comes in goes again: looking for it was a fifth of a start.
    gc.disable()
    try:
        from inspection.web.app import create_app

        settings = from_environment(os.environ)
        _keep_logs(settings)
        tools = tools_of(settings)
        return create_app(tools, settings, lifespan=[lambda _: _opened(settings, tools)])
    finally:
        gc.enable()


@asynccontextmanager
async def _opened(settings: Settings, tools: Tools) -> AsyncIterator[None]:
    await open_database(
        settings.database_url, pool_min=settings.pool_min, pool_max=settings.pool_max
    )
    try:
        await check_schema()
        _leave_start_up_alone()
        yield
    finally:
        tools.passwords.close()
        await close_database()


def _leave_start_up_alone() -> None:
    """Have the collector of garbage look at what requests leave, and seldom: what start-up made
    stays for good, and walking it again and again was a twelfth of a visit.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, *gc.get_threshold()[1:])


async def _check_database(settings: Settings) -> None:
    try:
        await open_database(settings.database_url, pool_min=1, pool_max=1)
        await check_schema()
    finally:
        await close_database()


def _stop_signal() -> asyncio.Event:
    """Set once somebody asks the process to end."""
    stop = asyncio.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(asked, stop.set)
    return stop


def _keep_logs(settings: Settings) -> None:
    """Faults always, requests when asked: plain lines on standard error."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING)
    if settings.access_log:
        logging.getLogger("inspection.access").setLevel(logging.INFO)
