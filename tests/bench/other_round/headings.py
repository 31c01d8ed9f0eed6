"""Column headings as other counties print them: usual ones, rarer ones, and pinyin field codes of bureau exports."""

from __future__ import annotations

import random

USUAL = {
    "seq": "序号|编号|序 号", "name": "姓名|姓 名|人员姓名", "id": "身份证号|身份证号码|公民身份号码|证件号码",
    "sex": "性别", "age": "年龄|年龄(岁)", "birth": "出生日期|出生年月", "phone": "联系电话|手机号码|联系方式|电话",
    "card": "银行账号|银行卡号|社保卡账号|一卡通账号", "bank": "开户银行|开户行|代发银行",
    "village": "村居|行政村|村(居)委会|所在村", "group": "组别|村民小组|小组|村(居)民小组", "town": "乡镇|镇街|所属乡镇",
    "address": "家庭住址|住址|户籍地址|现住址", "remark": "备注|说明|备 注|情况说明", "relation": "与户主关系|关系|家庭关系",
    "head": "户主姓名|户主", "head_id": "户主身份证号|户主证件号码", "home_no": "户号|户编号",
    "roll.name": "享受人|享受人姓名|保障对象|对象姓名|领取人", "roll.id": "享受人身份证号|身份证号码|对象证件号码",
    "roll.payee": "收款人姓名|户名|开户名|账户名称", "roll.payee_id": "收款人身份证号|收款人证件号",
    "roll.amount": "补贴金额|发放金额|实发金额|金额", "roll.status": "支付状态|发放状态|银行回单状态",
    "roll.month": "所属月份|发放月份|补贴月份|月份", "roll.day": "发放日期|打卡日期|支付日期|填报日期",
    "roll.persons": "保障人数|享受人数", "roll.level": "类别|保障类别|等级", "roll.std": "月标准|补贴标准|人月标准",
    "roll.area": "补贴面积|申报面积|核定面积", "roll.days": "出勤天数|考勤天数", "roll.post": "岗位名称|岗位|从事岗位",
    "roll.cert": "残疾证号|残疾人证号", "roll.reason": "困难原因|致困原因|救助原因", "roll.batch": "批次|发放批次",
    "roll.project": "补贴项目|项目名称|资金名称", "roll.years": "补贴年度|年度",
    "post": "职务|现任职务|村内职务", "start": "任职时间|任现职时间|当选时间", "end": "离任时间|免职时间|卸任时间",
    "party": "政治面貌", "pay": "月报酬(元)", "cadre": "干部姓名|本人姓名|申报人", "cadre_id": "本人身份证号|干部身份证号",
    "kin": "亲属姓名|近亲属姓名|家庭成员", "kin_id": "亲属身份证号|近亲属证件号码|成员身份证号",
    "kin_rel": "与本人关系|亲属关系|称谓", "kin_work": "工作单位及职务|工作单位", "filed_on": "备案日期|备案时间",
    "programme": "享受项目|救助项目", "moved": "变动情况|户口变动|注销原因", "moved_on": "变动日期|变动时间",
    "date": "日期|记账日期|业务日期|发生日期", "voucher": "凭证号|凭证字号|凭证编号", "summary": "摘要|业务摘要|内容|事由",
    "in": "收入|收入金额|收方", "out": "支出|支出金额|付方", "balance": "余额|结余|结存",
    "cash_balance": "现金结余|现金余额", "bank_balance": "银行结余|银行存款余额",
    "payee": "对方单位|收款人|往来对象|收款单位(人)", "method": "结算方式|付款方式|支付方式",
    "handler": "经办人|经手人", "approver": "审批人|批准人|审批", "witness": "证明人|验收人",
    "slip": "票据类型|票据种类|原始凭证", "attach": "附件张数|附单据数|单据张数", "invoice": "发票号码|票据号|发票号",
    "account": "科目名称|会计科目", "code": "科目编码|科目代码", "debit": "借方金额|借方", "credit": "贷方金额|贷方",
    "word": "凭证字", "number": "凭证号|凭证编号", "line": "行号|分录号", "maker": "制单人|制单",
    "bank.date": "交易日期|记账日|交易时间", "bank.out": "借方发生额(支取)|支出金额|转出", "bank.in": "贷方发生额(收入)|收入金额|转入",
    "bank.balance": "账户余额|余额", "bank.who": "对方户名|对方名称|交易对手", "bank.summary": "摘要|交易附言|用途",
    "c.no": "合同编号|合同号", "c.object": "标的物|承包标的|资产资源名称|合同名称", "c.kind": "资源类别|类别|资产类型",
    "c.party": "承包方|承租人|乙方|承包人", "c.party_id": "承包方证件号|乙方证件号码|承租人身份证号",
    "c.area": "面积|承包面积|面积/数量", "c.unit": "计量单位|单位", "c.start": "起始日期|合同开始日期|起租日",
    "c.end": "终止日期|合同到期日|到期日", "c.term": "承包期限|合同期限|租期", "c.years": "年限|年限(年)",
    "c.price": "单价|租金标准|单价(元/年)", "c.annual": "年承包费|年租金|年租金(元)", "c.total": "合同总价|总金额|合同总金额",
    "c.mode": "缴款方式|交款方式|付款方式", "c.due": "本年应收|应收", "c.got": "本年已收|已收", "c.owed": "欠缴|累计欠缴|欠款",
    "c.voted": "民主决策时间|村民代表会议日期|表决日期", "c.signed": "签订日期|签约日期|签订时间", "c.open": "是否进平台|是否公开竞价",
    "c.place": "坐落|四至|位置", "c.state": "合同状态|履行状态|现状",
    "a.no": "资产编号|卡片编号", "a.name": "资产名称|名称", "a.kind": "资产类别|类别", "a.cost": "原值|账面原值|入账价值",
    "a.dep": "累计折旧|已提折旧", "a.net": "净值|账面净值", "a.date": "购建日期|入账日期", "a.place": "存放地点|坐落",
    "a.state": "使用状况|使用状态", "a.keeper": "保管人|使用部门",
    "p.name": "项目名称|工程名称", "p.fund": "资金来源|资金渠道", "p.budget": "预算金额|控制价|招标控制价", "p.method": "发包方式|招标方式",
    "p.bidder": "投标单位|参与投标单位|报价单位", "p.bid": "投标报价|报价|投标价", "p.won": "是否中标|评标结果", "p.winner": "中标单位|施工单位|承建单位",
    "p.price": "中标价|合同价|合同金额", "p.signed": "合同签订日期|合同日期", "p.begin": "开工日期|开工时间", "p.finish": "竣工日期|完工时间",
    "p.accept": "验收日期|验收时间", "p.settle": "结算价|审定金额|结算审定价", "p.paid": "已付款|累计付款|已支付", "p.vote": "立项时间|批复日期",
    "f.uscc": "统一社会信用代码|社会信用代码", "f.name": "企业名称|主体名称|市场主体名称", "f.kind": "企业类型|主体类型", "f.boss": "法定代表人|法定代表人(经营者)|负责人",
    "f.boss_id": "法人证件号|法定代表人证件号|经营者证件号", "f.capital": "注册资本(万元)", "f.founded": "成立日期|注册日期", "f.state": "经营状态|登记状态|企业状态",
    "f.closed": "注销日期|注吊销日期", "f.address": "住所|经营场所|注册地址", "f.scope": "经营范围", "f.holder": "股东名称|股东|投资人",
    "f.holder_id": "股东证件号|投资人证件号", "f.share": "持股比例|出资比例", "f.role": "职务|人员类型|身份类型",
    "m.name": "成员姓名|社员姓名", "m.amount": "出资额|出资额(元)", "m.way": "出资方式", "m.farmer": "是否农民",
    "w.unit": "工作单位|单位名称", "w.state": "在职状态|人员状态|状态", "w.kind": "人员类别|编制|身份", "w.in": "参加工作时间|进入时间", "w.out": "退出时间|离职时间",
    "d.died": "死亡日期|死亡时间|去世时间", "d.source": "注销原因|死亡原因", "d.fire": "火化日期|火化时间",
    "v.plate": "号牌号码|车牌号", "v.kind": "车辆类型|车型", "v.brand": "品牌型号|品牌", "v.owner": "所有人|机动车所有人|车主", "v.first": "初次登记日期|初登日期", "v.state": "机动车状态|状态",
    "l.code": "承包方编码|承包方代码", "l.head": "承包方代表|承包方(代表)姓名", "l.total": "确权总面积(亩)|确权面积|合同面积", "l.plot": "地块名称|地块编码", "l.plot_mu": "地块面积(亩)|实测面积", "l.bounds": "四至",
    "t.households": "户数|总户数", "t.population": "人口|户籍人口", "t.farmland": "耕地面积(亩)|总耕地面积", "t.code": "行政区划代码|区划代码", "t.spare": "机动地面积|机动地(亩)",
}
RARE = {
    "seq": "NO.|排序|户内序号", "name": "名字|人员|成员姓名", "id": "居民身份证号|公民身份证号|身份证编码|证件号", "phone": "联系号码|移动电话|本人电话",
    "card": "存折账号|账号|收款账号|打卡账号", "bank": "行名|所属银行", "village": "村别|所属村|单位|村(社区)", "group": "社|所属组|队别", "town": "办事处|乡镇(街道)|所属镇街",
    "address": "现居住地|家庭地址", "remark": "注|其他|其它说明事项", "relation": "与户主的关系|称谓|家庭成员关系", "head": "家庭户主|所属户|户主名", "home_no": "户口簿编号|户序",
    "roll.name": "被保障人|受益人|补贴对象|领款人", "roll.id": "居民身份证号|享受人证件号|证件号", "roll.payee": "持卡人|代领人|收款户名", "roll.amount": "打卡金额|实领金额|应发数|兑付金额",
    "roll.status": "到账情况|代发结果|处理结果", "roll.month": "期间|保障月份|兑付期", "roll.day": "入卡时间|代发日期", "roll.persons": "核定人口|低保人口", "roll.level": "档次|保障类型", "roll.std": "人均补差|执行标准",
    "roll.area": "种植面积|兑现面积|享受面积", "roll.days": "上岗天数", "roll.post": "工种|安置岗位", "roll.cert": "证号|残证编号", "roll.reason": "救助事由", "roll.project": "补贴类型|惠民项目",
    "post": "岗位|职位|党内/村内职务", "start": "上任时间|始任时间", "end": "离职时间|退职时间", "cadre": "工作人员姓名|登记人", "kin": "关系人|关系人姓名", "kin_rel": "与干部关系|亲属类别", "kin_id": "关系人证件号",
    "date": "凭证日期|年月日|制单日期", "voucher": "字号|凭证号数|记账凭证号", "summary": "收支项目|用途|业务内容", "in": "增加|本期收入|收入数", "out": "减少|本期支出|支出数", "balance": "结转余额|滚存结余|账面余额",
    "payee": "付款对象|对方户名|客户(供应商)", "method": "资金形式|收付方式", "handler": "经办|报账人|经手", "approver": "签批人|负责人", "slip": "单据种类|凭据", "attach": "附件数|张数",
    "bank.out": "付出|支出|转出金额", "bank.in": "存入|收入|转入金额", "bank.balance": "联机余额|可用余额", "bank.who": "收/付方名称|对手方", "bank.date": "入账日期|发生日",
    "c.no": "档案号|合同序号|备案号", "c.object": "出租物|项目名称|资源名称", "c.party": "受让方|租赁方|承包户", "c.area": "规模|亩数(平方数)", "c.start": "合同生效日|开始时间", "c.end": "失效日期|截止时间", "c.price": "每亩(平)单价|价格", "c.annual": "年收益|每年上交额", "c.total": "标的总额|价款合计",
    "c.due": "应交款|当年应缴", "c.got": "实缴|已交款", "c.owed": "尾欠|未交", "c.voted": "四议两公开日期|决议日期", "c.signed": "订立日期|签署日期",
    "a.cost": "价值|购置金额|原价", "a.net": "现值|账面价值", "a.state": "现状|利用情况", "p.name": "建设项目|标段名称|项目", "p.budget": "拦标价|最高限价|概算", "p.bidder": "竞标人|响应单位|供应商", "p.bid": "响应报价|竞价", "p.won": "中选|是否成交", "p.winner": "施工方|成交供应商|中选单位", "p.price": "成交价|签约价", "p.settle": "决算价|最终造价|审计价", "p.paid": "拨付金额|实付|已拨款",
    "f.uscc": "注册号|信用代码|执照号", "f.name": "字号名称|单位名称|名称", "f.boss": "经营者姓名|法人|执行事务合伙人", "f.state": "营业状态|状态", "f.founded": "核准日期|开业日期|设立日期", "f.holder": "出资人|出资人名称|合伙人", "f.share": "占股(%)|份额",
    "w.unit": "所在单位|供职单位", "w.state": "在编情况|是否在职", "d.died": "亡故日期|死亡登记日期|亡故时间", "v.plate": "牌照|车号|车辆牌号", "v.owner": "车辆所有人|登记人", "v.state": "车辆状态", "v.kind": "车辆种类",
    "l.head": "户主(承包方)|承包户姓名", "l.total": "总面积|二轮承包面积", "l.plot_mu": "面积(亩)|地块面积",
}
PINYIN = {
    "seq": "XH", "name": "XM", "id": "SFZH", "sex": "XB", "birth": "CSRQ", "phone": "LXDH", "card": "YHZH", "village": "SSC", "town": "SSXZ", "address": "ZZ", "remark": "BZ",
    "roll.name": "XM", "roll.id": "SFZH", "roll.amount": "BTJE", "roll.payee": "HM", "roll.month": "FFYF", "roll.status": "ZFZT", "roll.level": "LB",
    "d.died": "SWRQ", "d.source": "SWYY", "v.plate": "HPHM", "v.kind": "CLLX", "v.brand": "CLPP", "v.owner": "SYR", "v.first": "CCDJRQ", "v.state": "ZT",
    "f.uscc": "TYSHXYDM", "f.name": "QYMC", "f.kind": "QYLX", "f.boss": "FRDBXM", "f.boss_id": "FRZJHM", "f.founded": "CLRQ", "f.state": "JYZT", "f.closed": "ZXRQ", "f.address": "ZS", "f.holder": "GDMC", "f.holder_id": "GDZJHM", "f.share": "CGBL", "f.capital": "ZCZB", "f.scope": "JYFW", "f.role": "RYLX",
    "w.unit": "GZDW", "w.state": "RYZT", "w.kind": "RYLB", "w.in": "CJGZSJ", "w.out": "TCSJ", "post": "ZW",
}


class Heads:
    """The headings of one book: one choice per field, kept for the whole book."""

    def __init__(self, rng: random.Random, rare: bool, style: str = "") -> None:
        self.rng, self.rare, self.style = rng, rare, style
        self.chosen: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        if field not in self.chosen:
            self.chosen[field] = self._choose(field)
        return self.chosen[field]

    def _choose(self, field: str) -> str:
        plain = field.split(".")[-1]
        if self.style == "pinyin" and not self.rare:
            for key in (field, plain):
                if key in PINYIN:
                    return PINYIN[key]
        if self.rare:
            for key in (field, plain if "." not in field else field):
                if key in RARE:
                    return self.rng.choice(RARE[key].split("|"))
        return self.rng.choice(USUAL[field].split("|"))

    def all(self, *fields: str) -> list[str]:
        """Headings of several fields."""
        return [self(f) for f in fields]
