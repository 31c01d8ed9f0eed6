/*---
id: M62
name: 村集体借款未见会议记录
category: C9
severity: high
identity: L4
prior: 0.5
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, summary], meeting: [held_on, topic]}
uses:
  cadre: [person, post, row_id]
  money: [account_class, payee, payee_name, payee_org, payee_key, note]
knobs: {least_yuan: 5000, days: 120}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §15, 农村集体经济组织法 §35]
reason: "{first_on}借入{amount_yuan}元（{about}），{fact}，需核实用途和利率"
innocent: [会议已议定, 历史旧债转账, 拨款到位前的短期周转, 收回借出的款, 会议记录没有覆盖这一时期]
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
)
SELECT b.village_code, 'voucher' AS subject_kind, 'b' || b.row_id AS subject_key, b.summary AS subject, l.level, b.rows AS evidence,
       list_filter([l.post_row, a.meeting_row], lambda x: x IS NOT NULL) AS context, CAST(b.amount_yuan AS DOUBLE) AS amount_yuan, b.entry_on AS first_on, b.summary AS about,
       concat_ws('，', '会议目录没有借款议题', '出借人为' || l.post) AS fact, CASE WHEN l.post IS NOT NULL THEN 0.55 ELSE 0.4 END AS p,
       CASE WHEN a.held_on IS NOT NULL THEN '会议目录' || strftime(a.held_on, '%Y-%m-%d') || '有借款议题'
            WHEN regexp_matches(concat_ws(' ', b.summary, b.note), '历史|旧债|陈欠|转账调整|结转') THEN '摘要写明历史旧债'
            WHEN regexp_matches(concat_ws(' ', b.summary, b.note), '周转|过桥|垫付|拨款(到位|前)') THEN '摘要写明拨款到位前周转' END AS explained
FROM borrowed b JOIN span s ON s.village_code = b.village_code AND b.entry_on BETWEEN s.from_on AND s.to_on + 31
LEFT JOIN lender l USING (row_id) LEFT JOIN agreed a USING (row_id)
ORDER BY 1, 3
