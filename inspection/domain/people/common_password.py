"""Passwords that guessers try first. Told by rule, from how people make them, not from a list of
leaked ones: rows of keys, repetitions, digits alone, and a usual word with something round it.
"""

import unicodedata

from inspection.domain.refusals.refusal import Refusal, Why

MOST_REPEATED = 4
"""A piece as long as this, over and over, is no password."""

LEAST_WALKED = 3
"""As many neighbouring keys make a piece of a walk."""

LEAST_DIGITS = 12
"""Fewer digits alone are a birthday, a telephone number or a number with a meaning."""

MOST_ROUND_A_WORD = 6
"""Characters about a usual word that do not make it unusual."""

MOST_INITIALS = 2

_ROWS = (
    "01234567890",
    "147258369",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujm",
)
_WALKS = (*_ROWS, *(row[::-1] for row in _ROWS))

_USUAL = """
access account admin administer administrator anhui apple asshole baby babygirl baidu baseball
batman beijing buster changeme charlie chelsea china chinamobile chinanet chinatelecom
chinaunicom chocolate computer daniel default dragon family flower football forever freedom
friend gansu gansutelecom george ginger guest hannah hello helloworld hunter iloveu iloveyou
internet jennifer jessica jordan killer lanzhou letmein liverpool login lovely loveme lover
loveyou manager master matrix michael michelle mima mobile monkey mustang nicole nihao ninja
nothing office operator orange pass passcode password passwort pepper phone pokemon princess
public purple qq qwer qwert qwerty root samsung sanguo scooter secret server service shadow
shanghai silver starwars store summer sunshine superman support sysadmin system taobao telecom
temp tencent test tester testing thomas tianyi tigger trustno unicom user username weixin
welcome whatever william winter woaini woaiwojia wode womende woshishui xiaoming yingyeting
zhang zhangsan zhongguo zhongguodianxin
"""
_WORDS = frozenset(_USUAL.split())
_ROUND = "0123456789!@#$%^&*()-_=+.,;:?/~ "
_LOOKALIKES = str.maketrans("@$03457", "asoeast")


class PasswordCommon(Refusal):
    """The password is one that guessers try first, or the sign-in name."""

    code = "account.password_common"
    why = Why.INVALID


def is_common(password: str) -> bool:
    """Whether it is one of those tried first."""
    typed = unicodedata.normalize("NFKC", password).casefold()
    keys = "".join(filter(str.isalnum, typed))
    return (
        _repeats(typed)
        or (keys.isdecimal() and len(keys) < LEAST_DIGITS)
        or _is_walked(keys)
        or _is_word(typed)
    )


def _repeats(text: str) -> bool:
    times = len(text)
    return any((text[:size] * times)[:times] == text for size in range(1, MOST_REPEATED + 1))


def _is_walked(keys: str) -> bool:
    """Pieces of walks over the keyboard and no more, after initials at most."""
    starts = range(min(MOST_INITIALS, len(keys)) + 1)
    return any(_is_all_walks(keys[start:]) for start in starts)


def _is_all_walks(keys: str) -> bool:
    while keys:
        piece = _longest_walk(keys)
        if piece < LEAST_WALKED:
            return False
        keys = keys[piece:]
    return True


def _longest_walk(keys: str) -> int:
    lengths = (n for n in range(len(keys), 0, -1) if any(keys[:n] in walk for walk in _WALKS))
    same = len(keys) - len(keys.lstrip(keys[0]))
    return max(next(lengths, 0), same)


def _is_word(typed: str) -> bool:
    bare = typed.strip(_ROUND)
    few = len(typed) - len(bare) <= MOST_ROUND_A_WORD
    return few and not _WORDS.isdisjoint((bare, bare.translate(_LOOKALIKES)))
