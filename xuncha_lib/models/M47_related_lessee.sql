/*---
id: M47
name: 集体资产资源由村干部或近亲属承包承租
category: C6
severity: high
identity: L5
prior: 0.75
needs: {contract: [lessee_name], cadre: [person]}
uses:
  contract: [village_code, lessee, lessee_org, contract_no, object_name, object_kind, contract_kind, signed_on, starts_on, ends_on,
             annual_yuan, bidding, decided_on, state, note, row_id]
  cadre: [village_code, post, post_kind, started_on, ended_on, row_id]
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  org_person: [company_org, person, person_role, until_on, row_id, company, is_member]
  org_alias: [org, canonical]
  mention: [mention_id, name]
knobs: {term_years: 4}
basis: [农村集体经济组织法 §35②(六)]
reason: "{object_name}由{lessee}承包（{signed}签订），{tie}，需核实发包程序和价格"
innocent: [家庭承包人人有份, 公开竞价且本人回避, 签订时干部不在任, 合作社普通成员, 亲属关系较远, 同名不同人]
check: [发包会议记录与回避情况, 竞价或评估资料, 同类标的价格和交款凭证]
aspects: [A07, A13]
forms: [F32, F55]
not_for: 村民身份的干部有权平等参加承包，本身不是问题
---*/
WITH tied AS (
    SELECT c.person AS who, c.person AS cadre, c.village_code, c.post, '' AS relation, [c.row_id] AS rows, 1 AS level,
           c.started_on, coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM cadre c WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT k.kin, k.cadre, c.village_code, c.post, k.relation, k.rows || [c.row_id], k.level,
           c.started_on, coalesce(c.ended_on, DATE '9999-12-31')
    FROM kin k JOIN cadre c ON c.person = k.cadre WHERE k.is_near AND c.post_kind <> '其他'
), deal AS (
    SELECT *, canonical_org(lessee_org) AS firm, coalesce(signed_on, starts_on) AS agreed_on,
           concat(object_name, contract_kind, object_kind, bidding, state, note) AS words
    FROM contract
    WHERE NOT regexp_matches(concat(contract_kind, object_kind, object_name, bidding), '家庭承包|口粮|责任田|人均承包|确权到户|自留地|宅基')
), link AS (
    SELECT d.row_id AS deal, t.*, greatest(sp.level, t.level) AS found_level, sp.namesakes, '' AS firm, '' AS person_role, [] AS via
    FROM deal d JOIN same_person sp ON sp.a = d.lessee AND (sp.level <= 4 OR is_lone_name(sp.level, sp.why)) JOIN tied t ON t.who = sp.b AND t.village_code = d.village_code
    UNION ALL
    SELECT d.row_id, t.*, greatest(sp.level, t.level), sp.namesakes, o.company, o.person_role, [o.row_id]
    FROM deal d JOIN org_person o ON o.company_org = d.firm JOIN same_person sp ON sp.a = o.person AND sp.level <= 4
    JOIN tied t ON t.who = sp.b AND t.village_code = d.village_code
    WHERE NOT o.is_member AND (o.until_on IS NULL OR d.agreed_on <= o.until_on)
)
SELECT d.village_code, 'contract' AS subject_kind, 'c' || d.row_id AS subject_key, min(l.found_level) AS level,
       max(l.namesakes) AS namesakes, [d.row_id] AS evidence,
       list_distinct(flatten(list(l.rows)) || flatten(list(l.via))) AS context,
       min(d.annual_yuan)::DOUBLE AS amount_yuan, min(d.agreed_on) AS first_on, min(d.ends_on) AS last_on,
       min(coalesce(d.object_name, d.contract_no)) AS subject, min(coalesce(d.object_name, '标的未填')) AS object_name,
       min(d.lessee_name) AS lessee, coalesce(strftime(min(d.agreed_on), '%Y-%m-%d'), '日期未填') AS signed,
       arg_min(CASE WHEN l.found_level = 5 THEN '承包人与' WHEN l.firm = '' THEN '承包人为' ELSE l.firm || '的' || l.person_role || '为' END
               || '村干部' || c.name || '（' || coalesce(l.post, '职务未填') || '）'
               || CASE WHEN l.relation = '' THEN '本人' ELSE '的' || l.relation END || CASE WHEN l.found_level = 5 THEN '同名（证号未核对）' ELSE '' END, (l.found_level, len(l.relation), l.cadre, l.post, l.firm, l.person_role)) AS tie,
       CASE WHEN regexp_matches(min(d.words), '回避') THEN '台账记有回避'
            WHEN bool_and(l.to_on < d.agreed_on) THEN '签订时该干部已离任'
            WHEN bool_and(l.started_on > d.agreed_on + to_years($term_years)) THEN '签订时该干部尚未任职，早于本届一届以上'
       END AS explained,
       CASE WHEN min(l.found_level) = 5 THEN 0.6
            WHEN bool_and(l.started_on > d.agreed_on + INTERVAL 30 DAY) THEN 0.55
            WHEN regexp_matches(min(d.words), '公开(竞价|招标|竞标|拍卖|交易)|竞价|拍卖|产权交易|平台交易') THEN 0.5 END AS p
FROM deal d JOIN link l ON l.deal = d.row_id JOIN mention c ON c.mention_id = l.cadre
GROUP BY d.village_code, d.row_id
