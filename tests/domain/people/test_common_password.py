"""Passwords guessers try first, and those they do not."""

import pytest

from inspection.domain.people.account import checked_password
from inspection.domain.people.common_password import PasswordCommon


@pytest.mark.parametrize(
    "password",
    [
        "12345678", "123456789", "87654321", "11111111", "88888888", "5201314520", "19900101",
        "13812345678", "147258369", "abcabcabc", "aaaaaaaaa1"[:9], "abcd1234", "a1234567",
        "zh123456", "1qaz2wsx", "1QAZ2wsx", "1q2w3e4r", "qwertyui", "qwer1234", "asdfghjkl",
        "abc12345", "qq123456", "password", "Password1", "P@ssw0rd", "password123", "passw0rd!",
        "admin123", "admin@123", "iloveyou", "woaini1314", "welcome1", "12345678ａ"[:8],
        "ｐａｓｓｗｏｒｄ", "123456qwerty", "test-1234", "Lanzhou2026", "telecom10000", "--------",
        "letmein123", "p@ssw0rd123", "000000000000",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password):
    with pytest.raises(PasswordCommon):
        checked_password(password, "0931001")


@pytest.mark.parametrize(
    "password",
    [
        "mingcha-2026", "mystery-shopper", "a password of my own", "another-password",
        "hunter2hunter2", "春眠不觉晓处处闻啼鸟", "kT9#vq2L", "201938475610", "blauer Regen 7",
        "set by the operator", "weixin and some rain",
    ],
)  # fmt: skip
def test_others_are_not(password):
    assert checked_password(password, "0931001") == password


@pytest.mark.parametrize("password", ["lisiyuan09", "LiSiYuan09", " ｌisiyuan09 "])
def test_the_sign_in_name_is_no_password(password):
    with pytest.raises(PasswordCommon):
        checked_password(password, "lisiyuan09")
