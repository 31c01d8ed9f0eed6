"""The kinds of tables that villages hand in, with their titles and the words over their columns."""

import kinds as k
from kinds import Kind

_WHO = ("姓名", "姓  名")
_ID = ("身份证号", "身份证号码", "公民身份号码", "证件号码")
_CARD = ("银行账号", "银行卡号", "一卡通账号", "社保卡号", "账号")
_PHONE = ("联系电话", "电话", "手机号码", "联系方式")
_DAY = ("日期", "记账日期", "时间")

KINDS = {
    "收支明细": Kind("cashbook", ("财务收支明细表", "村级财务收支明细公开表", "收支流水账"), {
        "entry_on": _DAY, "voucher_no": ("凭证号", "凭证编号", "凭证字号"), "summary": ("摘要", "收支内容", "事由"), "payee_name": ("收款人", "对方单位", "收（付）款单位"),
        "receipt_yuan": ("收入", "收入金额"), "payment_yuan": ("支出", "支出金额"), "handler_name": ("经办人", "经手人"), "note": ("备注", "备 注"),
    }, k.cashbook, ("receipt_yuan", "payment_yuan"), {"receipt_yuan": "金额", "payment_yuan": "金额"}),
    "现金日记账": Kind("cash_journal", ("现金日记账", "库存现金日记账"), {
        "entry_on": ("日期",), "voucher_no": ("凭证号", "凭证号数"), "summary": ("摘要",), "receipt_yuan": ("借方", "收入（借方）"), "payment_yuan": ("贷方", "支出（贷方）"),
    }, k.journal, ("receipt_yuan", "payment_yuan")),
    "银行流水": Kind("bank_flow", ("银行账户交易明细", "对公账户流水", "活期存款明细"), {
        "txn_on": ("交易日期", "记账日", "交易时间"), "serial_no": ("流水号", "交易流水号"), "summary": ("摘要", "交易摘要"), "in_yuan": ("收入金额", "贷方发生额(收入)", "存入"),
        "out_yuan": ("支出金额", "借方发生额(支取)", "支取"), "balance_yuan": ("账户余额", "余额"), "counterparty_name": ("对方户名", "交易对手", "对方名称"),
    }, k.bank),
    "序时账": Kind("voucher", ("序时账", "记账凭证明细", "凭证列表"), {
        "entry_on": ("凭证日期", "日期"), "voucher_no": ("凭证号", "凭证字号"), "summary": ("摘要",), "account_code": ("科目编码", "科目代码"), "account_name": ("科目名称", "会计科目"),
        "debit_yuan": ("借方金额", "借方"), "credit_yuan": ("贷方金额", "贷方"),
    }, k.voucher, ("debit_yuan", "credit_yuan"), {"debit_yuan": "发生额", "credit_yuan": "发生额"}),
    "补贴": Kind("subsidy", ("发放花名册", "发放明细表", "资金发放公示表"), {
        "beneficiary_name": (*_WHO, "享受人", "补贴对象"), "beneficiary_id_number": _ID, "group_no": ("组别", "村民小组", "所在组"), "beneficiary_phone": _PHONE,
        "beneficiary_bank_account": _CARD, "amount_yuan": ("发放金额", "补贴金额", "实发金额", "金额"), "paid_on": ("发放日期", "发放时间", "打卡日期"), "note": ("备注", "说明"),
    }, k.subsidy, ("amount_yuan",)),
    "地力补贴": Kind("subsidy", ("耕地地力保护补贴发放清册", "地力保护补贴公示表"), {
        "head_name": ("户主姓名", "户主"), "head_id_number": ("户主身份证号", "身份证号"), "head_phone": _PHONE, "area_mu": ("补贴面积", "补贴面积（亩）", "面积(亩)"),
        "standard_yuan": ("补贴标准", "补贴标准(元/亩)"), "amount_yuan": ("补贴金额", "补贴资金"), "head_bank_account": ("一卡通账号", "银行账号"),
    }, k.farmland, ("area_mu", "amount_yuan")),
    "合同": Kind("contract", ("资产资源发包合同台账", "经济合同登记台账", "承包合同台账"), {
        "contract_no": ("合同编号", "合同号"), "object_name": ("标的物", "发包资源名称", "项目名称"), "lessee_name": ("承包方", "承租人", "乙方"), "area_mu": ("面积（亩）", "承包面积(亩)"),
        "signed_on": ("签订日期", "签订时间"), "starts_on": ("起始日期", "开始时间"), "ends_on": ("终止日期", "到期日期"), "annual_yuan": ("年租金", "年承包费"), "total_yuan": ("合同总价", "合同总金额"),
    }, k.contract, ("total_yuan",), {"starts_on": "承包期限", "ends_on": "承包期限"}),
    "固定资产": Kind("asset", ("固定资产登记簿", "固定资产台账"), {
        "asset_no": ("资产编号", "编号"), "asset_name": ("资产名称", "名称"), "original_yuan": ("原值", "账面原值"), "acquired_on": ("购建日期", "购置时间"),
        "keeper_name": ("保管人", "责任人"), "place": ("存放地点", "坐落位置"), "state": ("使用状况", "状态"),
    }, k.asset, ("original_yuan",)),
    "工程": Kind("project", ("工程项目台账", "村级小型工程登记表"), {
        "project_name": ("项目名称", "工程名称"), "winner_name": ("施工单位", "承建单位", "中标单位"), "contract_yuan": ("合同价", "合同金额"), "settled_yuan": ("结算价", "审定金额"),
        "paid_yuan": ("已付款", "累计付款"), "started_on": ("开工日期", "开工时间"), "finished_on": ("竣工日期", "完工时间"),
    }, k.project, ("contract_yuan",)),
    "两委": Kind("committee", ("村“两委”成员花名册", "村干部基本情况表"), {
        "person_name": _WHO, "person_id_number": _ID, "post": ("职务", "现任职务"), "started_on": ("任职时间", "任现职时间"), "person_phone": _PHONE,
    }, k.committee),
    "工资": Kind("wage", ("村干部报酬发放表", "务工人员工资发放表"), {
        "person_name": _WHO, "post": ("职务", "岗位"), "basic_yuan": ("基本报酬", "基本工资"), "merit_yuan": ("绩效报酬", "绩效工资"), "net_yuan": ("实发金额", "实发工资"),
        "person_id_number": _ID, "person_bank_account": _CARD,
    }, k.wage, ("basic_yuan", "merit_yuan", "net_yuan"), {"basic_yuan": "应发", "merit_yuan": "应发"}),
    "党员": Kind("party_member", ("党员花名册", "党员基本信息台账"), {
        "person_name": _WHO, "person_id_number": _ID, "joined_on": ("入党时间", "入党日期"), "dues_yuan": ("月党费标准", "党费标准"), "person_phone": _PHONE,
    }, k.party),
    "死亡": Kind("death", ("死亡人员名单", "死亡人口登记表"), {
        "deceased_name": _WHO, "deceased_sex": ("性别",), "deceased_id_number": _ID, "died_on": ("死亡日期", "死亡时间"), "address": ("住址", "家庭住址"),
    }, k.death),
    "余额表": Kind("trial_balance", ("科目余额表",), {
        "account_code": ("科目编码", "科目代码"), "account_name": ("科目名称",), "opening_yuan": ("期初余额", "年初余额"), "debit_yuan": ("本期借方", "借方"), "credit_yuan": ("本期贷方", "贷方"), "closing_yuan": ("期末余额",),
    }, k.balance, (), {"debit_yuan": "本期发生", "credit_yuan": "本期发生"}),
    "征地": Kind("land_compensation", ("征地补偿款发放表", "征收土地补偿明细表"), {
        "payee_name": ("被补偿人", "户主姓名", "姓名"), "payee_id_number": _ID, "taken_mu": ("征收面积（亩）", "征地面积"), "land_yuan": ("土地补偿费",), "crop_yuan": ("青苗补偿费", "青苗费"),
        "total_yuan": ("补偿合计", "合计金额"), "payee_bank_account": _CARD,
    }, k.compensation, ("total_yuan",)),
}  # fmt: skip
