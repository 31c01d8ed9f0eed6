/*---
id: M59
name: 投资收益或分红未入集体账
category: C8
severity: high
identity: null
prior: 0.5
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  money: [payee_key, account_class, account_name, note]
  book_year: [village_code, y]
  cancelled: [row_id]
  coop: [row_id, village_code, company, collective_yuan, surplus_yuan, shared_yuan, note]
  coop_surplus: [row_id, village_code, company, trade_yuan, returned_yuan, dividend_yuan, note]
knobs: {least_yuan: 20000, booked_share: 0.8, returned_share: 0.6, silent_years: 2}
basis: [农民专业合作社法 §44, 农村集体经济组织法 §42]
reason: "{subject}：{why}，收益去向和分配决议需核实"
innocent: [合同约定首年不分红, 受灾或停产后约定减免, 收益由镇级平台统一代收, 投资本金已收回, 盈余按决议提取公积金或弥补亏损, 按土地或资金入股而没有交易量]
check: [投资协议约定的收益率和期限, 被投资单位开户行付款记录, 合作社盈余分配方案和成员大会决议]
aspects: [A10, A05]
forms: [F45, F02, F28]
not_for: 协议没有约定固定收益的，当年没有分红不等于收益未入账
---*/
WITH put AS (
    SELECT m.row_id, m.rows, m.village_code, m.payee_key, m.entry_on, CAST(m.amount_yuan AS DOUBLE) AS yuan, m.summary, concat_ws('，', m.summary, m.note) AS words,
           TRY_CAST(regexp_extract(concat_ws('，', m.summary, m.note), '(?:收益|分红|回报|利率|利息)[^0-9%％]{0,6}([0-9]{1,2}(?:\.[0-9]+)?) ?[%％]', 1) AS DOUBLE) AS rate
    FROM money m LEFT JOIN cancelled x USING (row_id)
    WHERE m.side = 'out' AND x.row_id IS NULL AND m.amount_yuan >= $least_yuan AND m.payee_key IS NOT NULL
      AND (m.account_class = 'invest' OR regexp_matches(coalesce(m.summary, ''), '^(付|支付|拨付|转|投入)?.{0,10}(入股(资金|款|金)|参股|投资(款|资金|入股)|股本金)'))
      AND NOT regexp_matches(coalesce(m.summary, ''), '工程|建设|项目款|退|保险|存单|定期|理财|国债')
), covered AS (
    SELECT p.row_id, count(*) AS years, min(b.y) AS from_y, max(b.y) AS to_y
    FROM put p JOIN book_year b ON b.village_code = p.village_code AND b.y > year(p.entry_on) GROUP BY 1
), income AS (
    SELECT m.row_id, m.rows, m.village_code, m.payee_key, m.entry_on, CAST(m.amount_yuan AS DOUBLE) AS yuan, coalesce(m.summary, '') AS summary,
           regexp_matches(concat(m.summary, m.account_name), '分红|红利|投资收益|入股收益|股利|固定收益|产业收益|项目收益|衔接.{0,6}收益|光伏.{0,6}收益') AS is_yield
    FROM money m WHERE m.side = 'in' AND m.amount_yuan > 0
), got AS (
    SELECT p.row_id, sum(i.yuan) AS yuan, flatten(list(i.rows)) AS rows, bool_or(i.yuan >= 0.9 * p.yuan) AS is_back
    FROM put p JOIN income i ON i.village_code = p.village_code AND i.entry_on > p.entry_on
        AND (i.payee_key = p.payee_key OR contains(i.summary, p.payee_key) OR (i.is_yield AND (i.payee_key IS NULL OR regexp_matches(i.payee_key, '平台|代理|三资|经管|政府|办事处'))))
    GROUP BY 1
), invested AS (
    SELECT p.village_code, p.payee_key AS subject, p.rows AS evidence, coalesce(g.rows, []) AS context, p.yuan, p.entry_on AS first_on,
           CASE WHEN p.rate IS NOT NULL THEN p.entry_on || '投入' || round(p.yuan, 2) || '元，注明年收益' || p.rate || '%，' || c.from_y || '—' || c.to_y
                     || '年应约' || round(p.yuan * p.rate / 100 * c.years, 2) || '元，账上可对应收入' || round(coalesce(g.yuan, 0), 2) || '元'
                ELSE p.entry_on || '投入' || round(p.yuan, 2) || '元，此后' || c.years || '个有账年度未见收益' END AS why,
           CASE WHEN p.rate IS NOT NULL THEN CASE WHEN g.yuan IS NULL THEN 0.65 ELSE 0.55 END ELSE 0.35 END AS p,
           CASE WHEN coalesce(g.is_back, false) THEN '本金已收回'
                WHEN regexp_matches(p.words, '首年(不|免)|第二年起|次年起') AND c.years = 1 THEN '注明首年不分红'
                WHEN regexp_matches(p.words, '平台(统一)?(代收|收取)|镇(级|里|街)?.{0,6}代收|统筹(分配|使用)') THEN '注明收益由镇级平台代收'
                WHEN regexp_matches(p.words, '减免|受灾|停产') THEN '注明受灾或减免' END AS explained
    FROM put p JOIN covered c USING (row_id) LEFT JOIN got g USING (row_id)
    WHERE CASE WHEN p.rate BETWEEN 1 AND 20 THEN coalesce(g.yuan, 0) < $booked_share * p.yuan * p.rate / 100 * c.years
               ELSE g.yuan IS NULL AND c.years >= $silent_years END
), promised AS (
    SELECT c.village_code, c.company, [c.row_id], [], CAST(coalesce(nullif(c.shared_yuan, 0), c.surplus_yuan) AS DOUBLE), NULL::DATE,
           CASE WHEN c.shared_yuan > 0 THEN '登记分红' || round(c.shared_yuan, 2) || '元，村账未见其收入' ELSE '登记盈余' || round(c.surplus_yuan, 2) || '元，村集体有出资而分红登记为零' END,
           CASE WHEN c.shared_yuan > 0 THEN 0.38 ELSE 0.3 END,
           CASE WHEN regexp_matches(c.note, '公积金|弥补|亏损|扩大(再)?生产|转增|结转') THEN '登记注明盈余提取或弥补亏损'
                WHEN regexp_matches(c.note, '平台|代收|镇') THEN '登记注明收益由镇级平台代收'
                WHEN regexp_matches(c.note, '首年|次年起|减免|受灾|停产') THEN '登记注明首年不分红或受灾减免' END
    FROM coop c
    WHERE c.collective_yuan > 0 AND (c.shared_yuan > 0 OR (c.shared_yuan = 0 AND c.surplus_yuan > 0))
      AND EXISTS (FROM book_year b WHERE b.village_code = c.village_code)
      AND NOT EXISTS (FROM income i WHERE i.village_code = c.village_code
                      AND (i.is_yield OR i.payee_key = c.company OR contains(i.summary, c.company)))
), shared AS (
    SELECT village_code, company, list(row_id), [], CAST(sum(returned_yuan) + sum(dividend_yuan) AS DOUBLE), NULL::DATE,
           '按交易量返还' || round(sum(returned_yuan), 2) || '元，占返还与股金分红合计的' || CAST(round(100 * sum(returned_yuan) / (sum(returned_yuan) + sum(dividend_yuan))) AS INT) || '%，低于六成',
           0.45, CASE WHEN bool_or(regexp_matches(note, '公积金|弥补|土地(入股|股)')) THEN '表内注明提取公积金或土地入股' END
    FROM coop_surplus
    WHERE company LIKE '%合作社%' AND NOT regexp_matches(company, '经济合作社|经济联合')
    GROUP BY village_code, company
    HAVING sum(trade_yuan) > 0 AND count(returned_yuan) > 0 AND sum(returned_yuan) < $returned_share * (sum(returned_yuan) + sum(dividend_yuan))
)
SELECT village_code, 'company' AS subject_kind, regexp_replace(subject, '[\s　]', '', 'g') AS subject_key, subject, NULL::INT AS level, evidence, context, yuan AS amount_yuan, first_on, why, p, explained
FROM (FROM invested UNION ALL FROM promised UNION ALL FROM shared)
