"""Files around an import: the empty sheet to fill in, and the failed rows to mend."""

from collections.abc import Sequence

from inspection.domain.imports.sheet import PROBLEM, both_languages
from inspection.domain.imports.sheet_import import ImportNoun, JudgedRow
from inspection.domain.table import Row, Table
from inspection.services.imports.import_work import KINDS
from inspection.wording import Language, catalogue, say


def template(noun: ImportNoun) -> tuple[Table, Table]:
    """The empty sheet to fill in, and a second one that explains its columns by example."""
    kind, words = KINDS[noun], [catalogue(language) for language in Language]

    def both(key: str) -> str:
        return " ".join(each[key] for each in words)

    headings = tuple(both_languages(names) for names in kind.columns.values())
    explained = (
        both("import.note_column"),
        both("import.note_required"),
        both("import.note_example"),
        *(each["page.language"] for each in words),
    )
    notes: list[Row] = [
        (
            both_languages(names),
            "*" if column in kind.required else "",
            words[0][f"import_example.{noun}.{column}"],
            *(each[f"import_column.{noun}.{column}"] for each in words),
        )
        for column, names in kind.columns.items()
    ]
    return (
        Table(both(f"import_noun.{noun}"), headings, []),
        Table(both("import.notes"), explained, notes),
    )


def failed_table(noun: ImportNoun, rows: Sequence[JudgedRow], language: Language) -> Table:
    """The faulty rows as they were sent, with a column that says what is wrong; mended, the file
    can be imported again as it is.
    """
    columns = KINDS[noun].columns
    present = [column for column in columns if any(column in row.cells for row in rows)]
    headings = tuple(both_languages(columns[column]) for column in present)
    return Table(
        say(language, "import.failed_rows"),
        (*headings, both_languages(PROBLEM)),
        [
            (*(row.cells.get(column, "") for column in present), _told(noun, row, language))
            for row in rows
        ],
    )


def _told(noun: ImportNoun, row: JudgedRow, language: Language) -> str:
    """Every fault of the row in a sentence, with its column."""
    columns = KINDS[noun].columns
    told = []
    for fault in row.faults:
        sentence = say(language, fault.code, **fault.facts)
        heading = columns[fault.column][language is Language.ZH] if fault.column else ""
        told.append(f"{heading}: {sentence}" if heading else sentence)
    return " ".join(told)
