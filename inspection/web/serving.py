"""The HTTP server: granian with one answering process, told what to serve by the environment."""

import os
import socket

import msgspec
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from inspection.settings import Settings, to_environment

APPLICATION = "inspection.wiring:web_app"

HEADER_SECONDS = 15
STOP_SECONDS = 5
"""Who is still sending after this long gets no answer; receipts make sending again safe."""


def serve(settings: Settings) -> int:
    """Serve until stopped; the exit code."""
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
    """The settings with a port that is free now, where they leave it open."""
    if settings.port:
        return settings
    with socket.socket() as probe:
        probe.bind((settings.host, 0))
        return msgspec.structs.replace(settings, port=probe.getsockname()[1])
