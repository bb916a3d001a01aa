"""A rubric file becomes an immutable version, once per content, numbered per code."""

import asyncio

import pytest

from inspection.cli.rubric_publish import publish_file
from inspection.domain.refusals import NotAllowed, NotFound, RubricRefused, StoreBusy
from inspection.domain.rubrics.rubric_digest import canonical, digest
from inspection.persistence.audit import audit
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.rubrics.rubrics import list_versions
from inspection.services.rubrics import rubrics
from inspection.services.rubrics.rubrics import (
    publish_rubric,
    rubric_body,
    rubric_of,
)
from inspection.wording import Language
from tests.cast import CHEN, GUO, LI
from tests.makers import SCORECARDS, add_regions, an_account
from tests.receiving import rows_of
from tests.submissions import rubric_in

FILE = (SCORECARDS / "KC.toml").read_bytes()


def edition(text: str) -> bytes:
    """The file in another edition: other content under the same code."""
    changed = FILE.replace(b'edition = "2026"', f'edition = "{text}"'.encode())
    assert changed != FILE
    return changed


@pytest.fixture
async def tools(tools, database):
    """Tools on an empty database, once per engine."""
    rubrics._known.clear()
    return tools


async def test_a_published_rubric_reads_back_as_it_was(tools):
    version = await publish_rubric(tools, FILE, None)
    assert (version.code, version.number, version.is_new) == ("KC", 1, True)
    assert version.digest == digest(rubric_in())
    assert await rubric_of(version.digest) == rubric_in()
    assert await rubric_body(LI.actor, version.digest) == canonical(rubric_in())


async def test_the_same_content_is_one_version_however_the_file_is_laid_out(tools):
    first = await publish_rubric(tools, FILE, None)
    again = await publish_rubric(tools, b"# a remark\n\n" + FILE, None)
    assert (again.digest, again.number, again.is_new) == (first.digest, 1, False)
    assert len(await rows_of("rubric_version", "digest")) == 1
    assert len(await audit.events_of("rubric", first.digest)) == 1


async def test_new_content_gets_the_next_number_and_supersedes_the_last(tools):
    await publish_rubric(tools, FILE, None)
    second = await publish_rubric(tools, edition("2027"), None)
    await publish_rubric(tools, (SCORECARDS / "KH.toml").read_bytes(), None)
    assert second.number == 2
    listed = await list_versions()
    assert [(row.code, row.number, row.state) for row in listed] == [
        ("KC", 2, "published"),
        ("KC", 1, "superseded"),
        ("KH", 1, "published"),
    ]


async def test_ten_publishing_at_once_get_ten_numbers(tools):
    files = [edition(f"2027-{n}") for n in range(5)] + [FILE] * 5
    versions = await asyncio.gather(*(publish_rubric(tools, file, None) for file in files))
    assert sorted({version.number for version in versions}) == [1, 2, 3, 4, 5, 6]
    assert sum(version.is_new for version in versions) == 6


async def test_who_published_is_in_the_audit_log(tools):
    await add_regions()
    await an_account(tools, GUO)
    version = await publish_rubric(tools, FILE, GUO.actor)
    (event,) = await audit.events_of("rubric", version.digest)
    assert (event.actor, event.action) == (GUO.account, "rubric.publish")


async def test_a_file_with_faults_is_refused_with_all_of_them(tools):
    with pytest.raises(RubricRefused) as no:
        await publish_rubric(tools, b'code = "kc"\nnonsense = 1\n', None)
    assert len(no.value.faults) > 5
    assert all(fault.code.startswith("rubric.") for fault in no.value.faults)
    assert await rows_of("rubric_version", "digest") == []


async def test_a_name_no_column_holds_is_refused(tools):
    with pytest.raises(RubricRefused) as no:
        await publish_rubric(tools, edition("2" * 41), None)
    assert [(fault.code, fault.facts["most"]) for fault in no.value.faults] == [
        ("rubric.name_too_long", 40)
    ]


async def test_an_unknown_version_is_missing(tools):
    with pytest.raises(NotFound):
        await rubric_of("0" * 64)


async def test_only_those_who_may_read_rubrics_do(tools):
    version = await publish_rubric(tools, FILE, None)
    with pytest.raises(NotAllowed):
        await rubric_body(CHEN.actor, version.digest)


async def test_only_so_many_versions_are_kept_in_memory(tools, monkeypatch):
    monkeypatch.setattr(rubrics, "_KEPT", 2)
    versions = [await publish_rubric(tools, edition(f"2030-{n}"), None) for n in range(3)]
    for version in versions:
        await rubric_of(version.digest)
    assert list(rubrics._known) == [versions[1].digest, versions[2].digest]


async def test_publishing_overtaken_again_and_again_asks_to_come_back(tools, monkeypatch):
    async def overtaken(*_):
        raise UniqueBroken(FILE.decode())

    monkeypatch.setattr(rubrics, "_add", overtaken)
    with pytest.raises(StoreBusy):
        await publish_rubric(tools, FILE, None)


async def test_the_command_says_what_it_did(tools, tmp_path, capsys):
    path = tmp_path / "KC.toml"
    path.write_bytes(FILE)
    assert await publish_file(tools, path, Language.EN) == 0
    assert await publish_file(tools, path, Language.ZH) == 0
    assert await publish_file(tools, tmp_path / "none.toml", Language.EN) == 1
    first, again, none = capsys.readouterr().out.splitlines()
    assert "published as KC version 1" in first
    assert "没有变化" in again
    assert "No such file" in none
