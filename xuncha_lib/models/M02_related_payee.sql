/*---
id: M02
name: 村干部或近亲属及其企业从本村收款
category: C1
severity: high
identity: L5
prior: 0.75
needs: {money: [amount_yuan, entry_on], cadre: [person]}
uses:
  money: [row_id, rows, village_code, side, summary, account_name, payee, payee_name, payee_org, note]
  cancelled: [row_id]
  project: [village_code, winner_org]
  cadre: [village_code, post, post_kind, started_on, ended_on, row_id]
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  org_person: [company_org, person, person_role, founded_on, closed_on, until_on, row_id, company, is_member]
  org_alias: [org, canonical]
  mention: [mention_id, name]
  person_key: [mention_id, person_key]
knobs: {least_yuan: 200}
basis: [农村集体经济组织法 §35②(六)(八), 公职人员政务处分法 §33]
reason: "收款方{payee}为{tie}，本村向其付款{n}笔，合计{amount_yuan}元（{first_on}至{last_on}），需核实是否回避、价格是否公允"
innocent: [本人应得的报酬误工或报销, 退还押金或借款, 经询价比选并有回避记录, 合作社普通成员, 干部当时不在任, 同名不同人]
check: [决策会议记录中的回避情况, 三家比价资料, 收货或验收证明]
aspects: [A13, A09]
forms: [F41, F55]
not_for: 不用于认定价格不公；村里只有一家店时也会命中
---*/
WITH tied AS (
    SELECT c.person AS who, c.person AS cadre, c.village_code, c.post, '' AS relation, [c.row_id] AS rows, 1 AS level,
           coalesce(c.started_on, DATE '1900-01-01') AS from_on, coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM cadre c WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT k.kin, k.cadre, c.village_code, c.post, k.relation, k.rows || [c.row_id], k.level,
           coalesce(c.started_on, DATE '1900-01-01'), coalesce(c.ended_on, DATE '9999-12-31')
    FROM kin k JOIN cadre c ON c.person = k.cadre WHERE k.is_near AND c.post_kind <> '其他'
), spent AS (
    SELECT * REPLACE (canonical_org(payee_org) AS payee_org), concat(summary, account_name, note) AS words
    FROM money WHERE side = 'out' AND row_id NOT IN (SELECT row_id FROM cancelled) AND amount_yuan >= $least_yuan
      AND NOT regexp_matches(coalesce(summary, ''), '退还|退回|退款|押金|保证金|归还|还款|还借|冲销|冲回|红字|代发|代付补贴')
), by_firm AS (
    SELECT m.row_id, t.*, greatest(t.level, sp.level) AS found_level, sp.namesakes, 'company' AS subject_kind, o.company_org AS subject_key,
           o.company AS payee_shown, [o.row_id] AS via,
           coalesce(nullif(t.relation, ''), '') AS rel, '的' || o.person_role AS capacity, o.person_role
    FROM spent m JOIN org_person o ON o.company_org = m.payee_org JOIN same_person sp ON sp.a = o.person AND sp.level <= 4
    JOIN tied t ON t.who = sp.b AND t.village_code = m.village_code
    WHERE NOT o.is_member AND NOT EXISTS (
          FROM project w WHERE w.village_code = m.village_code AND canonical_org(w.winner_org) = m.payee_org)
      AND m.entry_on BETWEEN t.from_on AND t.to_on
      AND m.entry_on >= coalesce(o.founded_on, DATE '1900-01-01') - INTERVAL 31 DAY
      AND m.entry_on <= coalesce(o.until_on, DATE '9999-12-31')
), by_person AS (
    SELECT m.row_id, t.*, greatest(t.level, sp.level) AS found_level, sp.namesakes, 'person' AS subject_kind,
           CAST(k.person_key AS VARCHAR) AS subject_key, m.payee_name AS payee_shown, [] AS via,
           t.relation AS rel, '' AS capacity, '' AS person_role
    FROM spent m JOIN same_person sp ON sp.a = m.payee AND (sp.level <= 4 OR is_lone_name(sp.level, sp.why)) JOIN tied t ON t.who = sp.b AND t.village_code = m.village_code
    JOIN person_key k ON k.mention_id = m.payee
    WHERE m.entry_on BETWEEN t.from_on AND t.to_on
      AND coalesce(m.summary, '') <> '' AND NOT regexp_matches(m.words, '工资|报酬|补助|补贴|误工|务工|用工|工日|劳务|值班|津贴|奖金|绩效|报销|垫付|垫支|差旅|借款|备用金|暂借|分红|慰问|养老|医保|保险|抚恤|占地|青苗补|征地|补偿|救助|电话费|通讯|加班|值守|护林|保洁|看护|看管|巡逻|防汛|救助|奖励|福利|丧葬|人工费|工钱')
), found AS (
    SELECT f.*, m.rows AS fact, m.entry_on, m.amount_yuan, m.words,
           row_number() OVER (PARTITION BY f.subject_kind, f.subject_key, f.row_id ORDER BY f.found_level, len(f.rel), f.cadre) AS nth
    FROM (FROM by_firm UNION ALL FROM by_person) f JOIN spent m USING (row_id)
)
SELECT f.village_code, f.subject_kind, f.subject_key, min(f.found_level) AS level, max(f.namesakes) AS namesakes,
       list_distinct(flatten(list(f.fact))) AS evidence,
       list_distinct(flatten(list(f.via)) || flatten(list(f.rows))) AS context,
       sum(f.amount_yuan) FILTER (f.nth = 1)::DOUBLE AS amount_yuan, min(f.entry_on) AS first_on, max(f.entry_on) AS last_on,
       count(DISTINCT f.row_id) AS n, min(f.payee_shown) AS payee, min(f.payee_shown) AS subject,
       arg_min(CASE WHEN f.found_level = 5 THEN '与' ELSE '' END || '村干部' || c.name || '（' || coalesce(f.post, '职务未填') || '）'
               || CASE WHEN f.rel = '' THEN CASE WHEN f.capacity = '' THEN '本人' ELSE '' END ELSE '的' || f.rel END
               || CASE WHEN f.capacity = '' THEN '' ELSE '任' || f.person_role || '的单位' END
               || CASE WHEN f.found_level = 5 THEN '同名的人（证号未核对）' ELSE '' END, (f.nth, f.row_id)) AS tie,
       CASE WHEN bool_and(regexp_matches(f.words, '询价|比价|比选|回避|招标|竞价|竞标|公开采购|平台采购')) THEN '摘要或备注记有询价、比选或回避'
       END AS explained, CASE WHEN min(f.found_level) = 5 THEN 0.6 END AS p
FROM found f JOIN mention c ON c.mention_id = f.cadre
GROUP BY f.village_code, f.subject_kind, f.subject_key
