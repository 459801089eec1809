"""Names are sorted and found by their sound, surnames as surnames are read."""

from __future__ import annotations

import pytest

from server.base.pinyin import pinyin, plain

READINGS = [
    ("单福海", "shan fu hai"), ("解玉山", "xie yu shan"), ("仇淑清", "qiu shu qing"),
    ("朴顺姬", "piao shun ji"), ("区兆年", "ou zhao nian"), ("查文秀", "zha wen xiu"),
    ("曾凡玲", "zeng fan ling"), ("任守义", "ren shou yi"), ("华德全", "hua de quan"),
    ("缪素梅", "miao su mei"), ("种玉兰", "chong yu lan"), ("繁秀英", "po xiu ying"),
    ("员世荣", "yun shi rong"), ("召殿臣", "shao dian chen"), ("句万仓", "gou wan cang"),
    ("那淑清", "na shu qing"), ("燕丽华", "yan li hua"),
    ("盖春生", "ge chun sheng / gai chun sheng"), ("乐永年", "yue yong nian / le yong nian"),
    ("翟广财", "zhai guang cai / di guang cai"), ("覃美玉", "qin mei yu / tan mei yu"),
    ("隗凤山", "wei feng shan / kui feng shan"), ("尉迟立新", "yu chi li xin"),
    ("万俟云", "mo qi yun"), ("长孙静", "zhang sun jing"), ("令狐春", "ling hu chun"),
    ("欧阳凤", "ou yang feng"), ("于长乐", "yu chang le"), ("王㛃", "wang jie"),
    ("张䶮", "zhang yan"), ("吴㑇", "wu zhou"), ("陈𬀩", "chen wei"), ("刘𬭎", "liu hong"),
    ("郑𫍯", "zheng xian"), ("赵𣲘", "zhao wu"), ("孙堃", "sun kun"), ("周喆", "zhou zhe"),
    ("马犇", "ma ben"), ("于　雪", "yu xue"), ("张\ue863", "zhang yan"),
    ("\uf92c玉山", "lang yu shan"), ("葛\U000e0100淑范", "ge shu fan"),
    ("哈斯其木格", "ha si qi mu ge"), ("KIM YOUNGJA", "kim youngja"), ("", ""),
    ("古丽米热·买买提江", "gu li mi re mai mai ti jiang"), ("单秀云", "shan xiu yun"),
    ("解长河", "xie chang he"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sound"), READINGS, ids=[sound or "nobody" for _, sound in READINGS])
def test_a_name_is_read_as_its_bearer_says_it(name: str, sound: str) -> None:
    assert pinyin(name) == sound


def test_search_compares_names_without_blanks_selectors_and_old_codes() -> None:
    assert plain("于　雪") == plain("于雪")
    assert plain("葛\U000e0100淑范") == plain("葛淑范")
    assert plain("\uf92c玉山") == plain("郎玉山")
    assert plain("张\ue863") == plain("张䶮")
    assert plain("Kim YoungJa") == plain("KIM YOUNGJA")
    assert plain("古丽米热·买买提江") == plain("古丽米热买买提江")
