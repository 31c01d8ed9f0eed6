"""Invented names and synthetic codes of the held-out round: people, firms, IDs, cards, phones, plates."""

from __future__ import annotations

import random
from datetime import date

SURNAMES = (
    "王 李 张 刘 陈 杨 赵 孙 周 徐 马 朱 胡 郭 高 林 何 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 "
    "彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 "
    "崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 上官"
).split()
RARE_SURNAMES = "亓 逄 綦 昝 麻 邢 褚 臧 牟 苑 隋 栾 鹿 厉 巩 战 曲 商 桑 蔺".split()
OLD_M = "德 传 兆 继 庆 凤 连 振 学 洪 玉 元 广 守 培 长 士 金 怀 延 宗 存 维 恩 同 茂 道 希 贵 福".split()
OLD_M2 = "山 海 河 田 林 祥 瑞 才 忠 义 亭 堂 臣 友 泉 奎 和 昌 坤 章 法 银 荣 成 珍 武 岭 发 江 水".split()
OLD_F = "秀 桂 玉 凤 翠 素 淑 月 春 兰 爱 巧 美 文 金 莲 瑞 香 云 秋".split()
OLD_F2 = "英 兰 花 芝 荣 珍 云 香 梅 芳 莲 娥 琴 霞 仙 菊 芬 华 环 美".split()
NEW_M = "建 志 永 文 海 晓 国 立 春 新 光 宏 俊 家 成 明 世 卫 少 红 树 正 如 东 绍".split()
NEW_M2 = "军 峰 强 伟 涛 波 刚 辉 鹏 平 亮 超 斌 飞 勇 磊 杰 龙 宁 凯 民 洋 顺 利 胜".split()
NEW_F = "丽 晓 雪 红 海 春 艳 小 爱 玉 文 婷 秋 冬 慧 静 淑 美 佳 会".split()
NEW_F2 = "娟 燕 玲 霞 敏 娜 萍 丽 红 静 芳 艳 梅 莉 倩 云 琳 洁 颖 杰".split()
KID = "子 梓 雨 一 浩 思 宇 欣 诗 佳 俊 嘉 沐 若 语 奕".split()
KID2 = "涵 轩 泽 萱 彤 辰 妍 然 怡 琪 宸 睿 航 诺 瑶 桐".split()
SINGLE = "军 强 伟 涛 刚 辉 平 斌 勇 磊 静 敏 霞 燕 梅 芳 兰 英 红 云".split()

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_digit(body: str) -> str:
    """Check character of GB 11643 for the first 17 digits."""
    return "10X98765432"[sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True)) % 11]


def old_form(id_no: str) -> str:
    """The 15-digit form of an 18-digit ID of the 1900s."""
    return id_no[:6] + id_no[8:17]


class Mint:
    """Gives out names and codes, none of them twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.taken: set[str] = set()

    def _once(self, make: object) -> str:
        for _ in range(10000):
            value = make()  # type: ignore[operator]
            if value not in self.taken:
                self.taken.add(value)
                return value
        raise RuntimeError("name pool exhausted")

    def person_name(self, surname: str, sex: str, born: int) -> str:
        """A name that nobody else in the round bears."""

        def make() -> str:
            pick = self.rng.choice
            if born >= 2000:
                return surname + pick(KID) + pick(KID2)
            if self.rng.random() < 0.04:
                return surname + pick(SINGLE)
            if born < 1962:
                a, b = (OLD_M, OLD_M2) if sex == "男" else (OLD_F, OLD_F2)
            else:
                a, b = (NEW_M, NEW_M2) if sex == "男" else (NEW_F, NEW_F2)
            if self.rng.random() < 0.2:
                a = OLD_M if sex == "男" else OLD_F
            return surname + pick(a) + pick(b)

        return self._once(make)

    def id_no(self, sex: str, born: date, prefixes: tuple[str, ...]) -> str:
        """A well-formed 18-digit ID."""

        def make() -> str:
            seq = self.rng.randrange(0, 500) * 2 + (1 if sex == "男" else 0)
            body = f"{self.rng.choice(prefixes)}{born:%Y%m%d}{seq:03d}"
            return body + check_digit(body)

        return self._once(make)

    def phone(self) -> str:
        """A mobile number."""
        heads = ("137", "138", "139", "150", "152", "158", "159", "178", "186", "188", "131")
        return self._once(lambda: self.rng.choice(heads) + f"{self.rng.randrange(10**8):08d}")

    def card(self) -> str:
        """A 19-digit card number that passes Luhn."""

        def make() -> str:
            body = (
                self.rng.choice(("622319", "621725", "623136"))
                + f"{self.rng.randrange(10**12):012d}"
            )
            digits = [int(c) for c in body]
            total = sum(
                d if i % 2 else (d * 2 - 9 if d > 4 else d * 2)
                for i, d in enumerate(reversed(digits))
            )
            return body + str(-total % 10)

        return self._once(make)

    def uscc(self, head: str, region: str) -> str:
        """A unified social credit code whose check character is right."""

        def make() -> str:
            org = "M" + "".join(self.rng.choice(USCC_CHARS) for _ in range(7))
            vals = [int(c) if c.isdigit() else ord(c) - 55 for c in org]
            rest = (
                11 - sum(v * w for v, w in zip(vals, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
            )
            org += "X" if rest == 10 else "0" if rest == 11 else str(rest)
            body = head + region + org
            total = sum(USCC_CHARS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
            return body + USCC_CHARS[(31 - total) % 31]

        return self._once(make)

    def plate(self, wheels: str) -> str:
        """A plate number for 'car' or 'moto'."""
        chars = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

        def make() -> str:
            body = "".join(
                self.rng.choice(chars if i in (1, 3) else "0123456789") for i in range(5)
            )
            return f"鲁{'NR'[wheels == 'moto']}{body}"

        return self._once(make)

    def firm(self, county: str, trade: str, form: str) -> str:
        """A firm name such as 沂川县恒泰建筑工程有限公司."""
        pool1 = "恒 鑫 瑞 盛 宏 泰 安 荣 万 丰 永 昌 嘉 德 诚 众 启 远 天 华 金 润 顺 通".split()
        pool2 = "泰 源 达 和 业 晟 信 隆 茂 辰 邦 川 坤 兴 旺 捷 佳 康 岳 峰 凯 途".split()

        def make() -> str:
            return f"{county}{self.rng.choice(pool1)}{self.rng.choice(pool2)}{trade}{form}"

        return self._once(make)

    def shop(self, town: str, trade: str) -> str:
        """A one-man shop name such as 石桥镇老槐树五金门市."""
        pool = (
            "老槐树 春来 顺心 好邻居 东头 惠民 家和 小广场 喜旺 集口 双喜 众友 四季红 诚信 大路边 "
            "北关 一分利 便民 福满 金桥 向阳 满意 同心 百顺 三合 新街"
        ).split()
        return self._once(lambda: f"{town}{self.rng.choice(pool)}{trade}")
