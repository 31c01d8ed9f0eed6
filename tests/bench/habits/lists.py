"""Registers of villages and lists of county offices: each a title, columns as (key, headings, how a cell is drawn), and noise columns."""

import datetime as dt
import random

from dress import DATA, FOOTER, HEAD, Line, Sheet
from world import Hand, Person

NOISE = (
    ("民族", ("汉", "汉族", "回")),
    ("文化程度", ("小学", "初中", "高中", "大专")),
    ("健康状况", ("健康", "一般")),
    ("照片", (None,)),
    ("是否常住", ("是", "否")),
)
LISTS: list[tuple[str, str, str, list[tuple[str, tuple[str, ...], object]]]] = [
    ("household", "xls", "常住人口登记花名册", [("household_no", ("户号", "户编号"), "no"), ("head_name", ("户主姓名", "户主"), "head"), ("person_name", ("姓名", "家庭成员"), "person"), ("person_id_number", ("公民身份号码", "身份证号"), "person.id"),
        ("person_sex", ("性别",), "person.sex"), ("person_birth_on", ("出生日期", "出生年月日"), "person.born"), ("relation", ("与户主关系", "与户主的关系"), ("户主", "妻", "子", "女", "儿媳", "孙子")), ("person_phone", ("联系电话", "电话"), "person.phone")]),
    ("land", "xlsx", "农村土地承包经营权确权登记台账", [("contractor_code", ("承包方编码", "承包方代码"), "code18"), ("contractor_name", ("承包方代表", "承包方代表姓名"), "head"), ("contractor_id_number", ("身份证号", "承包方代表身份证号"), "head.id"),
        ("contract_mu", ("确权总面积（亩）", "确权面积"), "mu"), ("plots", ("地块总数", "地块数"), "int"), ("plot_name", ("地块名称",), ("东坡", "西洼", "河滩地")), ("plot_mu", ("地块面积(亩)", "地块面积"), "mu")]),
    ("land_transfer", "xlsx2", "土地流转登记表", [("giver_name", ("流出方", "转出方", "转出户姓名"), "person"), ("taker_name", ("流入方", "转入方", "受让方"), "other"), ("area_mu", ("流转面积（亩）", "流转面积"), "mu"), ("starts_on", ("起始时间", "流转起始日期"), "date"),
        ("ends_on", ("终止时间", "流转终止日期"), "later"), ("mode", ("流转方式", "流转形式"), ("出租", "转包", "代耕", "入股"))]),
    ("relative", "xls", "村干部近亲属情况登记表", [("cadre_name", ("干部姓名", "本人姓名"), "head"), ("cadre_id_number", ("干部身份证号", "本人身份证号"), "head.id"), ("relative_name", ("亲属姓名", "近亲属姓名"), "person"), ("relative_id_number", ("亲属身份证号", "近亲属身份证号"), "person.id"),
        ("relation", ("与本人关系", "亲属关系"), ("配偶", "儿子", "女儿", "父亲", "弟弟")), ("workplace", ("工作单位及职务", "工作单位"), ("务农", "济水建筑工程有限公司", "个体"))]),
    ("meeting", "xlsx", "村“四议两公开”会议登记簿", [("held_on", ("会议时间", "会议日期"), "date"), ("meeting_kind", ("会议类型", "会议名称"), ("村民代表会议", "党员大会", "两委商议", "党支部会议")), ("topic", ("议题", "会议内容"), ("讨论硬化路面", "研究低保评议", "机动地发包")),
        ("due_count", ("应到人数", "应到会人数"), "int"), ("present_count", ("实到人数", "实到会人数"), "int"), ("result", ("表决结果", "决议情况"), ("通过", "一致同意", "未通过")), ("host_name", ("主持人",), "person")]),
    ("disclosure", "et", "村务公开记录台账", [("item", ("公开事项", "公示内容", "公示事项"), ("低保对象名单", "财务收支情况", "工程招标结果")), ("from_on", ("公示开始时间", "公示起始日期"), "date"), ("until_on", ("公示结束时间", "公示截止日期"), "soon"), ("form", ("公开形式", "公示方式"), ("公开栏", "微信群")), ("poster_name", ("张贴人", "公示人"), "person")]),
    ("purchase", "xlsx2", "村集体物资采购登记表", [("bought_on", ("采购日期", "购买时间"), "date"), ("item", ("物品名称", "物资名称"), ("A4纸", "铁锹", "水泥", "灯泡")), ("quantity", ("数量",), "int"), ("unit_yuan", ("单价", "单价（元）"), "yuan"), ("amount_yuan", ("金额", "总价"), "yuan"), ("supplier_name", ("供货单位", "供应商"), ("柳河镇惠民超市", "鑫源农资经营部")), ("handler_name", ("采购人", "经办人"), "person")]),
    ("disability", "csv", "残疾人基本情况花名册", [("person_name", ("姓名",), "person"), ("person_id_number", ("身份证号码", "身份证号"), "person.id"), ("cert_no", ("残疾证号", "残疾人证号"), "cert"), ("category", ("残疾类别",), ("肢体", "视力", "听力", "智力")), ("level", ("残疾等级", "残疾级别"), ("一级", "二级", "三级", "四级")), ("issued_on", ("发证日期", "初领日期"), "date")]),
    ("payroll", "xlsx", "财政供养人员名册", [("employer", ("工作单位", "单位名称"), ("县教育局", "县水务局", "柳河镇中心小学")), ("person_name", ("姓名",), "person"), ("person_id_number", ("身份证号", "证件号码"), "person.id"), ("category", ("人员类别", "人员身份"), ("公务员", "事业", "工勤", "离退休")), ("post", ("职务",), ("科员", "教师", "副局长")), ("entered_on", ("进入时间", "参加工作时间"), "date")]),
    ("vehicle", "csv", "机动车登记信息", [("plate", ("号牌号码", "车牌号"), "plate"), ("vehicle_kind", ("车辆类型",), ("小型轿车", "轻型普通货车", "普通二轮摩托车")), ("brand", ("品牌型号", "中文品牌"), ("五菱牌", "大众牌", "长安牌")), ("owner_name", ("所有人", "机动车所有人"), "person"), ("owner_id_number", ("身份证明号码", "证件号码"), "person.id"), ("registered_on", ("初次登记日期", "注册日期"), "date"), ("state", ("状态", "机动车状态"), ("正常", "注销"))]),
    ("property", "tab", "不动产登记查询结果", [("owner_name", ("权利人", "权利人名称"), "person"), ("owner_id_number", ("证件号", "权利人证件号"), "person.id"), ("place", ("坐落", "房屋坐落"), ("锦绣花园3号楼2单元", "平安小区8-1-302")), ("area_m2", ("建筑面积", "建筑面积(㎡)"), "m2"), ("use", ("用途", "规划用途"), ("住宅", "商业")), ("registered_on", ("登记日期", "登记时间"), "date")]),
    ("social_insurance", "xls", "企业职工养老保险参保人员信息", [("person_name", ("姓名",), "person"), ("person_id_number", ("身份证号", "社会保障号码"), "person.id"), ("insured_by", ("参保单位", "单位名称"), ("济水建筑工程有限公司", "鲁源路桥工程有限公司")), ("base_yuan", ("缴费基数", "月缴费基数"), "yuan"), ("from_on", ("参保时间", "参保日期"), "date"), ("insured_state", ("参保状态", "缴费状态"), ("正常", "停保"))]),
]  # fmt: skip
OFFICES = {
    "payroll": "县财政局",
    "vehicle": "县公安局",
    "property": "县不动产登记中心",
    "social_insurance": "县人社局",
}


