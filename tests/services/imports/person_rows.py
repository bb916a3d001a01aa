"""Rows of a sheet of people."""

from inspection.domain.imports.sheet_import import ImportNoun

HEAD = ("工号", "姓名", "角色", "区域编码", "门店编码", "代号")
PERSON = ImportNoun.PERSON


def row(sign_in="9001", name="新人", role="检查员", region="", store="", pseudonym=""):
    return (sign_in, name, role, region, store, pseudonym)
