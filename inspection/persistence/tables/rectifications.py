"""How stores settle the lines of their notices, and what comes after."""

from piccolo.columns import BigSerial, Boolean, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import (
    DIGEST,
    NAME,
    PATH,
    SHORT,
    made_id,
    maybe_of,
    maybe_time,
    moment,
    of,
)
from inspection.persistence.tables.org import Account, Store
from inspection.persistence.tables.results import NoticeLine


class RectificationReply(Table, tablename="rectification_reply", db=DB):
    """What a store answered about a line; never changed. One that came too late to count has no
    attempt and says why in `aside`: nothing anybody wrote is thrown away.
    """

    id = made_id()
    line = of(NoticeLine)
    attempt = Integer(null=True, default=None)
    client_id = Varchar(length=DIGEST)
    content_hash = Varchar(length=DIGEST)
    account = of(Account, index=False)
    cause = Text(default="")
    measure = Text(default="")
    prevention = Text(default="")
    on_the_spot = Boolean(default=False)
    aside = Varchar(length=SHORT, default="")
    due_at = moment()
    received_at = moment()

    one_attempt_per_line = Unique(["line", "attempt"])
    one_content_per_line = Unique(["line", "client_id", "content_hash"])


class RectificationPhoto(Table, tablename="rectification_photo", db=DB):
    """A photo of a reply. `flags` is JSON: what whoever verifies is told about it. Where it was
    taken is kept as a distance from the store only.
    """

    id = BigSerial(primary_key=True)
    reply = of(RectificationReply, index=False)
    position = Integer(default=1)
    sha256 = Varchar(length=DIGEST, index=True)
    origin = Varchar(length=SHORT, default="unknown")
    taken_at = maybe_time()
    exif_at = maybe_time()
    received_at = moment()
    distance_m = Integer(null=True, default=None)
    flags = Text(default="[]")

    one_photo_per_place = Unique(["reply", "position"])


class RectificationVerdict(Table, tablename="rectification_verdict", db=DB):
    """Whether a reply was accepted. `way` is "reply" for a look at what was sent, "recheck" for a
    look at the store: of the latter a reply may have several.
    """

    id = made_id()
    line = of(NoticeLine)
    reply = of(RectificationReply)
    way = Varchar(length=SHORT, default="reply")
    accepted = Boolean(default=False)
    reason = Text(default="")
    verifier = of(Account, index=False)
    decided_at = moment()


class LineHandler(Table, tablename="line_handler", db=DB):
    """Somebody who helps with a line; whoever is responsible for it stays so to the end."""

    id = made_id()
    line = of(NoticeLine, index=False)
    name = Varchar(length=NAME)
    added_by = of(Account, index=False)
    added_at = moment()

    one_handler_per_name = Unique(["line", "name"])


class LineExtension(Table, tablename="line_extension", db=DB):
    """A request for more time and the numbered opinion it got. `paper` is JSON: what the opinion
    says in print.
    """

    id = made_id()
    line = of(NoticeLine, index=False)
    ordinal = Integer(default=1)
    state = Varchar(length=SHORT, default="asked")
    hours = Integer(default=24)
    reason = Text(default="")
    asked_by = of(Account, index=False)
    asked_at = moment()
    due_before = moment()
    due_after = maybe_time()
    number = Varchar(length=NAME, null=True, default=None, unique=True)
    opinion = Text(default="")
    decided_by = maybe_of(Account)
    decided_at = maybe_time()
    paper = Text(default="")
    pdf_sha256 = Varchar(length=DIGEST, null=True, default=None)

    one_extension_per_ordinal = Unique(["line", "ordinal"])


class FollowUpCall(Table, tablename="follow_up_call", db=DB):
    """The call a day after a line was verified."""

    id = made_id()
    line = of(NoticeLine, index=False)
    state = Varchar(length=SHORT, default="due")
    due_at = moment()
    note = Text(default="")
    called_by = maybe_of(Account)
    called_at = maybe_time()

    one_call_per_line = Unique(["line"])


class SolvedCase(Table, tablename="solved_case", db=DB):
    """A settled problem others can learn from: words as they were published, a photo from before
    and one from after. `region_path` says who may read the store's name.
    """

    id = made_id()
    line = of(NoticeLine, index=False)
    store = of(Store, index=False)
    store_kind = Varchar(length=SHORT)
    region_path = Varchar(length=PATH)
    item = Varchar(length=SHORT)
    section = Varchar(length=SHORT)
    title_zh = Varchar(length=NAME)
    title_en = Varchar(length=NAME)
    section_zh = Varchar(length=NAME)
    section_en = Varchar(length=NAME)
    problem = Text(default="")
    requirement = Text(default="")
    cause = Text(default="")
    measure = Text(default="")
    prevention = Text(default="")
    before_sha256 = Varchar(length=DIGEST)
    after_sha256 = Varchar(length=DIGEST)
    hours_taken = Integer(default=0)
    solved_at = moment()

    one_case_per_line = Unique(["line"])
