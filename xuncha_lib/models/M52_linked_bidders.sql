/*---
id: M52
name: 投标人相互关联
category: C7
severity: high
identity: L1
prior: 0.75
needs: {bid: [row_id, village_code, project_name, bidder_org]}
uses:
  bid: [legal_person, manager, opened_on, price_yuan, phone, address, bond_account, note]
  business: [legal_person, company_org, address, phone, note]
  org_alias: [org, canonical]
  org_person: [company_org, person, person_role, until_on, is_member, note]
  project: [legal_person, manager, project_name, note]
knobs: {crowd: 6}
basis: [招标投标法实施条例 §34, 招标投标法实施条例 §39, 招标投标法实施条例 §40]
reason: "{project_name}的投标人{pair_names}{link}，需核实各家投标是否独立"
innocent: [招标代理的电话或地址, 集团子公司且已披露, 同名不同人, 未参加同一项目投标]
check: [投标文件原件与电子签章, 保证金来源账户, 报名人与上网地址]
aspects: [A08]
forms: [F35]
not_for: 关联只说明需要核查，不能代替对投标行为的认定
---*/
WITH offer AS (
    SELECT b.row_id, b.village_code, b.project_name, b.opened_on, b.bidder_org, coalesce(a.canonical, b.bidder_org) AS org, b.price_yuan,
           nullif(regexp_replace(coalesce(b.phone, ''), '\D', '', 'g'), '') AS phone, nullif(regexp_replace(coalesce(b.address, ''), '\s', '', 'g'), '') AS address,
           nullif(b.bond_account, '') AS bond, b.manager, b.legal_person,
           says_agent_disclosed(b.note) AS is_disclosed
    FROM bid b LEFT JOIN (SELECT org, min(canonical) AS canonical FROM org_alias GROUP BY org) a ON a.org = b.bidder_org
    WHERE b.bidder_org IS NOT NULL
), tender AS (
    SELECT *, concat_ws('|', village_code, regexp_replace(coalesce(project_name, ''), '\s', '', 'g')) AS tender FROM offer
), register AS (
    SELECT company_org, nullif(regexp_replace(coalesce(phone, ''), '\D', '', 'g'), '') AS phone, nullif(regexp_replace(coalesce(address, ''), '\s', '', 'g'), '') AS address,
           row_id, regexp_matches(coalesce(note, ''), '代办|代理|集团|披露') AS is_disclosed FROM business
), pairs AS (
    SELECT x.tender, x.village_code, x.project_name, x.row_id AS a, y.row_id AS b, x.org AS org_a, y.org AS org_b, x.bidder_org AS name_a, y.bidder_org AS name_b,
           x.opened_on, x.is_disclosed OR y.is_disclosed AS is_disclosed
    FROM tender x JOIN tender y ON y.tender = x.tender AND y.org > x.org
      AND y.opened_on IS NOT DISTINCT FROM x.opened_on
),
-- A number or address that many firms give is that of an agent.
facts AS (
    SELECT 'phone' AS kind, phone AS value, org FROM tender WHERE length(phone) >= 7
    UNION SELECT 'phone', phone, company_org FROM register WHERE length(phone) >= 7
    UNION SELECT 'address', address, org FROM tender WHERE length(address) >= 8
    UNION SELECT 'address', address, company_org FROM register WHERE length(address) >= 8
    UNION SELECT 'bond', bond, org FROM tender WHERE bond IS NOT NULL
    UNION SELECT 'manager', CAST(manager AS VARCHAR), org FROM tender WHERE manager IS NOT NULL
), common AS (
    SELECT kind, value, count(DISTINCT org) AS orgs FROM facts GROUP BY ALL
), told AS MATERIALIZED (  -- bidders of one tender first: an agent's number would pair all its firms
    SELECT p.*, f.kind, f.value FROM pairs p JOIN facts f ON f.org = p.org_a
), by_fact AS (
    SELECT t.*, c.orgs, NULL::INT AS level, NULL::BIGINT[] AS shown, NULL AS roles
    FROM told t SEMI JOIN facts g ON g.org = t.org_b AND g.kind = t.kind AND g.value = t.value
    JOIN common c ON c.kind = t.kind AND c.value = t.value
), stands AS (
    SELECT o.company_org AS org, o.person, o.person_role, o.row_id, o.until_on, s.b AS other, s.level
    FROM org_person o JOIN same_person s ON s.a = o.person WHERE o.company_org IN (SELECT org FROM tender) AND NOT coalesce(o.is_member, false)
), by_person AS (
    SELECT p.*, 'person' AS kind, '' AS value, 2 AS orgs, min(k.level) AS level, list_distinct(list(k.row_id) || list(o.row_id)) AS shown,
           string_agg(DISTINCT CASE WHEN k.person_role = o.person_role THEN o.person_role ELSE k.person_role || '与' || o.person_role END, '、'
                      ORDER BY CASE WHEN k.person_role = o.person_role THEN o.person_role ELSE k.person_role || '与' || o.person_role END) AS roles
    FROM pairs p JOIN stands k ON k.org = p.org_a JOIN org_person o ON o.company_org = p.org_b AND o.person = k.other
    WHERE (k.until_on IS NULL OR p.opened_on <= k.until_on) AND (o.until_on IS NULL OR p.opened_on <= o.until_on)
    GROUP BY ALL
), links AS (
    SELECT *, CASE kind WHEN 'person' THEN '登记的' || roles || '为同一人' WHEN 'phone' THEN '联系电话相同' WHEN 'address' THEN '地址相同'
                        WHEN 'bond' THEN '保证金账户相同' ELSE '项目负责人相同' END AS link,
           CASE WHEN kind = 'person' THEN 0.88 WHEN kind = 'bond' THEN 0.88 WHEN kind = 'phone' THEN 0.78 WHEN kind = 'manager' THEN 0.75 ELSE 0.6 END AS p,
           CASE WHEN is_disclosed THEN '台账注明代理机构或集团关系已披露'
                WHEN kind IN ('phone', 'address') AND orgs >= $crowd THEN '该' || CASE kind WHEN 'phone' THEN '电话' ELSE '地址' END || '为多家企业共用，可能为代办机构' END AS said
    FROM (FROM by_fact UNION ALL BY NAME FROM by_person)
), register_rows AS (
    SELECT l.a, l.b, list(DISTINCT r.row_id) AS rows
    FROM (SELECT a, b, org_a AS org FROM links UNION SELECT a, b, org_b FROM links) l JOIN register r ON r.company_org = l.org GROUP BY ALL
), steps AS (
    SELECT tender, min(village_code) AS village_code, min(project_name) AS project_name, min(opened_on) AS opened_on,
           list(row_id ORDER BY price_yuan) AS rows, list(CAST(price_yuan AS DOUBLE) ORDER BY price_yuan) AS prices
    FROM tender WHERE price_yuan > 0 GROUP BY tender HAVING count(*) BETWEEN 4 AND 12 AND count(DISTINCT price_yuan) = count(*)
), gaps AS (
    SELECT *, list_transform(range(1, len(prices)), lambda i: prices[i + 1] - prices[i]) AS gap FROM steps
)
SELECT l.village_code, 'project' AS subject_kind, coalesce('p' || min(j.row_id), l.tender) AS subject_key, min(l.project_name) AS subject,
       min(l.level) AS level, list_distinct(flatten(list([l.a, l.b]))) AS evidence,
       list_distinct(coalesce(flatten(list(l.shown)), []) || coalesce(flatten(list(r.rows)), []) || list(DISTINCT j.row_id)) AS context,
       min(l.project_name) AS project_name, min(l.opened_on) AS first_on,
       string_agg(DISTINCT l.name_a || '与' || l.name_b, '；' ORDER BY l.name_a || '与' || l.name_b) AS pair_names, string_agg(DISTINCT l.link, '、' ORDER BY l.link) AS link,
       max(l.p) AS p, CASE WHEN count(*) FILTER (l.said IS NULL) = 0 THEN min(l.said) END AS explained
FROM links l LEFT JOIN register_rows r ON r.a = l.a AND r.b = l.b
LEFT JOIN (SELECT village_code, regexp_replace(coalesce(project_name, ''), '\s', '', 'g') AS plain, min(row_id) AS row_id FROM project GROUP BY ALL) j
  ON concat_ws('|', j.village_code, j.plain) = l.tender
GROUP BY l.village_code, l.tender, l.said IS NULL
UNION ALL
SELECT village_code, 'project', tender, project_name, NULL, rows, [], project_name, opened_on, '', '的报价呈等差', 0.4, NULL
FROM gaps WHERE list_max(gap) - list_min(gap) <= 0.01 * list_max(gap)
ORDER BY 1, 3
