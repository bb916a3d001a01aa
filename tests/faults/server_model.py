"""What the server must answer, said in a page: the oracle of the protocol test."""

import json
from typing import Any

import msgspec

from tests.submissions import sha256_of

Address = tuple[str, int]


class Expected(msgspec.Struct, frozen=True):
    """A status and, for a refusal, its code; `receipt` is set where it must be repeated."""

    status: int
    code: str = ""
    receipt: bytes | None = None
    offset: int | None = None


class VisitModel(msgspec.Struct):
    """A visit the server received."""

    assignment: str
    state: str
    attempt: int


class ServerModel:
    """The state after every request so far."""

    def __init__(self, answered: int) -> None:
        self.answered = answered
        """How many answers a whole form has."""
        self.sessions: set[str] = set()
        self.assignments: dict[str, str] = {}
        self.visits: dict[str, VisitModel] = {}
        self.accepted: dict[Address, str] = {}
        self.receipts: dict[Address, bytes] = {}
        self.parked: set[tuple[str, int, str, str]] = set()
        self.arriving: dict[str, int] = {}
        self.photos: set[str] = set()

    def submission(self, cookie: str, visit: str, attempt: int, body: bytes) -> Expected:
        """The answer to an attempt; the state afterwards."""
        if cookie not in self.sessions:
            return Expected(401)
        content_hash, said = sha256_of(body), json.loads(body)
        known = self.accepted.get((visit, attempt))
        if known == content_hash:
            return Expected(200, receipt=self.receipts[visit, attempt])
        code = "visit.conflict" if known else self._refusal(visit, attempt, said)
        if code:
            self.parked.add((visit, attempt, content_hash, code))
            return Expected(422 if code == "visit.answers_refused" else 409, code)
        self.accepted[visit, attempt] = content_hash
        self.visits[visit] = VisitModel(said["assignment"], "submitted", attempt)
        self.assignments[said["assignment"]] = "submitted"
        return Expected(201)

    def _refusal(self, visit: str, attempt: int, said: dict[str, Any]) -> str:
        assignment = self.assignments[said["assignment"]]
        if assignment == "cancelled":
            return "visit.assignment_cancelled"
        known = self.visits.get(visit)
        if known is None:
            if attempt != 1:
                return "visit.attempt_refused"
            if assignment != "open":
                return "visit.assignment_taken"
        elif known.state != "returned" or attempt != known.attempt + 1:
            return "visit.attempt_refused"
        return "" if len(said["answers"]) == self.answered else "visit.answers_refused"

    def piece(self, cookie: str, sha256: str, offset: int, length: int, size: int) -> Expected:
        """The answer to so many bytes of a photo."""
        if cookie not in self.sessions:
            return Expected(401)
        if sha256 in self.photos:
            return Expected(200, offset=length)
        there = self.arriving.get(sha256, 0)
        if offset != there:
            # All of it came before and only the answer was lost.
            return Expected(409, "photo.offset_mismatch", offset=there)
        self.arriving[sha256] = there + size
        if there + size == length:
            self.photos.add(sha256)
            del self.arriving[sha256]
        return Expected(200, offset=there + size)

    def whereabouts(self, cookie: str, sha256: str) -> Expected:
        """The answer to HEAD."""
        if cookie not in self.sessions:
            return Expected(401)
        if sha256 in self.photos:
            return Expected(200)
        there = self.arriving.get(sha256, 0)
        return Expected(200, offset=there) if there else Expected(404)

    def returned(self, visit: str) -> None:
        """A reviewer sent it back."""
        self.visits[visit].state = "returned"
        self.assignments[self.visits[visit].assignment] = "returned"
