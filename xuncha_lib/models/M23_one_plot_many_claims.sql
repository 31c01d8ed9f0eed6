/*---
id: M23
name: 同一地块被多户或互斥项目申报
category: C4
severity: medium
identity: L4
prior: 0.7
needs: {payment: [beneficiary, amount_yuan], subsidy: [plot_code]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_code, programme_key, class, category, month_from, paid_on, area_mu, plot_code, is_late, note, row_id]
  land: [plot_code, plot_mu, row_id]
  land_transfer: [giver, taker, row_id]
  mention: [mention_id, name]
  person_key: [mention_id, person_key]
  same_home: [a, b]
knobs: {slack_share: 0.05, slack_mu: 0.2}
basis: [退耕还林条例 §57]
reason: "地块{plot}在{y}年由{people}申报{what}{n}笔，合计{amount_yuan}元，{why}，需核实"
innocent: [分户后各报一部分, 年中流转各领一季, 两季作物分别申报, 同户家庭成员, 地块编码只到村组]
check: [地块图和四至, 流转合同日期, 村民小组长和四邻核实]
aspects: [A02]
forms: [F08, F04]
not_for: 不用于编码只写到组而未写到地块的名册
---*/
WITH coded AS (
    SELECT p.payment_id, p.row_id, p.village_code, p.beneficiary, p.person_key, p.programme, p.programme_code, p.programme_key, p.amount_yuan, p.area_mu, p.note, p.category,
           year(p.month_from) AS y, upper(trim(c.code)) AS plot, len(string_split_regex(p.plot_code, '[、,，;；/\s]+')) AS codes,
           regexp_extract(concat_ws(' ', p.category, p.programme, p.note), '(小麦|玉米|大豆|水稻|早稻|晚稻|油菜|棉花|春|夏|秋|冬|大春|小春|上半年|下半年|双季)', 1) AS season
    FROM payment p, LATERAL (SELECT unnest(string_split_regex(p.plot_code, '[、,，;；/\s]+')) AS code) c
    WHERE p.class = 'land' AND p.month_from IS NOT NULL AND NOT p.is_late AND length(trim(c.code)) >= 4
), wide AS (
    -- a code on the rows of very many people names a group's land or a map sheet, not a plot
    SELECT village_code, plot FROM coded GROUP BY ALL HAVING count(DISTINCT person_key) > 5
), register AS (
    SELECT upper(trim(plot_code)) AS plot, max(plot_mu) AS mu, list(DISTINCT row_id) AS rows FROM land WHERE length(plot_code) >= 4 GROUP BY 1
), claims AS (
    SELECT c.* FROM coded c ANTI JOIN wide w ON w.village_code IS NOT DISTINCT FROM c.village_code AND w.plot = c.plot
), crowd AS (
    SELECT c.village_code, c.plot, c.y, c.programme_key, c.season, '多户' AS kind, min(c.programme) AS what, count(DISTINCT c.person_key) AS people
    FROM claims c GROUP BY ALL HAVING count(DISTINCT c.person_key) > 1
    UNION ALL
    SELECT c.village_code, c.plot, c.y, NULL, NULL, '互斥', '耕地补贴与退耕还林', count(DISTINCT c.person_key)
    FROM claims c WHERE c.programme_code IN ('B01', 'B09')
    GROUP BY c.village_code, c.plot, c.y HAVING count(DISTINCT c.programme_code) > 1
), cited AS (
    SELECT w.village_code, w.plot, w.y, w.kind, w.what, w.people, w.season, coalesce(w.programme_key, '') AS programme_key, c.* EXCLUDE (village_code, plot, y, season, programme_key)
    FROM crowd w JOIN claims c ON c.village_code IS NOT DISTINCT FROM w.village_code AND c.plot = w.plot AND c.y = w.y
        AND (w.kind = '互斥' AND c.programme_code IN ('B01', 'B09') OR c.programme_key = w.programme_key AND c.season = w.season)
), judged AS (
    SELECT c.*, k.person_key IS NOT NULL AS is_home
    FROM cited c LEFT JOIN (SELECT DISTINCT x.plot, x.y, x.kind, x.person_key FROM cited x JOIN same_home h ON h.a = x.person_key
                            JOIN cited z ON z.person_key = h.b AND z.plot = x.plot AND z.y = x.y AND z.kind = x.kind) k
        ON k.plot = c.plot AND k.y = c.y AND k.kind = c.kind AND k.person_key = c.person_key
), moved AS (
    SELECT g.person_key AS a, t.person_key AS b, l.row_id
    FROM land_transfer l JOIN person_key g ON g.mention_id = l.giver JOIN person_key t ON t.mention_id = l.taker
), handed AS (
    -- land that went from one of the claimants to another
    SELECT x.plot, x.y, x.kind, list(DISTINCT m.row_id) AS rows
    FROM moved m JOIN cited x ON x.person_key = m.a JOIN cited z ON z.person_key = m.b AND z.plot = x.plot AND z.y = x.y AND z.kind = x.kind
    GROUP BY ALL
)
SELECT min(j.village_code) AS village_code, 'person' AS subject_kind, CAST(arg_max(j.beneficiary, (j.amount_yuan, -j.row_id)) AS VARCHAR) AS subject_key,
       NULL::INT AS level, list(DISTINCT j.row_id) AS evidence,
       list_distinct(coalesce(any_value(r.rows), []) || coalesce(any_value(h.rows), [])) AS context,
       CAST(sum(j.amount_yuan) AS DOUBLE) AS amount_yuan, make_date(j.y, 1, 1) AS first_on, make_date(j.y, 12, 31) AS last_on,
       left(j.plot, 24) AS plot, j.y, array_to_string(list(DISTINCT m.name ORDER BY m.name)[:4], '、') AS people, min(j.what) AS what, count(DISTINCT j.payment_id) AS n,
       CASE WHEN j.kind = '互斥' THEN '两项一般不能用于同一块地'
            WHEN any_value(r.mu) IS NULL THEN '地块面积未登记'
            ELSE '申报' || printf('%.4g', sum(j.area_mu)) || '亩，登记' || printf('%.4g', any_value(r.mu)) || '亩' END AS why,
       CASE WHEN j.kind = '互斥' THEN 0.65 WHEN any_value(r.mu) IS NULL THEN 0.6 ELSE 0.75 END AS p,
       CASE WHEN j.kind = '多户' AND bool_and(j.is_home) THEN '申报人同户'
            WHEN j.kind = '多户' AND any_value(h.rows) IS NOT NULL THEN '申报人之间有流转登记'
            WHEN bool_or(regexp_matches(j.note, '分户|流转|转包|互换|代耕|托管|合并|各半|部分')) THEN '备注：' || max(j.note) FILTER (regexp_matches(j.note, '分户|流转|转包|互换|代耕|托管|合并|各半|部分'))
       END AS explained
FROM judged j LEFT JOIN register r ON r.plot = j.plot JOIN mention m ON m.mention_id = j.beneficiary
LEFT JOIN handed h ON h.plot = j.plot AND h.y = j.y AND h.kind = j.kind
GROUP BY j.village_code, j.plot, j.y, j.kind, j.programme_key, j.season
-- several households on one plot whose shares fit into it are owners of parts of it
HAVING j.kind = '互斥' OR any_value(r.mu) IS NULL OR max(j.codes) > 1
    OR sum(j.area_mu) IS NULL OR sum(j.area_mu) > any_value(r.mu) + greatest($slack_mu, $slack_share * any_value(r.mu))
