"""What a review works with: corrections of what was found, marks of single items, and what photos
look like, to find those that were seen before.
"""

from piccolo.columns import BigInt, BigSerial, Integer, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import DIGEST, SHORT, made_id, moment, of
from inspection.persistence.tables.org import Account
from inspection.persistence.tables.visits import Visit


class Correction(Table, tablename="correction", db=DB):
    """One item of an attempt that was corrected, the judgement `revision` that followed, and both
    answers as JSON. Rows are only ever added: the latest of an item is the one in force.
    """

    id = made_id()
    # Found along `one_per_item`, which begins with it.
    visit = of(Visit, index=False)
    attempt = Integer(default=1)
    revision = Integer(default=2)
    item = Varchar(length=SHORT)
    old_answer = Text(default="{}")
    new_answer = Text(default="{}")
    old_lost = BigInt(default=0)
    new_lost = BigInt(default=0)
    reason = Text(default="")
    source = Varchar(length=SHORT, default="review")
    corrected_by = of(Account, index=False)
    corrected_at = moment()

    one_per_item = Unique(["visit", "attempt", "revision", "item"])


class ReviewMark(Table, tablename="review_mark", db=DB):
    """An item of an attempt that a reviewer accepted or has a question about."""

    id = made_id()
    # Found along `one_mark_per_item`, which begins with it.
    visit = of(Visit, index=False)
    attempt = Integer(default=1)
    item = Varchar(length=SHORT)
    mark = Varchar(length=SHORT)
    question = Text(default="")
    version = Integer(default=1)
    marked_by = of(Account, index=False)
    marked_at = moment()

    one_mark_per_item = Unique(["visit", "attempt", "item"])


class PhotoBand(Table, tablename="photo_band", db=DB):
    """One band of a photo's likeness, with all its bits in hexadecimal: eight rows per photo."""

    id = BigSerial(primary_key=True)
    slot = Integer(default=0, index=True)
    sha256 = Varchar(length=DIGEST, index=True)
    bits = Varchar(length=SHORT)
