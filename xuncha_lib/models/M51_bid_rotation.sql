/*---
id: M51
name: 投标人轮流中标或总是陪同投标
category: C7
severity: medium
identity: null
prior: 0.45
needs: {bid: [row_id, village_code, project_name, bidder_org, is_winner]}
uses:
  bid: [opened_on, price_yuan, note]
  org_alias: [org, canonical]
  village: [town]
knobs: {together: 4, never: 6, few: 4}
basis: []
note: 依据是公开报道的几类投标规律，属统计提示，不是条文
reason: "{names}在同一镇街{n}个项目中{fact}，需核实各家投标是否独立"
innocent: [当地合格企业少, 框架协议或入库供应商, 新企业投标次数少, 各有输赢且另有他人中标]
check: [投标文件原件, 保证金付款人和上网地址, 报名记录]
aspects: [A08]
forms: [F35]
not_for: 只说明中标规律，不能代替对投标行为的认定
---*/
WITH offer AS (
    SELECT DISTINCT ON (tender, org) b.row_id, b.village_code, coalesce(v.town, b.village_code) AS town, b.opened_on, b.note, coalesce(b.is_winner, false) AS won,
           coalesce(a.canonical, b.bidder_org) AS org, concat_ws('|', b.village_code, regexp_replace(b.project_name, '\s', '', 'g'), b.opened_on) AS tender
    FROM bid b JOIN village v USING (village_code) LEFT JOIN (SELECT org, min(canonical) AS canonical FROM org_alias GROUP BY org) a ON a.org = b.bidder_org
    WHERE b.bidder_org IS NOT NULL AND b.project_name IS NOT NULL ORDER BY tender, org, won DESC, b.row_id
), decided AS (
    SELECT * FROM offer WHERE tender IN (SELECT tender FROM offer GROUP BY tender HAVING count(*) FILTER (won) = 1 AND count(*) >= 2)
), market AS (
    SELECT town, count(DISTINCT org) AS firms, bool_or(regexp_matches(coalesce(note, ''), '框架|入库|定点|名录库')) AS is_framework FROM decided GROUP BY 1
), pair AS (
    SELECT x.town, x.org AS a, y.org AS b, count(*) AS n, count(*) FILTER (x.won) AS wins_a, count(*) FILTER (y.won) AS wins_b,
           list(x.row_id ORDER BY x.row_id) || list(y.row_id ORDER BY y.row_id) AS evidence, min(x.village_code) AS village_code, min(x.opened_on) AS first_on, max(x.opened_on) AS last_on
    FROM decided x JOIN decided y ON y.tender = x.tender AND y.org > x.org GROUP BY x.town, x.org, y.org
), firm AS (
    SELECT town, org, count(*) AS n, count(*) FILTER (won) AS wins FROM decided GROUP BY ALL
), found AS (
    -- both bid nearly always together, and between them they won all of it, by turns
    SELECT p.town, p.village_code, p.a || '、' || p.b AS names, p.n, p.evidence, p.first_on, p.last_on, '每次同场，分别中标' || p.wins_a || '次和' || p.wins_b || '次，没有他人中标' AS fact, 0.35 AS p
    FROM pair p JOIN firm f ON f.town = p.town AND f.org = p.a JOIN firm g ON g.town = p.town AND g.org = p.b
    WHERE p.n >= $together AND p.wins_a + p.wins_b = p.n AND p.wins_a >= 2 AND p.wins_b >= 2 AND p.n >= 0.8 * greatest(f.n, g.n)
    UNION ALL
    SELECT p.town, p.village_code, w.org, p.n, p.evidence, p.first_on, p.last_on, '从未中标，其中' || p.n || '次都是同一家中标', 0.3
    FROM pair p JOIN firm w ON w.town = p.town AND w.org IN (p.a, p.b) AND w.wins = 0 AND w.n >= $never
    WHERE p.n >= 0.8 * w.n AND CASE WHEN w.org = p.a THEN p.wins_b ELSE p.wins_a END >= 0.8 * w.n
)
SELECT f.village_code, 'company' AS subject_kind, f.names AS subject_key, f.names AS subject, NULL::INT AS level, f.evidence, f.names, f.n, f.fact, f.first_on, f.last_on, f.p,
       CASE WHEN m.is_framework THEN '台账注明框架协议或入库供应商' WHEN m.firms <= $few THEN '本镇街投标企业只有' || m.firms || '家' END AS explained
FROM found f JOIN market m USING (town)
ORDER BY 1, 3
