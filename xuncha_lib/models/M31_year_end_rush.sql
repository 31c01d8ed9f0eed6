/*---
id: M31
name: 年底、换届前突击支出
category: C5
severity: medium
identity: null
prior: 0.4
needs: {money: [row_id, village_code, entry_on, side, amount_yuan]}
uses:
  cancelled: [village_code]
  money: [rows, month, summary, account_class, note, template]
  village: [town]
knobs: {share: 0.4}
basis: [村民委员会组织法(2018) §35]
reason: "{y}年{span}日常支出{amount_yuan}元，占全年日常支出{pct}%，同轮其他村中位数{usual}%，需核实集中支出的事由"
innocent: [上级资金年底到账后拨付, 全镇同期普遍集中支出, 年终工资和补贴结算, 工程款按进度年底结算]
check: [逐笔查看该期间大额凭证, 资金文件下达日期, 会议记录]
aspects: [A04, A15]
forms: [F17, F63]
not_for: 只提示时间集中，不说明支出不实
---*/
-- Ordinary spending only: works, passed-on funds and agreed part payments fall in December by their nature.
WITH spent AS (
    SELECT m.*, v.town, year(m.entry_on) AS y FROM money m JOIN village v USING (village_code) LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.amount_yuan > 0 AND c.row_id IS NULL AND coalesce(m.account_class, '') NOT IN ('loan', 'invest', 'payable', 'special', 'works', 'wages')
      AND NOT says_project(m.summary) AND NOT says_instalment(m.summary)
), yearly AS (
    SELECT village_code, town, y, sum(amount_yuan) AS yuan, sum(amount_yuan) FILTER (month(entry_on) = 12) AS december,
           count(*) AS n, count(DISTINCT month) AS months, count(*) FILTER (month(entry_on) = 12) AS n12
    FROM spent GROUP BY ALL
), shared AS (
    SELECT *, coalesce(december, 0) / yuan AS share FROM yearly WHERE months >= 9 AND n >= 30
), middle AS (
    SELECT y, median(share) AS usual, 1.4826 * mad(share) AS spread, count(*) AS villages FROM shared GROUP BY ALL
), town_size AS (
    SELECT town, y, count(*) AS villages FROM yearly GROUP BY ALL
), shared_purpose AS (
    -- What most villages of a town pay for in the same December is the town's doing.
    SELECT p.town, p.y, p.template
    FROM (SELECT town, y, template, count(DISTINCT village_code) AS villages FROM spent
          WHERE month(entry_on) = 12 AND length(template) >= 3 GROUP BY ALL) p
    JOIN town_size t ON t.town IS NOT DISTINCT FROM p.town AND t.y = p.y
    WHERE p.villages >= 3 AND p.villages >= 0.7 * t.villages
), in_step AS (
    SELECT s.village_code, s.y, sum(s.amount_yuan) AS yuan FROM spent s JOIN shared_purpose p ON p.town IS NOT DISTINCT FROM s.town AND p.y = s.y AND p.template = s.template
    WHERE month(s.entry_on) = 12 GROUP BY ALL
), granted AS (
    SELECT village_code, year(entry_on) AS y, sum(amount_yuan) AS yuan FROM money
    WHERE side = 'in' AND amount_yuan > 0 AND (month(entry_on) = 12 OR (month(entry_on) = 11 AND day(entry_on) >= 10))
      AND (account_class IN ('grant', 'special') OR says_grant_words(summary)) AND NOT says_project(summary) GROUP BY ALL
), usual_grant AS (
    SELECT village_code, year(entry_on) AS y, sum(amount_yuan) / 12.0 AS yuan FROM money
    WHERE side = 'in' AND amount_yuan > 0 AND (account_class IN ('grant', 'special') OR says_grant_words(summary)) AND NOT says_project(summary) GROUP BY ALL
), paced AS (
    SELECT village_code, year(entry_on) AS y, sum(amount_yuan) AS yuan FROM spent
    WHERE month(entry_on) = 12 AND (says_instalment(summary) OR says_instalment(note) OR says_wages(summary) OR says_personal_relief(summary)) GROUP BY ALL
), rushed AS (
    SELECT s.*, m.usual, m.spread, coalesce(t.yuan, 0) AS in_step, coalesce(g.yuan, 0) AS granted, coalesce(u.yuan, 0) AS usual_grant, coalesce(p.yuan, 0) AS paced
    FROM shared s JOIN middle m USING (y) LEFT JOIN in_step t ON t.village_code = s.village_code AND t.y = s.y
    LEFT JOIN granted g ON g.village_code = s.village_code AND g.y = s.y LEFT JOIN usual_grant u ON u.village_code = s.village_code AND u.y = s.y
    LEFT JOIN paced p ON p.village_code = s.village_code AND p.y = s.y
    WHERE s.n12 >= 4 AND s.share > $share AND s.share > m.usual + 3 * greatest(m.spread, 0.03) AND m.villages >= 4
), top AS (
    SELECT r.village_code, r.y, s.row_id, s.rows, s.entry_on FROM rushed r JOIN spent s ON s.village_code = r.village_code AND s.y = r.y AND month(s.entry_on) = 12
    QUALIFY row_number() OVER (PARTITION BY r.village_code, r.y ORDER BY s.amount_yuan DESC, s.row_id) <= 10
)
SELECT r.village_code, 'month' AS subject_kind, r.y || '-12' AS subject_key, r.y || '年12月支出' AS subject, NULL::INT AS level,
       flatten(list(t.rows ORDER BY t.row_id)) AS evidence, r.y, '12月' AS span, CAST(any_value(r.december) AS DOUBLE) AS amount_yuan,
       round(100 * any_value(r.share)) AS pct, round(100 * any_value(r.usual)) AS usual, min(t.entry_on) AS first_on, max(t.entry_on) AS last_on,
       CASE WHEN any_value(r.share) > 0.55 THEN 0.7 WHEN any_value(r.share) > 0.45 THEN 0.55 ELSE 0.45 END AS p,
       CASE WHEN any_value(r.in_step) >= 0.5 * any_value(r.december) THEN '主要为同镇各村同月的同类支付'
            WHEN any_value(r.granted) >= 0.5 * any_value(r.december) AND any_value(r.granted) > 2.5 * any_value(r.usual_grant) THEN '上级资金集中在11月至12月到账'
            WHEN any_value(r.paced) >= 0.5 * any_value(r.december) THEN '主要为工资补贴结算或按约分期付款' END AS explained
FROM rushed r JOIN top t USING (village_code, y)
GROUP BY r.village_code, r.y
ORDER BY 1, 3
