"""More rounds for comparisons, of any visit method and any first day."""

from datetime import date

from inspection.persistence.statements import run
from tests.cast import EARLIER_ROUND, round_id
from tests.rankable import logged


async def a_round(code: str, kind: str = "mystery_visit", day: date = date(2026, 10, 1)) -> None:
    """A round like the earlier one, with the same rubrics, that looks back on none."""
    fields = "name_zh, name_en, ends_on, state, min_visits, disclose_day, created_at, theme_zh,"
    fields += " theme_en, pilot, region_path, authors, revision, release_rule, release_day"
    await run(
        f"INSERT INTO round (id, code, visit_kind, starts_on, {fields})"
        f" SELECT ?, ?, ?, ?, {fields} FROM round WHERE code = ?",
        *(round_id(code), code, kind, day, EARLIER_ROUND),
    )
    await run(
        "INSERT INTO round_rubric (id, round, store_kind, rubric_version)"
        f" SELECT '{code}-' || store_kind, ?, store_kind, rubric_version FROM round_rubric"
        " WHERE round = ?",
        *(round_id(code), round_id(EARLIER_ROUND)),
    )
    await logged()
