"""Photos sent by the app's own rules (`static/js/sync/uploads.js`, `static/js/model/pace.js`): a
small first piece, twice as much after each that arrived, half as much at most after one of which
nothing was kept, and HEAD for where to go on.
"""

import asyncio
import json
import re

from tests.faults.product import ROOT
from tests.faults.wire import Answer, Connection, CutOff
from tests.submissions import sha256_of

PIECE = 32_000
_RULES = (ROOT / "static" / "js" / "model" / "pace.js").read_text(encoding="utf-8")


def _rule(name: str) -> int:
    found = re.search(rf"const {name} = ([\d *]+);", _RULES)
    assert found is not None, name
    figure = 1
    for factor in found[1].split("*"):
        figure *= int(factor)
    return figure


SMALLEST, FIRST, LARGEST, TRUST = map(_rule, ("SMALLEST", "FIRST", "LARGEST", "TRUST"))


class Pace:
    """How much of a photo to send at once."""

    def __init__(self) -> None:
        self.piece = FIRST
        self._ceiling = LARGEST
        self._arrived = 0

    def piece_arrived(self) -> None:
        self._arrived += 1
        if self._arrived == TRUST:
            self._ceiling = min(LARGEST, self._ceiling * 2)
            self._arrived = 0
        self.piece = min(self._ceiling, self.piece * 2)

    def piece_was_cut(self, kept: int) -> None:
        if kept <= 0:
            self.piece = self._ceiling = max(SMALLEST, self.piece // 2)
            self._arrived = 0


class Uploading:
    """One phone's line to the server and how much it dares to send at once."""

    def __init__(self, connection: Connection, session: dict[str, str]) -> None:
        self.statuses: dict[int, int] = {}
        self._connection = connection
        self._session = session
        self._pace = Pace()

    async def send(self, photo: bytes) -> None:
        """Send a photo until the server has all of it."""
        reached, cut = 0, False
        while reached < len(photo):
            try:
                if cut:
                    where = await self._where(photo)
                    self._pace.piece_was_cut(where - reached)
                    reached, cut = where, False
                    continue
                reached = await self._send_piece(photo, reached)
            except CutOff:
                cut = True
                await asyncio.sleep(0.05)

    async def _send_piece(self, photo: bytes, offset: int) -> int:
        headers = {
            "content-type": "application/octet-stream",
            "upload-offset": str(offset),
            "upload-length": str(len(photo)),
        }
        body = photo[offset : offset + self._pace.piece]
        answer = await self._ask("PATCH", photo, headers, body)
        if answer.status == 409:
            return int(answer.headers["upload-offset"])
        assert answer.status == 200, answer
        self._pace.piece_arrived()
        reached: int = json.loads(answer.body)["offset"]
        return reached

    async def _where(self, photo: bytes) -> int:
        answer = await self._ask("HEAD", photo, {})
        if answer.status == 404:
            return 0
        assert answer.status == 200, answer
        return int(answer.headers["upload-offset"])

    async def _ask(
        self, method: str, photo: bytes, headers: dict[str, str], body: bytes = b""
    ) -> Answer:
        path = f"/api/photos/{sha256_of(photo)}"
        answer = await self._connection.ask(method, path, self._session | headers, body)
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        return answer


async def send_whole(line: Connection, session: dict[str, str], photo: bytes) -> None:
    """A photo in pieces; the first that is not answered ends it."""
    for offset in range(0, len(photo), PIECE):
        headers = {
            "content-type": "application/octet-stream",
            "upload-offset": str(offset),
            "upload-length": str(len(photo)),
        }
        path = f"/api/photos/{sha256_of(photo)}"
        piece = photo[offset : offset + PIECE]
        answer = await line.ask("PATCH", path, session | headers, piece)
        if answer.status >= 500:
            raise CutOff
        assert answer.status == 200, answer
