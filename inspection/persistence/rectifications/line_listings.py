"""Four ways to come by the lines of issued notices in an order: of those few something is waited
for or that a round has, all; of those of all years a page, line by line or store by store.
"""

import msgspec

from inspection.persistence.listing import Listing, SortColumn
from inspection.persistence.rectifications.line_counts import ISSUED
from inspection.persistence.searching import Condition, Within

LINES = f"FROM notice_line l JOIN notice n ON n.id = l.notice AND n.state IN ({ISSUED})"
"""Lines of notices their stores have."""

ASKING = (
    "l.state <> 'verified'"
    " AND l.id IN (SELECT e.line FROM line_extension e WHERE e.state = 'asked')"
)

_SAID = ("l.item", "l.problem", "l.responsible")


def _of_store(notice: str) -> Within:
    return Within(
        condition=f"{notice}.store IN (SELECT x.id FROM store x WHERE {{}})",
        search=("x.name", "x.code"),
    )


# Nothing but orders no index has: PostgreSQL would go through the lines of all years in one, and
# hope to come by a page of those wanted soon.
_UNORDERED = (
    "SELECT l.id, coalesce(l.due_at, l.due_at) AS due_at, coalesce(l.item, l.item) AS item,"
    " coalesce(l.lost, l.lost) AS lost, s.name || '' AS store_name"
)

BY_NOTICE = Listing(
    select="SELECT l.id, l.notice, coalesce(n.number, '') AS notice_number, l.number, l.item,"
    " l.section, l.severity, l.lost, l.problem, l.responsible, l.due_at, l.state,"
    " (SELECT count(*) FROM rectification_reply r WHERE r.line = l.id AND r.attempt IS NOT NULL)"
    " AS attempts, (SELECT max(r.received_at) FROM rectification_reply r WHERE r.line = l.id"
    f" AND r.attempt IS NOT NULL) AS replied_at, CASE WHEN {ASKING} THEN TRUE ELSE FALSE END"
    " AS asking, v.rubric_version, n.region_path, s.code AS store_code, s.name AS store_name,"
    f" n.store_kind, o.code AS round_code {LINES}"
    " LEFT JOIN store s ON s.id = n.store LEFT JOIN visit v ON v.id = n.visit"
    " LEFT JOIN round o ON o.id = n.round",
    search=(*_SAID, "n.number", _of_store("n")),
    columns={
        "due": SortColumn("due_at", "time"),
        "store": SortColumn("store_name"),
        "item": SortColumn("item"),
        "lost": SortColumn("lost", "number"),
    },
    usual="due",
    key="l.id",
    walk=f"{_UNORDERED} {LINES} LEFT JOIN store s ON s.id = n.store",
)
"""All that answer to the conditions are looked at, and put in order."""

BY_ROUND = msgspec.structs.replace(
    BY_NOTICE,
    # Not JOIN: SQLite would begin with all lines in a state.
    walk=f"{_UNORDERED} FROM notice n CROSS JOIN notice_line l LEFT JOIN store s ON s.id = n.store",
)
"""The same of the notices of a round."""

BY_LINE = msgspec.structs.replace(
    BY_NOTICE,
    walk="SELECT l.id, l.due_at, l.item, l.lost FROM notice_line l",
    search=(
        *_SAID,
        # A line without the words is then put aside before its notice is looked up.
        Within(
            condition="l.notice IN (SELECT m.id FROM notice m WHERE {})",
            search=("m.number", _of_store("m")),
        ),
    ),
)
"""In the order of an index of the lines, which ends where the page is full."""

BY_STORE = msgspec.structs.replace(
    BY_NOTICE,
    # Not JOIN: SQLite would begin with the notices, and have to sort all lines of all of them.
    walk="SELECT l.id, s.name AS store_name FROM store s CROSS JOIN notice n"
    " CROSS JOIN notice_line l",
)
"""In the order of the stores' names, the lines of one after those of another."""

STORE_HAS: Condition = (f" AND n.store = s.id AND l.notice = n.id AND n.state IN ({ISSUED})", ())
"""What is of one another in BY_STORE."""


def round_has(code: str) -> Condition:
    """What is of one another in BY_ROUND, of one round."""
    of_it = f" AND l.notice = n.id AND n.state IN ({ISSUED})"
    return f"{of_it} AND n.round = (SELECT id FROM round WHERE code = ?)", (code,)


def line_of(notice: Condition) -> Condition:
    """A line `l` is of an issued notice `m` that answers to a condition: looked up for each line
    that comes by. Not EXISTS: PostgreSQL would join all notices there are.
    """
    sql, values = notice
    found = f"SELECT 1 FROM notice m WHERE m.id = l.notice AND m.state IN ({ISSUED}){sql}"
    return f" AND ({found}) = 1", values
