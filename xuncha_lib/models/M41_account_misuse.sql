/*---
id: M41
name: 科目错用、摘要与科目不符
category: C5
severity: medium
identity: null
prior: 0.5
needs: {money: [row_id, village_code, amount_yuan, account_class, summary]}
uses:
  cancelled: [row_id]
  money: [rows, entry_on, side, account_name, account_code, payee_name, note]
  voucher_line: [class, dr, cr, entry_on, summary]
knobs: {least_yuan: 500, works_yuan: 10000, most_rows: 12}
basis: [社会救助暂行办法 §5, 农村集体经济组织会计制度 财会〔2023〕14号]
reason: "{fact}：{n}笔合计{amount_yuan}元（{examples}），摘要与科目不一致，需核实资金性质"
innocent: [代收代付和代发, 押金、预收和误汇, 之后已转入收入, 项目用工, 专项文件允许列支, 分配方案内的列支, 日常维修记入管理费用, 已冲销]
check: [抽查凭证与附件, 专项资金批复的用途, 向记账人员了解科目对照, 分配方案]
aspects: [A04, A05]
forms: [F18]
not_for: 科目用错可能是记账习惯，不说明钱款去向
---*/
WITH flow AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, m.side, CAST(m.amount_yuan AS DOUBLE) AS yuan, m.account_class AS class,
           coalesce(m.account_name, m.account_code, '') AS account, coalesce(m.summary, '') AS summary, concat_ws('；', m.summary, m.note, m.payee_name) AS words
    FROM money m LEFT JOIN (SELECT DISTINCT row_id FROM cancelled) c ON c.row_id = m.row_id
    WHERE c.row_id IS NULL AND m.amount_yuan >= $least_yuan AND m.village_code IS NOT NULL
), special AS (
    SELECT f.*, says_hospitality(summary) AND NOT says_meal_excuse(summary) AS is_meal,
           regexp_matches(summary, '干部|两委|委员|书记|主任') AND regexp_matches(summary, '报酬|工资|补贴|补助|津贴|奖金|绩效|误工') AS is_pay,
           regexp_matches(summary, '办公用品|打印|差旅|电话费|话费|报刊|燃油|油费|考察|日常(开支|支出|费用)|办公(室|楼|用房)?(装修|空调|家具|装饰)|空调款') AS is_office
    FROM flow f
    WHERE side = 'out' AND NOT regexp_matches(words, '代发|代付|转付|农户|群众|用工|务工|民工|一卡通|设计|监理|公示|招标|退还|退回|报酬专项|工资专项|运转经费|组织经费|管理费专项')
      AND NOT regexp_matches(account, '报酬|工资|运转|组织经费|管理费|工作经费')
      AND (class = 'special' OR regexp_matches(account, '专项|一事一议|衔接资金|扶贫资金|征地补偿|救助资金|救灾'))
), parked AS (
    SELECT f.*, f.class AS booked FROM flow f
    WHERE side = 'in' AND class = 'payable' AND (says_rent(summary) OR regexp_matches(summary, '树木款|卖树|废品|旧料|变卖|处置|分红|拍卖|宅基地'))
      AND NOT says_pass_through(words) AND NOT regexp_matches(words || account, '押金|保证金|预收|预交|预付|预缴|误汇|误转|待退|暂借|下年|明年|次年|流转费')
), turned AS (
    -- Turned into income later, or handed on to those it belongs to.
    SELECT DISTINCT p.row_id FROM parked p JOIN voucher_line v ON v.village_code = p.village_code AND v.class IN ('income', 'grant') AND v.cr = p.yuan AND v.entry_on >= p.entry_on
    WHERE v.row_id <> p.row_id
    UNION
    SELECT DISTINCT p.row_id FROM parked p JOIN flow o ON o.village_code = p.village_code AND o.side = 'out' AND o.class = 'payable'
      AND o.entry_on BETWEEN p.entry_on AND p.entry_on + 200 AND abs(o.yuan - p.yuan) <= 0.05 * p.yuan
), corrected AS (
    -- Taken back on the same kind of account without cash, and booked where it belongs.
    SELECT DISTINCT f.row_id FROM special f JOIN voucher_line v ON v.village_code = f.village_code AND v.entry_on BETWEEN f.entry_on AND f.entry_on + 200
      AND (v.dr = -f.yuan OR v.cr = f.yuan) AND v.class = f.class AND regexp_matches(coalesce(v.summary, ''), '更正|误列|误记|错列|调账|调整|冲销|冲减|红字|重分类|改列')
), found AS (
    SELECT row_id, rows, village_code, entry_on, yuan, account, summary, 'special' AS kind,
           CASE WHEN is_meal THEN '专项资金科目列支餐饮接待' WHEN is_pay THEN '专项资金科目列支干部报酬' ELSE '专项资金科目列支办公差旅' END AS fact,
           CASE WHEN is_meal THEN 0.65 WHEN is_pay THEN 0.6 ELSE 0.45 END AS p
    FROM special WHERE (is_meal OR is_pay OR is_office) AND row_id NOT IN (FROM corrected)
      AND NOT (is_office AND regexp_matches(summary, '征地|征收|土地补偿'))  -- M61 tells what became of a compensation
    UNION ALL
    SELECT row_id, rows, village_code, entry_on, yuan, account, summary, 'income', '承包租赁或处置收入记入应付款类科目', 0.38
    FROM parked WHERE row_id NOT IN (SELECT row_id FROM turned)
    UNION ALL
    SELECT row_id, rows, village_code, entry_on, yuan, account, summary, 'equity', '日常支出记入权益类科目',
           CASE WHEN says_hospitality(summary) OR regexp_matches(summary, '报酬|工资|办公|差旅') THEN 0.55 ELSE 0.35 END
    FROM flow WHERE side = 'out' AND class = 'equity' AND NOT regexp_matches(words || account, '分配|分红|征地|占地|补偿|调整|福利|结转|土地款|退股|股金|退还|转增')
    UNION ALL
    SELECT row_id, rows, village_code, entry_on, yuan, account, summary, 'works', '工程建设支出记入管理费用', 0.45
    FROM flow WHERE side = 'out' AND class = 'expense_admin' AND yuan >= $works_yuan AND regexp_matches(summary, '工程款|进度款|施工(款|费)|新建|硬化|建设工程|扩建')
      AND NOT regexp_matches(words || account, '维修|修缮|养护|配件|修理|保洁|设计|监理|审计')
)
SELECT village_code, 'village' AS subject_kind, 'account|' || kind || '|' || fact AS subject_key, fact AS subject, NULL::INT AS level,
       list_slice(list_distinct(flatten(list(rows ORDER BY yuan DESC, row_id))), 1, 2 * $most_rows) AS evidence,
       fact, count(*) AS n, sum(yuan) AS amount_yuan, min(entry_on) AS first_on, max(entry_on) AS last_on,
       left(string_agg(DISTINCT summary, '、' ORDER BY summary), 60) AS examples, max(p) AS p, NULL AS explained
FROM found GROUP BY village_code, kind, fact
ORDER BY 1, 3
