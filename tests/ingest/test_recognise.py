"""Recognising tables by headings that are in no list: wording, codes, content and titles weighed together."""

# ruff: noqa: E501  (one layout per line)

import pytest
from books import IDS, Round, xlsx

A, B = IDS[0], IDS[1]
CARD = "6228480260123456782"
LAYOUTS = [
    ("subsidy", "孔村镇低保金发放", ["序", "领钱人", "证件号", "折子号", "实领数(元)", "签字"], [1, "张伟", A, CARD, 300, None]),
    ("subsidy", "耕地地力保护补贴公示", ["户主名称", "户主身份证件号码", "应补亩数", "每亩标准", "补贴款(元)"], ["张伟", A, 3.5, 130, 455]),
    ("subsidy", "一卡通", ["XM", "SFZH", "YHZH", "BTJE", "FFRQ"], ["张伟", A, CARD, "300.00", "20230501"]),
    ("subsidy", "公益岗", ["岗位人员", "公民身份号码", "用工单位", "月份", "岗位补贴额"], ["张伟", A, "燕家庄村", "2023.5", 800]),
    ("cashbook", "燕家庄村收支公开", ["时间", "凭证编号", "业务内容", "对方", "收入数", "支出数", "结余"], ["2023.5.1", "记1", "购树苗", "张伟", None, 200, 800]),
    ("cashbook", "村级财务支出明细表", ["报账日期", "支出事项", "收款单位(人)", "金额(元)", "经手人"], ["5.1", "买水泥", "宏达建材经营部", 500, "李四"]),
    ("voucher", "序时账", ["制单日期", "凭证字号", "摘要说明", "会计科目代码", "会计科目", "借方发生额", "贷方发生额"], ["2023-05-01", "记-1", "购树苗", "101", "库存现金", None, 200]),
    ("trial_balance", "科目余额表", ["科目代码", "科目全称", "期初数", "本期借方发生额", "本期贷方发生额", "期末数"], ["101", "库存现金", 100, 20, 30, 90]),
    ("bank_flow", "账户交易明细", ["交易日", "借方发生额", "贷方发生额", "账户余额", "对方账户名称", "对方帐号", "附言"], ["20230501", 200, None, 800, "张伟", CARD, "货款"]),
    ("cash_journal", "现金日记账", ["记账日期", "凭证号数", "摘要", "对应科目", "收方", "付方", "结存"], ["2023.5.1", "记1", "提现", "银行存款", 500, None, 500]),
    ("contract", "机动地发包台账", ["合同号", "地块位置", "承包户", "亩数", "起", "止", "每亩价格", "每年租金"], ["01", "村南", "张伟", 12, "2010.1.1", "2039.12.31", 100, 1200]),
    ("contract", "资产资源租赁情况", ["租赁方", "出租资产", "租赁期限", "年租赁费", "已缴至"], ["张伟", "门面房", "2020.1.1-2029.12.31", 5000, "2023"]),
    ("asset", "资产登记簿", ["资产代码", "物品名称", "账面原值", "购置时间", "目前使用状况"], ["001", "电脑", 4000, "2019.5.1", "在用"]),
    ("project", "小型工程一览", ["工程项目", "招标控制价", "承建方", "中标金额", "决算造价", "完工时间"], ["道路硬化", 500000, "宏达建筑有限公司", 490000, 495000, "2023.8.1"]),
    ("bid", "开标情况", ["标段名称", "参与单位", "最终报价", "是否中选"], ["道路硬化", "宏达建筑有限公司", 490000, "是"]),
    ("business", "工商", ["QYMC", "TYSHXYDM", "FRDBXM", "FRZJHM", "CLRQ"], ["宏达商贸有限公司", "91370124MA3C0ABC96", "张伟", A, "20190501"]),
    ("business", "市场主体", ["商户名称", "营业执照号", "业主", "业主身份证", "登记时间", "存续状态"], ["张伟超市", "92370124MA3E567897", "张伟", A, "2019-05-01", "存续"]),
    ("payroll", "财政供养人员", ["预算单位", "职工姓名", "身份证", "编制性质", "入编时间"], ["平阴县财政局", "张伟", A, "事业编", "2010.7"]),
    ("death", "火化登记", ["逝者", "身份证号码", "亡故时间", "火化时间", "家庭住址"], ["张伟", A, "2023.5.1", "2023.5.3", "孔村镇燕家庄村"]),
    ("vehicle", "车管所导出", ["HPHM", "JDCSYR", "SFZMHM", "CLLX", "CCDJRQ"], ["鲁A12345", "张伟", A, "小型轿车", "20190501"]),
    ("property", "不动产查询", ["产权人", "产权人证件号码", "房屋坐落", "建筑面积(平方米)", "规划用途"], ["张伟", A, "平阴县城关街道1号楼", 98.5, "住宅"]),
    ("household", "村民花名册", ["户编号", "家庭成员", "与户主的关系", "公民身份号码", "组别"], ["001", "张伟", "户主", A, "一组"]),
    ("relative", "村干部亲属", ["村干部", "近亲属", "称谓", "近亲属身份证号"], ["张伟", "李四", "配偶", B]),
    ("relief_filing", "近亲属享受救助备案", ["备案人员", "救助对象", "与备案人关系", "享受救助类型", "备案时间"], ["张伟", "李四", "母子", "低保", "2023.5"]),
    ("committee", "两委班子", ["成员姓名", "身份证", "担任职务", "上任时间", "卸任日期"], ["张伟", A, "书记兼主任", "2021.1", None]),
    ("land", "确权登记", ["承包方编号", "承包户主", "地块代码", "小地名", "实测亩数"], ["370124001001", "张伟", "3701240010010001", "村南", 3.2]),
    ("land_transfer", "土地流转台账", ["流转出户", "流转入户", "流转亩数", "流转起止时间"], ["张伟", "李四", 3.2, "2020.1.1-2025.12.31"]),
    ("village_roster", "村庄基本情况", ["镇办", "村庄名称", "总户数", "户籍人口", "耕地(亩)"], ["孔村镇", "燕家庄村", 200, 650, 1200]),
    ("petition_count", "信访统计", ["村居", "统计月份", "信访件次", "重复件"], ["燕家庄村", "2023.5", 2, 1]),
    ("purchase", "石料镇村级物资采购登记", ["村名", "货品", "规格", "采购数", "计量单位", "成交单价(元)", "总价款", "供货厂家", "购进时间"], ["燕家庄村", "太阳能路灯", "6米60W", 9, "盏", 1434, 12906, "宏达机电设备有限公司", "2023.5.1"]),
    ("purchase", "台账", ["品名", "型号规格", "单位", "数量", "单价", "金额", "供货商", "经手人", "采购日期"], ["垃圾桶", "240L", "个", 20, 135, 2700, "宏达环卫服务有限公司", "张伟", "2023-05-01"]),
    ("party_member", "党员党费", ["姓名", "所在支部", "入党时间", "月缴党费", "缴至月份"], ["张伟", "燕家庄支部", "1990.7", 2, "2023.5"]),
    ("party_member", "燕家庄村党员花名册", ["序号", "姓名", "性别", "身份证号", "加入党组织日期", "转正日期", "人员类别"], [1, "张伟", "男", A, "1990.7.1", "1991.7.1", "正式党员"]),
    ("means_check", "居民家庭经济状况核对报告", ["核对对象", "身份证号码", "工商信息", "车辆", "不动产", "公积金", "银行存款", "核对日期"], ["张伟", A, "无", "有", "无", "无", "1200.5", "2023-05-01"]),
    ("social_insurance", "职工参保明细", ["姓名", "社会保障号码", "单位名称", "险种类型", "缴费基数", "个人缴费", "单位缴费", "费款所属期"], ["张伟", A, "宏达商贸有限公司", "企业养老", 4000, 320, 640, "202305"]),
    ("social_insurance", "住房公积金缴存人员", ["职工姓名", "身份证号", "缴存单位", "月缴存额", "缴存基数", "账户状态", "开户日期"], ["张伟", A, "宏达商贸有限公司", 800, 4000, "正常", "2019-05-01"]),
    ("wage", "燕家庄村2023年5月村干部工资发放表", ["序号", "姓名", "职务", "基本报酬", "绩效报酬", "应发工资", "扣养老保险", "实发工资", "签字"], [1, "张伟", "书记", 1500, 500, 2000, 100, 1900, None]),
    ("land_compensation", "XX高速征地补偿发放表", ["户主姓名", "身份证号", "征收面积(亩)", "区片价(元/亩)", "土地补偿费", "安置补助费", "青苗费", "补偿合计", "账号"], ["张伟", A, 1.5, 52000, 31200, 46800, 1500, 79500, CARD]),
    ("land_compensation", "地上附着物补偿明细", ["被补偿人", "地块", "附着物名称", "附着物补偿金额", "合计"], ["张伟", "村南", "杨树12棵", 1200, 1200]),
    ("meeting", "燕家庄村会议记录目录", ["序号", "会议时间", "会议名称", "应到", "实到", "议题", "表决情况", "主持人"], [1, "2023.5.1", "村民代表会议", 45, 40, "发包机动地", "通过", "张伟"]),
    ("disclosure", "村务公开台账", ["序号", "公开事项", "公示时间", "公示地点", "照片", "经办人"], [1, "2023年4月财务收支", "2023.5.5", "公开栏", "有", "张伟"]),
    ("coop_surplus", "合作社2023年分红明细", ["成员姓名", "身份证号", "股金", "股金分红", "交易量返还", "合计", "签字"], ["张伟", A, 5000, 300, 120, 420, None]),
    ("coop", "领办合作社运行情况", ["合作社名称", "理事长", "成员总数", "村集体持股比例", "财政扶持资金", "可分配盈余", "是否年报"], ["宏达种植专业合作社", "张伟", 60, 0.3, 200000, 35000, "是"]),
    ("disability", "持证残疾人花名册", ["姓名", "残疾人证号", "残疾类别", "残疾等级", "发证日期", "有效期至"], ["张伟", A + "42", "肢体", "二级", "2019-05-01", "2029-05-01"]),
    ("subsidy", "残疾人两项补贴", ["姓名", "残疾证号", "残疾等级", "困难生活补贴", "护理补贴", "合计发放", "账号"], ["张伟", A + "42", "二级", 120, 140, 260, CARD]),
    ("subsidy", "农机购置补贴公示", ["购机者姓名", "机具品目", "机具型号", "出厂编号", "经销商", "购机日期", "销售价", "补贴额"], ["张伟", "轮式拖拉机", "TB504", "2023050188", "宏达农机有限公司", "2023.5.1", 60000, 15000]),
    ("subsidy", "小额信贷贴息", ["借款人", "姓名", "身份证号", "贷款金额", "放款日期", "利率", "贴息金额"], ["张伟", "张伟", A, 50000, "2023.5.1", 3.65, 1825]),
    ("subsidy", "雨露计划补助", ["学生姓名", "身份证号", "就读学校", "学制", "学期", "补助金额", "家长", "银行账号"], ["张伟", A, "市职业学院", "3年", "春季", 1500, "李四", CARD]),
    (None, "机井清单", ["编号", "位置", "深度(米)", "出水量"], [1, "村南", 80, "好"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    raw = tmp_path_factory.mktemp("layouts")
    for i, (_, title, head, row) in enumerate(LAYOUTS):
        xlsx(raw / f"{i:02}.xlsx", {"Sheet1": [[title], head, row, row, row, row]})
    found = Round(raw)
    return {
        path: table
        for path, table in found.rows(
            "SELECT path, table_name FROM sheet JOIN source_file USING (file_id)"
        )
    }


@pytest.mark.parametrize(
    "at", range(len(LAYOUTS)), ids=[f"{name}-{i}" for i, (name, *_) in enumerate(LAYOUTS)]
)
def test_layout(read, at):
    assert read[f"{at:02}.xlsx"] == LAYOUTS[at][0]


def test_an_unknown_sheet_says_what_is_missing(tmp_path):
    xlsx(
        tmp_path / "低保发放.xlsx",
        {"表": [["姓名", "身份证号", "备考"], ["张伟", A, "x"], ["李四", B, "y"]]},
    )
    found = Round(tmp_path)
    ((why, nearest, missing),) = found.rows("SELECT why, nearest, missing FROM sheet")
    assert nearest
    assert "aliases" in why or missing


def test_money_never_goes_the_way_its_heading_denies(tmp_path):
    """付… and 收… under words nobody lists: out is out, in is in; one side alone leaves the other to the plain amount."""
    rows = [
        ["2023-05-01", 500, None, 900, "张伟"],
        ["2023-05-02", None, 300, 1200, "李四"],
        ["2023-05-03", 10, None, 1190, "王芳"],
    ]
    xlsx(
        tmp_path / "a.xlsx",
        {
            "s": [
                ["燕家庄村账户交易明细"],
                ["交易日", "付款发生数额", "收款发生数额", "结余", "对方户名"],
                *rows,
            ]
        },
    )
    xlsx(
        tmp_path / "b.xlsx",
        {
            "s": [
                ["周家庄村账户交易明细"],
                ["交易日", "付款发生额", "收入金额（贷）", "结余", "对方户名"],
                *rows,
            ]
        },
    )
    found = Round(tmp_path)
    told = (
        "SELECT village_name, sum(out_yuan)::INT, sum(in_yuan)::INT FROM bank_flow "
        "JOIN village USING (village_code) GROUP BY 1 ORDER BY 1"
    )
    assert found.rows(told) == [("周家庄村", 510, 300), ("燕家庄村", 510, 300)]


def test_a_voucher_number_in_the_column_of_its_word(tmp_path):
    """凭证字及编号 holds both: it is the number, and the word is read from it."""
    head = ["制单时间", "凭证字及编号", "摘要", "科目代号", "科目", "借方", "贷方"]
    xlsx(
        tmp_path / "燕家庄村序时簿.xlsx",
        {
            "s": [
                head,
                *[
                    ["2023.5.1", f"银付-{n}", "付电费", "513", "管理费用", 9, None]
                    for n in range(1, 5)
                ],
            ]
        },
    )
    assert Round(tmp_path).rows(
        "SELECT DISTINCT voucher_word, count(DISTINCT voucher_no) FROM voucher GROUP BY 1"
    ) == [("银付", 4)]


def test_the_account_of_an_organisation_is_kept(tmp_path):
    """A person's account is in the mention, a firm's in the row."""
    card = "6228480260123456782"
    head = ["日期", "摘要", "收款人", "收款账号", "支出"]
    xlsx(
        tmp_path / "燕家庄村支出.xlsx",
        {
            "s": [
                head,
                ["2023.5.1", "付货款", "宏达商贸有限公司", card, 9],
                ["2023.5.2", "付工资", "张伟", card, 9],
                ["2023.5.2", "付工资", "李四", card, 9],
            ]
        },
    )
    found = Round(tmp_path)
    assert found.rows("SELECT payee_account, bank_no FROM cashbook LEFT JOIN mention ON mention_id = payee ORDER BY row_id") == [
        (card, None), (None, card), (None, card)]  # fmt: skip


def test_a_title_does_not_make_a_village(tmp_path):
    """北营村农村土地…: the village is 北营村."""
    head = ["承包方代表", "身份证号", "地块名称", "实测面积(亩)"]
    row = ["张伟", A, "村南", 3.2]
    xlsx(
        tmp_path / "青石镇/北营村/a.xlsx",
        {"s": [["北营村农村土地承包经营权登记表"], head, row, row, row]},
    )
    xlsx(
        tmp_path / "青石镇/b.xlsx",
        {"北营": [["北营村农村土地承包经营权登记表"], head, row, row, ["李四", B, "村北", 2]]},
    )
    found = Round(tmp_path)
    assert found.rows("SELECT village_name FROM village") == [("北营村",)]
    assert found.one("SELECT count(*) FROM land WHERE village_code IS NULL") == 0


def test_a_column_of_one_state_is_no_column_of_names():
    """成功 begins with a surname; the column 到没到账 that says nothing else names nobody."""
    from xuncha_lib.ingest.coded import code
    from xuncha_lib.ingest.profile import fit, profile

    assert fit(profile(code(["成功"] * 12)), "name") < 0
    assert fit(profile(code(["成大勇", "王建国", "李秀英"] * 4)), "name") > 0
