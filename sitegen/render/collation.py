"""The order of names in an index: by the Latin letters of their reading."""

from __future__ import annotations

import unicodedata

OTHER = "#"
# Surnames that are read otherwise than the character elsewhere.
_SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "澹台": "tantai", "长孙": "zhangsun", "仇": "qiu", "任": "ren",
    "冼": "xian", "区": "ou", "单": "shan", "召": "shao", "员": "yun", "尉": "wei", "曾": "zeng",
    "朴": "piao", "查": "zha", "洗": "xian", "盖": "ge", "祭": "zhai", "种": "chong", "秘": "bi",
    "繁": "po", "纪": "ji", "缪": "miao", "翟": "zhai", "能": "nai", "覃": "qin", "解": "xie",
    "谌": "chen", "逄": "pang", "那": "na", "郇": "xun", "隗": "wei", "黑": "he",
}  # fmt: skip


def collate(name: str, *, person: bool = False) -> tuple[str, tuple[str, ...], str]:
    """Give the letter a name stands under, its reading, and the name: Z, (zhang, ye), 张掖.

    The first characters of a person's name are read as a surname.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - it loads for long, much is done without

    surname = next((s for s in _SURNAMES if name.startswith(s)), "") if person else ""
    read = [_SURNAMES[surname]] if surname else []
    rest = lazy_pinyin(name.removeprefix(surname))
    reading = tuple(map(_plain, [*read, *rest]))
    letter = reading[0][:1].upper() if reading else ""
    return (letter if "A" <= letter <= "Z" else OTHER, reading, name)


def _plain(text: str) -> str:
    """Take the accents off Latin letters, so that Élan stands under E."""
    spelt = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in spelt if not unicodedata.combining(c))
