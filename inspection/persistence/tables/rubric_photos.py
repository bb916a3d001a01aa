"""Photos that show how an item of a rubric should look: clean copies by their SHA-256."""

from piccolo.columns import Integer
from piccolo.table import Table

from inspection.persistence.engine import DB
from inspection.persistence.tables.kinds import digest_id, moment, of
from inspection.persistence.tables.org import Account


class RubricPhoto(Table, tablename="rubric_photo", db=DB):
    """A photo some draft or version names. Never deleted: versions do not change."""

    sha256 = digest_id()
    width = Integer(default=0)
    height = Integer(default=0)
    size = Integer(default=0)
    account = of(Account, index=False)
    added_at = moment()
