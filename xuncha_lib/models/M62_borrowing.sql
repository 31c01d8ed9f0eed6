/*---
id: M62
name: 村集体借款、利率和担保
category: C9
severity: high
identity: L4
prior: 0.5
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary], meeting: [held_on, topic]}
uses:
  cancelled: [row_id]
  meeting: [row_id, village_code, result, note]
  cadre: [person, post, row_id]
  money: [account_class, payee, payee_name, payee_org, payee_key, note]
knobs: {least_yuan: 5000, days: 120, year_rate_pct: 16}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §15, 农村集体经济组织财务制度 财农〔2021〕121号 §23, 农村集体经济组织法 §35]
note: 年利率16%只是提示线，借款当日的利率上限须另行核定
reason: "{said}，{fact}，需核实用途、利率和决策程序"
innocent: [会议已议定, 历史旧债转账, 拨款到位前的短期周转, 收回借出的款, 会议记录没有覆盖这一时期, 年利率不高, 会议否决了担保事项]
check: [借据和利率, 资金去向, 会议记录原件]
aspects: [A12]
forms: [F51, F52]
not_for: 目录没有列出不等于没有开会
---*/
WITH borrowed AS (
    SELECT m.* FROM money m
    WHERE m.side = 'in' AND m.amount_yuan >= $least_yuan AND m.entry_on IS NOT NULL
      AND (m.account_class = 'loan' OR regexp_matches(coalesce(m.summary, ''), '借入|向.{1,12}借款?|收到?.{0,10}(个人|村民)?借款'))
      AND NOT regexp_matches(coalesce(m.summary, ''), '收回|归还|偿还|退还|还(来)?借款|还款|还村|结清|利息')
), span AS (
    SELECT village_code, min(held_on) AS from_on, max(held_on) AS to_on FROM meeting WHERE topic IS NOT NULL GROUP BY 1 HAVING count(*) >= 3
), lender AS (
    SELECT b.row_id, min(c.row_id) AS post_row, min(c.post) AS post, min(sp.level) AS level
    FROM borrowed b JOIN same_person sp ON sp.a = b.payee JOIN cadre c ON c.person = sp.b WHERE b.payee_org IS NULL GROUP BY 1
), agreed AS (
    SELECT b.row_id, arg_max(m.row_id, m.held_on) AS meeting_row, max(m.held_on) AS held_on FROM borrowed b JOIN meeting m USING (village_code)
    WHERE m.held_on BETWEEN b.entry_on - CAST($days AS INT) AND b.entry_on AND regexp_matches(coalesce(m.topic, ''), '借款|举债|贷款|融资|周转') GROUP BY 1
), rate AS (
    SELECT f.*, CASE WHEN m1 <> '' THEN 12 * TRY_CAST(m1 AS DOUBLE) WHEN m2 <> '' THEN 12 * TRY_CAST(m2 AS DOUBLE) WHEN m3 <> '' THEN TRY_CAST(m3 AS DOUBLE) END AS pct
    FROM (SELECT *, regexp_extract(words, '(?:月息|月利)[^0-9]{0,3}([0-9]+(?:\.[0-9]+)?) ?分', 1) AS m1,
                 regexp_extract(words, '(?:月息|月利率?)[^0-9]{0,3}([0-9]+(?:\.[0-9]+)?) ?[%％]', 1) AS m2,
                 regexp_extract(words, '(?:年息|年利率?|年化)[^0-9]{0,3}([0-9]+(?:\.[0-9]+)?) ?[%％]', 1) AS m3 FROM (
          SELECT m.*, CAST(amount_yuan AS DOUBLE) AS yuan, concat_ws('，', summary, note) AS words FROM money m LEFT JOIN cancelled x USING (row_id) WHERE x.row_id IS NULL)) f
), dear AS (
    SELECT village_code, payee_key, flatten(list(rows ORDER BY row_id)) AS rows, sum(yuan) AS yuan, min(entry_on) AS first_on, max(entry_on) AS last_on, count(*) AS n, max(pct) AS pct,
           bool_and(regexp_matches(words, '旧债|历史|遗留|老账')) AS is_old
    FROM rate WHERE pct > $year_rate_pct AND pct <= 100 AND regexp_matches(words, '息|借|贷') AND NOT regexp_matches(coalesce(summary, ''), '收回|存款|滞纳|违约')
      AND (side = 'out' OR row_id IN (SELECT row_id FROM borrowed))
    GROUP BY village_code, payee_key
), backed AS (
    SELECT row_id, village_code, held_on, topic, regexp_matches(concat(result, note), '不同意|未通过|否决|不予|反对|拒绝') AS is_refused
    FROM meeting
    WHERE regexp_matches(topic, '(为|给|替).{1,24}(提供)?(担保|抵押)|(集体|村).{0,10}(资产|土地|房屋|资金).{0,6}(担保|抵押|质押)')
      AND NOT regexp_matches(topic, '保证金|禁止|不得|严禁|学习|贷款贴息|担保公司为|农户.{0,4}贷款')
)
SELECT b.village_code, 'voucher' AS subject_kind, 'b' || b.row_id AS subject_key, b.summary AS subject, l.level, b.rows AS evidence,
       list_filter([l.post_row, a.meeting_row], lambda x: x IS NOT NULL) AS context, CAST(b.amount_yuan AS DOUBLE) AS amount_yuan, b.entry_on AS first_on, strftime(b.entry_on, '%Y-%m-%d') || '借入' || CAST(b.amount_yuan AS DOUBLE) || '元（' || coalesce(b.summary, '') || '）' AS said,
       concat_ws('，', '会议目录没有借款议题', '出借人为' || l.post) AS fact, CASE WHEN l.post IS NOT NULL THEN 0.55 ELSE 0.4 END AS p,
       CASE WHEN a.held_on IS NOT NULL THEN '会议目录' || strftime(a.held_on, '%Y-%m-%d') || '有借款议题'
            WHEN regexp_matches(concat_ws(' ', b.summary, b.note), '历史|旧债|陈欠|转账调整|结转') THEN '摘要写明历史旧债'
            WHEN regexp_matches(concat_ws(' ', b.summary, b.note), '周转|过桥|垫付|拨款(到位|前)') THEN '摘要写明拨款到位前周转' END AS explained
FROM borrowed b JOIN span s ON s.village_code = b.village_code AND b.entry_on BETWEEN s.from_on AND s.to_on + 31
LEFT JOIN lender l USING (row_id) LEFT JOIN agreed a USING (row_id)
UNION ALL
SELECT village_code, 'voucher', 'r' || rows[1], coalesce(payee_key, '借款利息'), NULL, rows, [], yuan, first_on, n || '笔借款或利息', '注明的利率折合年' || round(pct, 1) || '%', 0.5,
       CASE WHEN is_old THEN '摘要写明历史旧债' END
FROM dear
UNION ALL
SELECT village_code, 'village', 'g' || row_id, topic, NULL, [row_id], [], NULL, held_on, '会议议题“' || topic || '”', '提到以集体名义或资产担保', 0.45,
       CASE WHEN is_refused THEN '会议未同意担保' END
FROM backed
ORDER BY 1, 3
