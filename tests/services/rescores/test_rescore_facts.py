"""What a re-score judges by: the features, repeats and branch a card had."""

from inspection.persistence.statements import run
from tests.cast import CLUB, LI, ROUND, round_id
from tests.receiving import rows_of
from tests.rescoring import (
    GUO_OF_LANZHOU,
    another_version,
    first_version,
    published,
    tried,
    written,
)
from tests.reviewing import another_assignment


async def test_a_branch_alone_does_not_change_what_the_round_plans_by(province):
    await published(province)
    version = await another_version(province)
    await written(province, version, by=GUO_OF_LANZHOU)
    pinned = await run(
        "SELECT rubric_version FROM round_rubric WHERE round = ? AND store_kind = ?",
        round_id(ROUND),
        "customer_club",
    )
    assert [row["rubric_version"] for row in pinned] == [first_version()]
    assert {row["rubric_version"] for row in await rows_of("assignment")} >= {first_version()}


async def test_features_are_those_the_first_card_knew(province):
    await published(province)
    await run("UPDATE store SET features = '[]'")
    await written(province, await another_version(province))
    (row,) = await rows_of("visit")
    assert row["total"] == 9700
    (line,) = await rows_of("rescore_line")
    assert not line["other_facts"]


async def test_repeats_count_as_the_locked_rounds_say_now(province):
    earlier = await published(province, losses=("KC-E-01",))
    await run(
        "UPDATE visit SET state = 'locked', round = ? WHERE id = ?",
        round_id("2026-10"),
        earlier[0],
    )
    assignment = await another_assignment(province, LI, CLUB, "second")
    visit, _ = await published(province, "second", assignment=assignment, losses=("KC-E-01",))

    def repeating(tree):
        tree["repeat_factor"] = "1.5"

    version = await another_version(province, repeating)
    await written(province, version)
    (row,) = await run("SELECT total FROM visit WHERE id = ?", visit)
    assert row["total"] == 9850
    await run("UPDATE visit SET state = 'published' WHERE id = ?", earlier[0])
    rescore = await tried(province, first_version(), from_version=version)
    (line,) = await run(
        "SELECT other_facts, new_total FROM rescore_line WHERE rescore = ?", rescore
    )
    assert (bool(line["other_facts"]), line["new_total"]) == (True, 9900)


async def test_what_another_rubric_found_at_the_store_is_no_repeat(province):
    earlier, _ = await published(province, losses=("KC-E-01",))
    await run(
        "UPDATE visit SET state = 'locked', round = ?, rubric_version = ? WHERE id = ?",
        round_id("2026-10"),
        first_version("KH"),
        earlier,
    )
    assignment = await another_assignment(province, LI, CLUB, "second")
    visit, _ = await published(province, "second", assignment=assignment, losses=("KC-E-01",))

    def repeating(tree):
        tree["repeat_factor"] = "1.5"

    await written(province, await another_version(province, repeating))
    (row,) = await run("SELECT total FROM visit WHERE id = ?", visit)
    assert row["total"] == 9900
