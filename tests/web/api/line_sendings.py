"""Replies, requests and appeals about a line, as a phone sends them."""

import hashlib
import json

from inspection.domain.deadline import SHANGHAI
from tests.submissions import a_photo, sha256_of

LIST = "/api/store-notices"
SENDING = "01935f00-0000-7000-8000-0000000000b1"
OTHER = "01935f00-0000-7000-8000-0000000000b2"
NO_PHOTOS = {"photos": []}
APPEAL = {"format": 1, "ground": "facts", "text": "当天设备在二楼贵宾室", "photos": []}


async def put(somebody, notice, kind, said, *, line=1, sending=SENDING):
    """Send something about a line the way a phone does."""
    body = json.dumps(said).encode()
    headers = {
        "content-type": "application/json",
        "x-content-sha256": hashlib.sha256(body).hexdigest(),
    }
    path = f"{LIST}/{notice}/lines/{line}/{kind}/{sending}"
    return await somebody.send("PUT", path, content=body, headers=headers)


async def photographed(somebody, clock, seed=1):
    """A photo the store has sent; how a reply names it."""
    content = a_photo(seed)
    headers = {
        "content-type": "application/octet-stream",
        "upload-offset": "0",
        "upload-length": str(len(content)),
    }
    sha256 = sha256_of(content)
    sent = await somebody.send("PATCH", f"/api/photos/{sha256}", content=content, headers=headers)
    assert sent.status_code == 200, sent.text
    taken_at = clock().astimezone(SHANGHAI).isoformat()
    return {"sha256": sha256, "origin": "camera", "taken_at": taken_at}


async def line_of(somebody, notice, no=1):
    """How a line is getting on, as the phone fetches it."""
    follow = (await somebody.get(f"{LIST}/{notice}")).json()["follow"]
    return next(line for line in follow if line["no"] == no)
