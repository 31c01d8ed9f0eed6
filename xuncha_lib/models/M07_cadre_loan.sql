/*---
id: M07
name: 村干部借款挂账
category: C1
severity: high
identity: L4
prior: 0.65
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan]}
uses:
  cadre: [person, post]
  cancelled: [village_code]
  kin: [cadre, kin, relation, rows, level]
  mention: [mention_id, name]
  money: [summary, account_class, payee, payee_org, note, payee_key]
  setting: [key, value]
knobs: {days: 30, least_yuan: 500}
basis: [农村集体经济组织法 §35, 村集体经济组织会计制度 财会〔2004〕12号]
reason: "{first_on}{subject}（{post}）借支{amount_yuan}元，摘要“{about}”，{back}，需核实"
innocent: [差旅培训等预借已报销, 报账员定额备用金, 数日内已归还, 投标或用水用电押金]
check: [借据和审批, 归还的银行记录, 盘点当日现金]
aspects: [A05, A12, A13]
forms: [F24, F52]
not_for: 挂账不能据此定性，须看用途和审批
---*/
WITH lent AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, m.amount_yuan, coalesce(m.summary, '') AS summary, m.payee, m.payee_key, m.note,
           says_borrow_excuse(m.summary) OR says_borrow_excuse(m.note) AS is_excused
    FROM money m LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.amount_yuan >= $least_yuan AND c.row_id IS NULL AND m.payee_org IS NULL
      AND (says_borrow(m.summary) OR (m.account_class = 'receivable' AND NOT says_rent(m.summary) AND NOT says_reversal(m.summary)))
      AND NOT regexp_matches(coalesce(m.summary, ''), '归还|还(.{0,6})借|偿还|还款|付息|利息|退')
), officials AS (
    SELECT c.person AS mention_id, c.village_code, c.post AS post, c.row_id FROM cadre c
    UNION ALL SELECT k.kin, k.village_code, '干部亲属（' || coalesce(k.relation, '') || '）', list_min(k.rows) FROM kin k
), known AS (
    SELECT l.row_id, min(s.level) AS level, arg_min(o.post, (s.level, o.row_id)) AS post, list(DISTINCT o.row_id) AS roster
    FROM lent l JOIN same_person s ON s.a = l.payee JOIN officials o ON o.mention_id = s.b AND o.village_code = l.village_code
    GROUP BY l.row_id
), named AS (
    -- A borrower written only in the summary, or a payee without an ID, is one of this village's officials by name.
    SELECT l.row_id, min(m.mention_id) AS mention_id, min(m.name) AS name, min(o.post) AS post, list(DISTINCT o.row_id) AS roster
    FROM lent l JOIN officials o ON o.village_code = l.village_code JOIN mention m ON m.mention_id = o.mention_id
    WHERE length(m.name) >= 2 AND (l.payee_key = m.name OR (l.payee_key IS NULL AND contains(l.summary, m.name)))
    GROUP BY l.row_id
), returned AS (
    SELECT l.row_id, min(b.entry_on) AS back_on, sum(b.amount_yuan) AS back_yuan, list(b.row_id) AS back_rows
    FROM lent l LEFT JOIN named n USING (row_id) JOIN money b ON b.village_code = l.village_code
    WHERE b.side = 'in' AND b.entry_on >= l.entry_on AND b.row_id <> l.row_id AND b.amount_yuan > 0
      AND (b.payee_key = l.payee_key OR contains(coalesce(b.summary, ''), coalesce(l.payee_key, n.name)) OR (l.payee_key IS NULL AND b.payee_key = n.name))
      AND (says_repaid(b.summary) OR b.account_class = 'receivable' OR b.amount_yuan = l.amount_yuan)
    GROUP BY l.row_id
)
SELECT l.village_code, 'person' AS subject_kind, CAST(coalesce(CASE WHEN k.level IS NOT NULL THEN l.payee END, n.mention_id, l.payee) AS VARCHAR) AS subject_key,
       coalesce(l.payee_key, l.summary) AS subject, k.level, l.rows AS evidence,
       list_distinct(coalesce(k.roster, n.roster, []) || coalesce(r.back_rows, [])) AS context,
       CAST(l.amount_yuan AS DOUBLE) AS amount_yuan, l.entry_on AS first_on, coalesce(r.back_on, as_of()) AS last_on,
       coalesce(k.post, n.post, '个人') AS post, l.summary AS about,
       CASE WHEN r.back_yuan >= l.amount_yuan THEN r.back_on - l.entry_on || '天后归还' WHEN r.back_yuan > 0 THEN '仅归还部分' ELSE '未见归还' END AS back,
       CASE WHEN k.level IS NOT NULL OR n.mention_id IS NOT NULL THEN CASE WHEN r.back_yuan >= l.amount_yuan THEN 0.45 ELSE 0.8 END
            WHEN r.back_yuan >= l.amount_yuan THEN 0.15 ELSE 0.4 END AS p,
       CASE WHEN r.back_yuan >= l.amount_yuan AND r.back_on <= l.entry_on + $days THEN '借出后一个月内已归还'
            WHEN l.is_excused AND r.back_yuan >= l.amount_yuan THEN '摘要为差旅、培训、押金或备用金，已归还或报销'
            WHEN l.is_excused AND l.amount_yuan <= 5000 THEN '摘要为差旅、培训、押金或定额备用金' END AS explained
FROM lent l LEFT JOIN known k USING (row_id) LEFT JOIN named n USING (row_id) LEFT JOIN returned r USING (row_id)
WHERE l.payee IS NOT NULL OR n.mention_id IS NOT NULL
ORDER BY 1, 3, l.row_id
