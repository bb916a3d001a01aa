"""What the phones were told, and a phone that does not rest until it is told something."""

import asyncio
import json

from tests.faults.field import Sent, sending
from tests.faults.wire import Connection, CutOff

PAUSE = 0.1


class Ledger:
    """What the phones were told."""

    def __init__(self) -> None:
        self.receipts: dict[tuple[str, int], bytes] = {}
        self.conflicts: set[tuple[str, int, str]] = set()
        self.statuses: dict[int, int] = {}
        self.cut = 0

    def take(self, sent: Sent, status: int, body: bytes) -> None:
        """Count one answer; a receipt must be the one given before."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status in (200, 201):
            receipt = json.loads(body)
            assert receipt["content_hash"] == sent.content_hash
            assert self.receipts.setdefault((sent.visit, sent.attempt), body) == body
            return
        assert status == 409, (status, body)
        assert json.loads(body)["code"] == "visit.conflict", body
        self.conflicts.add((sent.visit, sent.attempt, sent.content_hash))


async def bring(connection: Connection, session: dict[str, str], sent: Sent, told: Ledger) -> None:
    """Send one attempt until the server has said what came of it."""
    while True:
        try:
            answer = await connection.ask("PUT", sent.path, sending(session, sent), sent.body)
        except CutOff:
            told.cut += 1
            await asyncio.sleep(PAUSE)
            continue
        return told.take(sent, answer.status, answer.body)
