"""The HTTP server: granian with one answering process, told what to serve by the environment."""

import errno
import os
import socket

import msgspec
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from inspection.domain.refusals import Refusal
from inspection.settings import Settings, to_environment

APPLICATION = "inspection.wiring:web_app"

HEADER_SECONDS = 15
STOP_SECONDS = 5
"""Who is still sending after this long gets no answer; receipts make sending again safe."""


class PortTaken(Refusal):
    """Somebody listens on the `port` already; another one has to be chosen."""

    code = "run.port_taken"


def serve(settings: Settings) -> int:
    """Serve until stopped; the exit code. Raises PortTaken."""
    # Again: `run` looked before it loaded the demo, and somebody may have come first meanwhile.
    settings = with_port(settings)
    os.environ.update(to_environment(settings))
    Server(
        APPLICATION,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        loop=Loops.uvloop,
        http=HTTPModes.auto,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
    return 0


def with_port(settings: Settings) -> Settings:
    """The settings with a port that is free now: the one they name, or any where they leave it
    open. Raises PortTaken when somebody listens there.
    """
    family, kind, protocol, _, place = socket.getaddrinfo(
        settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        # The server shares its port with whoever listens there already; this does not. What a
        # server that has just stopped left behind is no listener.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                raise PortTaken(port=settings.port) from None
            raise
        return msgspec.structs.replace(settings, port=probe.getsockname()[1])