class _Row:
    def __init__(
        self, chance: random.Random, hand: Hand, people: list[Person], year: int, at: int
    ) -> None:
        self.chance, self.hand, self.at = chance, hand, at
        self.persons = {
            "person": people[at % len(people)],
            "head": people[(at // 3 * 3 + 7) % len(people)],
            "other": people[(at + 11) % len(people)],
        }
        self.day = dt.date(year, chance.randint(1, 12), chance.randint(1, 28))

    def cell(self, how: object) -> tuple[object, object]:
        """(as written, truth)."""
        chance, hand = self.chance, self.hand
        if isinstance(how, tuple):
            text = chance.choice(how)
            return text, text
        who, _, part = str(how).partition(".")
        if who in self.persons:
            return self._of(self.persons[who], part)
        if how in ("date", "later", "soon"):
            day = self.day + dt.timedelta({"date": 0, "later": 3650, "soon": 7}[str(how)])
            return hand.date(day), day
        if how == "yuan":
            amount = float(chance.randint(20, 5000)) + chance.choice((0, 0.5))
            return hand.yuan(amount), amount
        if how == "mu":
            area = chance.randint(3, 150) / 10
            return hand.mu(area), area
        number = chance.randint(5, 60)
        made = {
            "int": number,
            "m2": number + 60.25,
            "no": f"{self.at // 3 + 1:04}",
            "code18": f"3701241002010{self.at // 3 + 1:05}",
            "plate": f"鲁A{self.at:03}K{number % 10}",
            "cert": f"{self.persons['person'].id_no}{number % 7 + 1}{number % 4 + 1}",
        }[str(how)]
        return made, float(made) if isinstance(made, int | float) else made

    def _of(self, one: Person, part: str) -> tuple[object, object]:
        if part == "id":
            return self.hand.id_no(one.id_no)
        if part == "born":
            return self.hand.date(one.born), one.born
        if part == "phone":
            return self.hand.phone(one.phone), one.phone
        return (one.sex, one.sex) if part == "sex" else (self.hand.name(one.name), one.name)


def list_books(
    seed: int, people: dict, places: list[tuple[str, str]], flat: set[str]
) -> list[tuple[str, str, list[Sheet]]]:
    found = []
    for at, (table, saver, title, columns) in enumerate(LISTS):
        chance = random.Random(f"lists{seed}-{table}")
        place = ("", "") if table in OFFICES else places[at % len(places)]
        some, year = people[places[at % len(places)]], chance.choice((2021, 2022, 2023))
        hand = Hand(chance, text_only=saver in flat, has_year=False, year=year)
        columns = list(columns)
        if chance.random() < 0.4:
            columns = [columns[0], *chance.sample(columns[1:], len(columns) - 1)]
        noise = chance.sample(NOISE, 2)
        heads = [chance.choice(words) for _, words, _ in columns]
        sheet = Sheet(
            "Sheet1",
            table,
            [
                Line([f"{place[1]}{place[0]}{year}年{title}"]),
                Line(["序号", *heads, *(word for word, _ in noise)], HEAD),
            ],
        )
        for n in range(18):
            row = _Row(chance, hand, some, year, n)
            cells = {key: row.cell(how) for key, _, how in columns}
            sheet.add(
                Line(
                    [n + 1, *(c for c, _ in cells.values()), *(chance.choice(v) for _, v in noise)],
                    DATA,
                    {k: t for k, (_, t) in cells.items()},
                    place,
                )
            )
        sheet.add(Line(["填报单位（盖章）：", None, "填报人："], FOOTER))
        folder = OFFICES.get(table) or f"{place[1]}/{place[0]}"
        found.append((f"{folder}/{title.replace('“', '').replace('”', '')}", saver, [sheet]))
    return found
