"""A mail server on this machine: keeps what it takes, refuses whom it is told to."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.policy import default

import msgspec
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from inspection.domain.messages.mail import MailServer
from tests.certificates import HERE, certificate

USER, PASSWORD = "mingcha", "correct horse"


class Post:
    """Takes every letter, but answers as told by recipient, or to every letter."""

    def __init__(self):
        self.received = []
        self.answers = {}
        self.signed_in = []
        self.port = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=default))
        return self.answers.get("data", "250 taken")

    def authenticate(self, server, session, envelope, mechanism, data):
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login.decode())
        # Not handled: the server answers the client by itself, 235 or 535.
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    def server(self, **changed):
        """How the product is told of it."""
        said = {"host": HERE, "port": self.port, "tls": "none", "user": "", "password": ""}
        return MailServer(**said | {"sender": "明察 <noreply@mingcha.test>"} | changed)

    def tools(self, tools):
        """The tools with this server to hand letters to."""
        outside = msgspec.structs.replace(tools.outside, mail=self.server())
        return msgspec.structs.replace(tools, outside=outside)


@asynccontextmanager
async def post_office(**options):
    """A running server; options are aiosmtpd's."""
    post, lines = Post(), []
    loop = asyncio.get_running_loop()

    def answer():
        told = {"hostname": "post.test", "loop": loop, "authenticator": post.authenticate}
        lines.append(SMTP(post, **told | options))
        return lines[-1]

    server = await loop.create_server(answer, HERE, 0)
    async with server:
        post.port = server.sockets[0].getsockname()[1]
        yield post
    for line in lines:
        # The way itself, also where TLS was laid over it: that has let go of one that is gone.
        for way in (line.transport, line._original_transport):
            if way is not None and getattr(way, "_ssl_protocol", way) is not None:
                way.abort()
    # A line that is still being served when the loop ends is reported in whatever test comes then.
    served = [line._handler_coroutine for line in lines if line._handler_coroutine is not None]
    if served:
        _, waiting = await asyncio.wait(served, timeout=0.2)
        for line in waiting:
            line.cancel()  # reads from TLS that never came about, which says no end to it
        await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.sleep(0.01)


def own_tls(folder, monkeypatch):
    """What a server needs for TLS, with a certificate clients of this process believe."""
    path = certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context
