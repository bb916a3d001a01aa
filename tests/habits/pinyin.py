"""Tells names written in pinyin from English ones."""

import re

INITIALS = "zh|ch|sh|b|p|m|f|d|t|n|l|g|k|h|j|q|x|r|z|c|s|y|w"
FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo"
    "|a|o|e|i|u|v"
)
SYLLABLES = re.compile(f"(?:(?:{INITIALS})(?:{FINALS})|ang|eng|ai|an|ao|ei|en|er|ou|a|e|o)+")

UNENGLISH = re.compile("zh|x[iu]|q(?!u[aeio])|iao|[iu]ang|iong|uai")
"""Spellings that pinyin uses all the time and English hardly ever."""

NOUNS = frozenset(
    """
    anfang baogao bianhao biaopai defen dianming dianyuan diqu duban fenlei fenshu fuhe fuwu gansu
    huanjing jiancha julebu kehu kehuting koufen leibie manfen mendian mima mingcheng paiming
    pingfen pingjia renwu renyuan riqi shensu shifen shouji shuliang tongbao wenti yingyeting
    yonghu yuangong zhifen
    """.split()  # noqa: SIM905 - forty quoted words read worse
)
"""Nouns of this business whose pinyin could pass for English."""


def looks_like_pinyin(word: str) -> bool:
    """Whether a lower-case word is pinyin: a known noun, or made of its syllables and spellings."""
    return word in NOUNS or (bool(UNENGLISH.search(word)) and SYLLABLES.fullmatch(word) is not None)
