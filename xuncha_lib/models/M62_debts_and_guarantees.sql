/*---
id: M62
name: 村级借款、利息和担保异常
category: C9
severity: high
identity: L4
prior: 0.5
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary]}
uses:
  money: [payee, payee_key, account_class, account_name, note]
  cancelled: [row_id]
  meeting: [row_id, village_code, held_on, topic, result, note]
  cadre: [person, village_code, post, post_kind, started_on, ended_on, row_id]
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  mention: [mention_id, name]
knobs: {least_yuan: 10000, year_rate_pct: 16, before_days: 365, after_days: 30}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §15, 农村集体经济组织财务制度 财农〔2021〕121号 §23, 农村集体经济组织法 §35②(三)(四)]
note: 年利率16%只是提示线，民间借贷利率上限须按借款当日的一年期LPR四倍另行核定
reason: "{subject}：{why}，借款用途、利率和决策程序需核实"
innocent: [会议已议决, 历史遗留的建校修路旧债, 上级资金未到的短期周转, 归还村集体的旧借款, 会议否决了担保事项, 年利率不高]
check: [借据、借款合同和资金入账凭证, 借款用途和实际支出, 民主决策记录与镇街审批, 债权人身份]
aspects: [A12]
forms: [F51, F52]
not_for: 经议决和审批的经营性借款本身不是问题；不用于历史旧债的追责
---*/
WITH flow AS (
    SELECT m.*, CAST(m.amount_yuan AS DOUBLE) AS yuan, concat_ws('，', m.summary, m.note) AS words
    FROM money m LEFT JOIN cancelled x USING (row_id) WHERE x.row_id IS NULL AND m.amount_yuan > 0
), loan AS (
    SELECT f.*, regexp_matches(f.words, '银行|信用社|农商|农信|邮储|村镇银行|信贷') OR regexp_matches(coalesce(f.payee_key, ''), '银行|信用社|农商|农信') AS is_bank
    FROM flow f
    WHERE f.side = 'in' AND f.yuan >= $least_yuan
      AND (f.account_class = 'loan' OR regexp_matches(coalesce(f.summary, ''), '借入|向.{1,14}借(款|资)|民间借(款|贷)|贷款(到账|入账|转入|到位|资金)|(收|取得).{0,8}(银行|信用社|农商行).{0,4}(贷|借)款'))
      AND NOT regexp_matches(coalesce(f.summary, ''), '归还|收回|还.{0,6}借|还款|退|冲|更正|贴息|借支|备用金|结转|转入.{0,4}基本户')
), decided AS (
    SELECT l.row_id, list(g.row_id) AS rows FROM loan l JOIN meeting g ON g.village_code = l.village_code
        AND g.held_on BETWEEN l.entry_on - to_days($before_days::INT) AND l.entry_on + to_days($after_days::INT)
        AND regexp_matches(concat(g.topic, g.result, g.note), '借款|贷款|举债|融资|借资|筹资|垫资|资金周转') GROUP BY 1
), tied AS (
    SELECT c.person AS who, c.village_code, coalesce(c.post, '村干部') || '本人' AS tie, [c.row_id] AS rows, 1 AS level, c.started_on, coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM cadre c WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT k.kin, k.village_code, '村干部' || m.name || '的' || k.relation, k.rows || [c.row_id], k.level, c.started_on, coalesce(c.ended_on, DATE '9999-12-31')
    FROM kin k JOIN cadre c ON c.person = k.cadre JOIN mention m ON m.mention_id = k.cadre WHERE k.is_near AND c.post_kind <> '其他'
), lender AS (
    SELECT l.row_id, min(t.tie) AS tie, list_distinct(flatten(list(t.rows))) AS rows, min(greatest(t.level, sp.level)) AS level
    FROM loan l JOIN same_person sp ON sp.a = l.payee JOIN tied t ON t.who = sp.b AND t.village_code = l.village_code
    WHERE l.entry_on BETWEEN coalesce(t.started_on, DATE '1900-01-01') AND t.to_on GROUP BY 1
), recorded AS (
    SELECT village_code, min(held_on) AS from_on, max(held_on) AS to_on, count(*) AS n FROM meeting WHERE held_on IS NOT NULL GROUP BY 1
), borrowed AS (
    SELECT l.village_code, l.payee_key, l.rows, coalesce(d.rows, []) || coalesce(n.rows, []) AS context, l.yuan, l.entry_on, n.level,
           l.entry_on || '借入' || round(l.yuan, 2) || '元（“' || coalesce(l.summary, '') || '”）' || coalesce('，出借人为' || n.tie, '')
             || CASE WHEN d.row_id IS NULL AND r.n >= 6 THEN '，前后未见议决借款的会议' ELSE '' END AS why,
           CASE WHEN n.tie IS NOT NULL THEN CASE WHEN d.row_id IS NULL THEN 0.6 ELSE 0.4 END
                WHEN r.n >= 6 AND l.entry_on BETWEEN r.from_on AND r.to_on THEN CASE WHEN l.is_bank THEN 0.38 ELSE 0.45 END ELSE 0.25 END AS p,
           CASE WHEN regexp_matches(l.words, '周转|过桥|(拨款|资金|补助)(未|没)到|待.{0,6}(拨|到位)') THEN '摘要说明为短期周转'
                WHEN regexp_matches(l.words, '旧债|历史|遗留|老账|转据|续贷|换据') THEN '摘要说明为历史旧债'
                WHEN n.tie IS NULL AND d.row_id IS NOT NULL THEN '会议记录中有借款议题' END AS explained
    FROM loan l LEFT JOIN decided d USING (row_id) LEFT JOIN lender n USING (row_id) LEFT JOIN recorded r ON r.village_code = l.village_code
), rate AS (
    SELECT f.*, CASE WHEN m1 <> '' THEN 12 * TRY_CAST(m1 AS DOUBLE) WHEN m2 <> '' THEN 12 * TRY_CAST(m2 AS DOUBLE) WHEN m3 <> '' THEN TRY_CAST(m3 AS DOUBLE) END AS pct
    FROM (SELECT *, regexp_extract(words, '(?:月息|月利)[^0-9]{0,3}([0-9]+(?:\.[0-9]+)?) ?分', 1) AS m1,
                 regexp_extract(words, '(?:月息|月利率?)[^0-9]{0,3}([0-9]+(?:\.[0-9]+)?) ?[%％]', 1) AS m2,
                 regexp_extract(words, '(?:年息|年利率?|年化)[^0-9]{0,3}([0-9]+(?:\.[0-9]+)?) ?[%％]', 1) AS m3 FROM flow) f
), dear AS (
    SELECT village_code, payee_key, flatten(list(rows)) AS rows, [], sum(yuan) AS yuan, min(entry_on) AS entry_on, NULL,
           count(*) || '笔借款或利息注明的利率折合年' || round(max(pct), 1) || '%', 0.5,
           CASE WHEN bool_and(regexp_matches(words, '旧债|历史|遗留|老账')) THEN '摘要说明为历史旧债' END
    FROM rate WHERE pct > $year_rate_pct AND pct <= 100 AND regexp_matches(words, '息|借|贷') AND NOT regexp_matches(coalesce(summary, ''), '收回|存款|滞纳|违约')
      AND (side = 'out' OR account_class = 'loan' OR row_id IN (SELECT row_id FROM loan))
    GROUP BY village_code, payee_key
), backed AS (
    SELECT village_code, NULL, [row_id], [], NULL, held_on, NULL, held_on || '会议议题“' || topic || '”提到以集体名义或资产担保', 0.5,
           CASE WHEN regexp_matches(concat(result, note), '不同意|未通过|否决|不予|反对|拒绝') THEN '会议未同意担保' END
    FROM meeting
    WHERE regexp_matches(topic, '(为|给|替).{1,24}(提供)?(担保|抵押)|(集体|村).{0,10}(资产|土地|房屋|资金).{0,6}(担保|抵押|质押)')
      AND NOT regexp_matches(topic, '保证金|禁止|不得|严禁|学习|贷款贴息|担保公司为|农户.{0,4}贷款')
)
SELECT village_code, CASE WHEN payee_key IS NULL THEN 'village' ELSE 'payee' END AS subject_kind, concat_ws('|', 'debt', payee_key, list_min(rows)) AS subject_key,
       coalesce(payee_key, '村级债务') AS subject, level, rows AS evidence, context, yuan AS amount_yuan, entry_on AS first_on, why, p, explained
FROM (FROM borrowed UNION ALL FROM dear UNION ALL FROM backed)
