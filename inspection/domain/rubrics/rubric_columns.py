"""A rubric as sheets of a workbook: which column says which field, under which headings."""

from typing import Literal

import msgspec

from inspection.domain.imports.sheet import Columns

SheetName = Literal["items", "sections", "reasons", "grades", "card"]

Kind = Literal["text", "points", "whole", "flag", "names"]


class Column(msgspec.Struct, frozen=True):
    """One column: its heading in English and in Chinese, the field it says, how the field is
    written. A column without a field says what the row belongs to.
    """

    name: str
    chinese: str
    field: str = ""
    kind: Kind = "text"


def _wording(name: str, chinese: str) -> tuple[Column, Column]:
    return (
        Column(f"{name}_zh", f"{chinese}（中文）", f"{name}/zh"),
        Column(f"{name}_en", f"{chinese}（英文）", f"{name}/en"),
    )


_UNIT = (
    Column("unit_zh", "单位（中文）", "rule/unit/zh"),
    Column("unit_en", "单位（英文）", "rule/unit/en"),
)

SHEETS: dict[SheetName, tuple[Column, ...]] = {
    "items": (
        Column("section", "分项编码"),
        Column("code", "编码", "code"),
        *_wording("title", "检查项"),
        Column("full", "满分", "full", "points"),
        Column("kind", "扣分方式", "rule/kind"),
        Column("each", "每次扣", "rule/each", "points"),
        *_UNIT,
        Column("least", "最小值", "rule/least", "points"),
        Column("most", "最大值", "rule/most", "points"),
        *_wording("rule_text", "扣分说明"),
        *_wording("standard", "标准"),
        Column("evidence", "证据", "evidence"),
        Column("na", "不适用", "na"),
        Column("feature", "门店条件", "feature"),
        Column("severity", "级别", "severity"),
        Column("effect", "关键项后果", "critical/effect"),
        Column("cap", "封顶", "critical/cap", "points"),
        *_wording("rectification", "整改要求"),
        Column("hours", "时限（小时）", "hours", "whole"),
        Column("source", "来源", "source"),
        *_wording("responsible", "责任岗位"),
        Column("photos", "参考照片", "photos", "names"),
    ),
    "reasons": (
        Column("item", "检查项编码"),
        Column("list", "所在列表"),
        Column("code", "编码", "code"),
        *_wording("text", "扣分原因"),
        Column("loss", "扣分", "loss", "points"),
        Column("above", "超过", "above", "points"),
        Column("veto", "否决", "veto", "flag"),
    ),
    "sections": (
        Column("code", "编码", "code"),
        Column("key", "标识", "key"),
        *_wording("title", "分项"),
        *_wording("short", "简称"),
        Column("full", "满分", "full", "points"),
        Column("over_allocated", "允许超额", "over_allocated", "flag"),
    ),
    "grades": (
        Column("group", "类别"),
        Column("code", "编码", "code"),
        *_wording("title", "名称"),
        Column("floor", "下限", "floor", "points"),
        Column("ceiling", "上限", "ceiling", "points"),
        Column("points", "分值", "points", "points"),
    ),
    "card": (Column("field", "字段"), Column("value", "内容")),
}
"""The sheets of a workbook in the order they are written, with their columns."""

TELLING: dict[SheetName, str] = {
    "items": "evidence",
    "reasons": "list",
    "sections": "key",
    "grades": "group",
    "card": "field",
}
"""The column that only this sheet has: by it a sheet is known, whatever it is called."""

CARD_FIELDS = (
    "code",
    "edition",
    "title/zh",
    "title/en",
    "store_kind",
    "full",
    "pass_line",
    "rounding",
    "na_method",
    "manual_na_review_share",
    "min_applicable_share",
    "not_observed_share",
    "repeat_factor",
    "spot_refund",
    "bonus_cap",
)
"""What the sheet of the card says, a line each; its numbers stay the texts they are."""

REASON_LISTS = ("options", "ticks", "bands", "veto_option")
GRADE_LISTS = ("bands", "bonuses")

YES = ("yes", "true", "1", "是")


def headings_of(sheet: SheetName) -> Columns:
    """The columns of a sheet by name, with every heading they are known under."""
    return {column.name: (column.name, column.chinese) for column in SHEETS[sheet]}
