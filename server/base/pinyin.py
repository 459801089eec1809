"""How a Chinese name sounds, for sorting and finding it.

A surname is often read otherwise than the same character in a sentence (单 is Shàn, 区 is Ōu), and some have
two readings in use; the general dictionary knows neither. So surnames have their own table, a few characters
are read their own way in given names, and the rest is pypinyin's. Databases are not asked to sort Chinese.
"""

from __future__ import annotations

import unicodedata
from itertools import product

from pypinyin import Style, lazy_pinyin

OTHER_READING = " / "  # between readings, the usual one first

# Surnames that the dictionary reads otherwise, or in two ways; the first is for sorting.
SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "解": ("xie",), "仇": ("qiu",), "朴": ("piao",), "区": ("ou",), "查": ("zha",),
    "盖": ("ge", "gai"), "曾": ("zeng",), "任": ("ren",), "华": ("hua",), "缪": ("miao",),
    "乐": ("yue", "le"), "种": ("chong",), "繁": ("po",), "员": ("yun",), "召": ("shao",),
    "句": ("gou",), "那": ("na",), "燕": ("yan",), "翟": ("zhai", "di"), "覃": ("qin", "tan"),
    "隗": ("wei", "kui"), "葛": ("ge",), "曲": ("qu",), "黑": ("he",), "秘": ("bi",),
    "折": ("she",), "幺": ("yao",), "应": ("ying",), "过": ("guo",), "能": ("nai",),
    "祭": ("zhai",), "乜": ("nie",), "谌": ("chen", "shen"), "车": ("che",), "纪": ("ji",),
    "柏": ("bai",), "卜": ("bu",), "晁": ("chao",), "郗": ("xi", "chi"), "牟": ("mu", "mou"),
    "宁": ("ning",), "尉": ("wei",), "洗": ("xian",), "冼": ("xian",), "逄": ("pang",),
    "逯": ("lu",), "宓": ("mi", "fu"), "撒": ("sa",), "哈": ("ha",), "訾": ("zi",), "厍": ("she",),
    "行": ("xing",), "沈": ("shen",), "盛": ("sheng",), "石": ("shi",), "于": ("yu",),
    "尉迟": ("yu chi",), "万俟": ("mo qi",), "长孙": ("zhang sun",), "令狐": ("ling hu",),
    "欧阳": ("ou yang",), "澹台": ("tan tai",), "皇甫": ("huang fu",), "司徒": ("si tu",),
    "上官": ("shang guan",), "诸葛": ("zhu ge",), "慕容": ("mu rong",), "呼延": ("hu yan",),
    "端木": ("duan mu",), "东方": ("dong fang",), "独孤": ("du gu",), "南宫": ("nan gong",),
    "夏侯": ("xia hou",), "宇文": ("yu wen",),
}  # fmt: skip

# In given names these are read so; the dictionary often takes the other reading.
GIVEN = {"长": "chang", "乐": "le", "朝": "chao", "曾": "zeng", "重": "chong", "茜": "qian", "娜": "na"}
# Characters that the dictionary lacks.
RARE = {"㛃": "jie", "䶮": "yan", "㑇": "zhou", "𬀩": "wei", "𬭎": "hong", "𫍯": "xian", "𣲘": "wu"}
# Private-use codes of older systems for characters that Unicode has since given a place.
OLD_CODES = {"\ue863": "䶮"}


def plain(name: str) -> str:
    """The name as search compares it: one form for each character, without blanks and selectors."""
    composed = unicodedata.normalize("NFC", name)
    kept = (OLD_CODES.get(one, one) for one in composed)
    return "".join(one for one in kept if not _ignored(one)).casefold()


def pinyin(name: str) -> str:
    """Lower case, a blank between syllables; other readings in use follow after a slash."""
    words = "".join(" " if one.isspace() or one in "·•・" else one for one in _composed(name)).split()
    if not words:
        return ""
    if all(one.isascii() for one in "".join(words)):
        return " ".join(words).lower()
    surname, given = _split("".join(words))
    readings = SURNAMES.get(surname) or (" ".join(_syllables(surname)),)
    sounds = [" ".join(part for part in pair if part) for pair in product(readings, [_given(given)])]
    return OTHER_READING.join(sounds)


def _composed(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    return "".join(OLD_CODES.get(one, one) for one in composed if not _selector(one))


def _split(name: str) -> tuple[str, str]:
    double = name[:2]
    return (double, name[2:]) if double in SURNAMES and len(name) > 2 else (name[:1], name[1:])


def _given(characters: str) -> str:
    return " ".join(GIVEN.get(one) or " ".join(_syllables(one)) for one in characters).strip()


def _syllables(characters: str) -> list[str]:
    return [
        sound.lower()
        for one in characters
        for sound in ([RARE[one]] if one in RARE else lazy_pinyin(one, style=Style.NORMAL, errors="ignore"))
    ]


def _selector(one: str) -> bool:
    return "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef"


def _ignored(one: str) -> bool:
    return one.isspace() or _selector(one) or one in "·•・"
