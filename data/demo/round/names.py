"""Names of people, places, firms and shops, all invented."""

import random

SURNAMES = tuple(
    "王李张刘陈杨赵孙周徐吴马高郭宋孟韩朱于曹冯程董杜苏魏吕丁任卢姜崔潘侯邹田范石毕袁尹薛"
    "史陶贺孔毛邢牛段秦葛安常武康齐庞焦柴"
)
COMPOUND = ("欧阳", "司马", "上官")
_MALE_OLD = tuple("德福贵忠义仁富发全顺荣春生田山河海金玉宝庆祥瑞云龙虎文武学孝传绪守培继兴茂")
_MALE_MID = tuple("建国军民强勇平华明辉峰波涛伟刚磊斌超杰鹏洪立新志永卫爱东胜利光庆成林树")
_MALE_NEW = tuple("浩宇轩泽博子涵昊天俊逸晨阳嘉睿铭梓豪凯旭航一诺奕辰")
_FEM_OLD = tuple("秀英桂兰芳玉珍凤莲香花荣梅淑贞素云翠美爱月娥菊巧")
_FEM_MID = tuple("丽娟敏静霞红燕艳玲萍芬琴慧洁娜婷雪梅颖翠英春华云爱")
_FEM_NEW = tuple("梓涵欣怡诗雨桐思琪佳萱雅静语嫣可馨若曦晓彤")

TOWNS = ("云台镇", "石泉镇", "柳林镇", "青崖街道", "双河镇", "白塔镇")
COUNTIES = ("沂阳县", "岱川区")
_HEADS = tuple("柳石松杏枣槐桃梨泉溪沙黄青白东西南北上下前后大小龙凤卧锦")
_TAILS = (
    "沟",
    "峪",
    "坡",
    "洼",
    "岭",
    "湾",
    "崖",
    "店",
    "家峪",
    "家庄",
    "家洼",
    "河",
    "桥",
    "台",
    "泉",
)
TWIN_VILLAGE = "东桥村"
THREE_WAY_VILLAGE = "燕家庄村"

_FIRM_WORDS = tuple(
    "鑫恒瑞盛宏泰昌顺达通源丰华诚信广润祥安捷腾聚汇景弘锦隆裕嘉旺利亿铭正福兴荣佳齐晟海"
)
_TRADES = {
    "works": ("建筑工程有限公司", "市政工程有限公司", "园林工程有限公司", "路桥工程有限公司"),
    "trade": ("商贸有限公司", "物资供应有限公司", "办公用品有限公司", "建材经营部"),
    "service": ("环境服务有限公司", "劳务服务有限公司", "机械租赁有限公司", "广告传媒有限公司"),
    "farm": ("农业科技有限公司", "果品有限公司", "苗木种植有限公司", "养殖有限公司"),
    "coop": ("种植专业合作社", "养殖专业合作社", "果蔬专业合作社", "农机服务专业合作社"),
}


def given_name(rng: random.Random, born: int, female: bool) -> str:
    """One or two characters in the fashion of the birth year."""
    if born < 1962:
        pool = _FEM_OLD if female else _MALE_OLD
    elif born < 1996:
        pool = _FEM_MID if female else _MALE_MID
    else:
        pool = _FEM_NEW if female else _MALE_NEW
    if rng.random() < 0.12:
        return rng.choice(pool)
    first = rng.choice(pool)
    return first + rng.choice([c for c in pool if c != first])


def surname(rng: random.Random, main: str) -> str:
    """The village's main surname for six in ten, else any."""
    if rng.random() < 0.55:
        return main
    if rng.random() < 0.006:
        return rng.choice(COMPOUND)
    return rng.choice(SURNAMES)


def village_names(rng: random.Random, count: int) -> list[str]:
    """Distinct names, none part of another (a matcher must not have to guess)."""
    names: list[str] = []
    stems = {TWIN_VILLAGE[:-1], THREE_WAY_VILLAGE[:-1]}
    while len(names) < count:
        stem = rng.choice(_HEADS) + rng.choice(_TAILS)
        if "家" in stem:
            stem = rng.choice(SURNAMES) + stem[1:]
        if any(stem in other or other in stem for other in stems):
            continue
        stems.add(stem)
        names.append(stem + "村")
    return names


class Firms:
    """Firm names, each given out once in a round."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self._used = rng, set[str]()

    def name(self, trade: str, place: str) -> str:
        """A fresh name such as 沂阳鑫顺市政工程有限公司; `place` is its first word."""
        while True:
            words = "".join(self._rng.sample(_FIRM_WORDS, 2))
            key = "".join(sorted(words))
            name = place + words + self._rng.choice(_TRADES[trade])
            if key not in self._used:
                self._used.add(key)
                return name
