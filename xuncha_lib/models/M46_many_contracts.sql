/*---
id: M46
name: 同一承包人多份合同、拆分标的
category: C6
severity: medium
identity: L4
prior: 0.4
needs: {contract: [row_id, village_code, lessee_name]}
uses:
  contract: [lessee, lessee_org, object_name, object_kind, contract_kind, signed_on, starts_on, ends_on, area_mu, annual_yuan, total_yuan,
             bidding, state, note]
  limit_span: [town, name, valid_from, valid_to, value]
  org_alias: [org, canonical]
  org_person: [company_org, person, is_member, is_active]
  person_key: [mention_id, person_key]
  same_home: [a, b]
  village: [town]
knobs: {least_contracts: 3, share: 0.2, near_days: 30, least_village: 6}
basis: []
note: 没有法条依据；承包集中只是查看发包程序的线索，拆分标的按本地公开交易限额比较
reason: "{party}在本村有{n}份合同（{objects}），{fact}，需核实发包程序和参与人"
innocent: [规模经营流转, 公开竞价, 合同先后接续, 家庭承包, 村里合同本来就少, 亲属各自独立成户, 多次流标后只有一家愿意承接]
check: [各份合同的竞价或会议记录, 报名人名单, 标的是否相邻, 交款人]
aspects: [A07]
forms: [F32]
not_for: 承包多份合同本身不是问题，不能据此限制承包
---*/
WITH deal AS (
    SELECT c.row_id, c.village_code, v.town, coalesce(c.object_name, '标的未填') AS object_name, c.lessee_name, c.lessee, canonical_org(c.lessee_org) AS firm,
           c.signed_on, coalesce(c.starts_on, c.signed_on) AS starts_on, coalesce(c.ends_on, DATE '9999-12-31') AS ends_on, CAST(c.area_mu AS DOUBLE) AS area,
           CAST(c.annual_yuan AS DOUBLE) AS annual_yuan, CAST(coalesce(c.total_yuan, c.annual_yuan * greatest(1, (c.ends_on - c.starts_on) / 365.25), c.annual_yuan) AS DOUBLE) AS whole_yuan,
           thing_of(concat(c.object_kind, c.object_name)) AS thing, concat_ws('；', c.bidding, c.contract_kind, c.state, c.note) AS words
    FROM contract c JOIN village v USING (village_code)
    WHERE NOT regexp_matches(concat(c.contract_kind, c.object_kind, c.object_name, c.bidding, c.note), '家庭承包|口粮|责任田|人均承包|确权到户|自留地|宅基')
      AND NOT (says_ended(c.state) OR says_ended(c.note))
), bosses AS (
    -- A firm stands for the one person behind it.
    SELECT o.company_org, min(k.person_key) AS person_key FROM org_person o JOIN person_key k ON k.mention_id = o.person
    WHERE NOT coalesce(o.is_member, false) AND coalesce(o.is_active, true) GROUP BY ALL HAVING count(DISTINCT k.person_key) = 1
), named AS (
    -- A lessee is a person by the keys that stand on level 4 or better; where a name alone is given, nobody else's.
    SELECT d.*, coalesce('p' || b.person_key, 'o' || d.firm, 'p' || k.person_key) AS party_key, coalesce(b.person_key, k.person_key) AS person_key
    FROM deal d LEFT JOIN bosses b ON b.company_org = d.firm LEFT JOIN person_key k ON k.mention_id = d.lessee AND d.firm IS NULL
), homes AS (
    -- Keys of persons: a household goes by its lowest.
    SELECT a, min(b) AS home FROM same_home WHERE a IN (SELECT person_key FROM named) GROUP BY ALL
), grouped AS (
    SELECT n.*, coalesce('p' || least(h.home, n.person_key), n.party_key) AS unit FROM named n LEFT JOIN homes h ON h.a = n.person_key WHERE n.party_key IS NOT NULL
), beside AS (
    -- How many contracts of one unit run at one time.
    SELECT g.row_id, count(DISTINCT o.row_id) AS at_once FROM grouped g JOIN grouped o ON o.village_code = g.village_code AND o.unit = g.unit
      AND o.starts_on <= g.ends_on AND g.starts_on <= o.ends_on GROUP BY ALL
), sure AS (
    SELECT a.village_code, a.unit, max(sp.level) AS level FROM grouped a JOIN grouped b ON b.village_code = a.village_code AND b.unit = a.unit AND b.row_id > a.row_id
    JOIN same_person sp ON sp.a = a.lessee AND sp.b = b.lessee GROUP BY ALL
), split AS (
    SELECT DISTINCT a.village_code, a.unit FROM grouped a JOIN grouped b ON b.village_code = a.village_code AND b.unit = a.unit AND b.row_id > a.row_id
    JOIN limit_span l ON l.town = coalesce(a.town, '') AND l.name = 'tender_yuan' AND a.signed_on BETWEEN l.valid_from AND l.valid_to
    WHERE a.thing = b.thing AND abs(a.signed_on - b.signed_on) <= $near_days AND greatest(a.whole_yuan, b.whole_yuan) < l.value AND a.whole_yuan + b.whole_yuan >= l.value
      AND least(a.whole_yuan, b.whole_yuan) >= 0.3 * l.value
), whole AS (
    SELECT village_code, sum(area) AS area, count(*) AS n FROM grouped GROUP BY ALL
), units AS (
    SELECT g.village_code, g.unit, list(g.row_id ORDER BY g.row_id) AS rows, count(*) AS n, max(b.at_once) AS at_once, count(DISTINCT g.lessee_name) AS names,
           string_agg(DISTINCT g.lessee_name, '、' ORDER BY g.lessee_name) AS party, string_agg(g.object_name, '、' ORDER BY g.row_id) AS objects,
           sum(g.area) / any_value(w.area) AS share, any_value(w.n) AS all_n, sum(g.annual_yuan) AS annual_yuan, min(g.signed_on) AS first_on, max(g.signed_on) AS last_on,
           bool_and(regexp_matches(g.words, '公开|竞价|招标|拍卖|挂牌') AND NOT regexp_matches(g.words, '未公开|直接|协商')) AS is_open,
           bool_or(regexp_matches(g.words, '规模(经营|流转)|大户|整村流转|土地托管|社会化服务|招商')) AS is_large, bool_or(regexp_matches(g.words, '流标|无人(报名|承包|竞)|只有一家|唯一报名')) AS is_only, bool_and(g.ends_on < DATE '9999-01-01') AS is_dated,
           bool_or(regexp_matches(g.words, '(^|；)(否|无|未|没有)|未公开|直接|协商|指定|未进')) AS is_closed, max(g.signed_on) - min(g.signed_on) <= $near_days AS is_at_once
    FROM grouped g JOIN beside b USING (row_id) JOIN whole w ON w.village_code = g.village_code GROUP BY ALL
)
SELECT u.village_code, 'contract' AS subject_kind, 'many|' || u.rows[1] AS subject_key, u.party AS subject, CASE WHEN u.names > 1 THEN 4 ELSE t.level END AS level, u.rows AS evidence,
       u.party, u.n, left(u.objects, 60) AS objects, u.annual_yuan AS amount_yuan, u.first_on, u.last_on,
       CASE WHEN s.unit IS NOT NULL THEN $near_days || '天内分签同类标的，每份低于公开交易限额、合计超过'
            ELSE '同时在租' || u.at_once || '份' || coalesce('，占台账面积' || CAST(round(100 * u.share) AS INT) || '%', '') END
         || CASE WHEN u.names > 1 THEN '，承包人为同一户或同一人的企业' ELSE '' END AS fact,
       CASE WHEN s.unit IS NOT NULL THEN 0.5
            -- many at one time, none of them bid for, and a large part of what the village lets
            WHEN u.at_once > $least_contracts AND u.share > $share AND u.is_at_once AND u.is_closed AND NOT u.is_open THEN 0.5 WHEN u.at_once > $least_contracts AND u.share > 2 * $share THEN 0.35 ELSE 0.25 END AS p,
       CASE WHEN u.is_open THEN '台账均写有公开竞价' WHEN u.is_large THEN '台账注明规模经营或流转' WHEN u.is_only THEN '台账注明只有一家愿意承接' END AS explained
FROM units u LEFT JOIN split s ON s.village_code = u.village_code AND s.unit = u.unit LEFT JOIN sure t ON t.village_code = u.village_code AND t.unit = u.unit
WHERE s.unit IS NOT NULL OR (u.at_once >= $least_contracts AND u.all_n >= $least_village AND coalesce(u.share, 1) >= $share)
ORDER BY 1, 3
