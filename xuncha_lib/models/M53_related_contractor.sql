/*---
id: M53
name: 工程承建人为村干部公职人员或其近亲属
category: C7
severity: high
identity: L5
prior: 0.8
needs: {project: [winner_name]}
uses:
  project: [village_code, winner, winner_org, legal_person, manager, project_name, method, bid_yuan, contract_yuan, signed_on,
            started_on, note, row_id]
  cadre: [person, village_code, post, post_kind, started_on, ended_on, row_id]
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  payroll: [person, employer, category, state, left_on, list_kind, note, post, row_id]
  org_person: [company_org, person, person_role, row_id, company, is_member, founded_on, closed_on]
  org_alias: [org, canonical]
  mention: [mention_id, name]
  money: [village_code, side, payee_org, rows]
  bid: [village_code, project_name, row_id]
  person_key: [mention_id, person_key]
basis: [招标投标法实施条例 §34①, 公职人员政务处分法 §33]
reason: "{project_name}由{winner}承建，{tie}，需核实发包时是否回避"
innocent: [公开招标且有回避记录, 亲属关系较远, 只是务工人员, 签订时干部不在任, 企业已与其无关, 同名不同人]
check: [发包会议记录和回避记录, 投标文件与签名, 工程款最终流向]
aspects: [A08, A13]
forms: [F36, F55]
not_for: 不用于认定中标无效
---*/
WITH official AS (
    SELECT y.person, y.employer, y.row_id, k.person_key FROM payroll y JOIN person_key k ON k.mention_id = y.person
    WHERE NOT regexp_matches(concat(y.category, y.state, y.post, y.note, y.list_kind), '遗属|民办|代课|公益|村干部|村两委|临时|劳务|退休|离休|抚恤|退出|离职|辞职|解聘|调出|死亡')
      AND y.left_on IS NULL
), gone AS (
    SELECT k.person_key FROM payroll y JOIN person_key k ON k.mention_id = y.person
    WHERE y.left_on IS NOT NULL OR regexp_matches(concat(y.state, y.list_kind, y.note), '退出|离职|辞职|解聘|调出|死亡')
), tied AS (
    SELECT c.person AS who, c.village_code, '村干部' || m.name || '（' || coalesce(c.post, '职务未填') || '）本人' AS tie,
           [c.row_id] AS rows, 1 AS level, c.started_on, coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM cadre c JOIN mention m ON m.mention_id = c.person WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT k.kin, c.village_code, '村干部' || m.name || '（' || coalesce(c.post, '职务未填') || '）的' || k.relation,
           k.rows || [c.row_id], k.level, c.started_on, coalesce(c.ended_on, DATE '9999-12-31')
    FROM kin k JOIN cadre c ON c.person = k.cadre JOIN mention m ON m.mention_id = c.person
    WHERE k.is_near AND c.post_kind <> '其他'
    UNION ALL
    SELECT o.person, NULL, coalesce(o.employer, '单位未填') || '在册人员' || m.name, [o.row_id], 1, NULL, DATE '9999-12-31'
    FROM official o JOIN mention m ON m.mention_id = o.person WHERE o.person_key NOT IN (FROM gone)
), work AS (
    SELECT * REPLACE (canonical_org(winner_org) AS winner_org), coalesce(signed_on, started_on) AS agreed_on FROM project
), behind AS (
    SELECT w.row_id AS work, o.person, o.person_role AS capacity, [o.row_id] AS via
    FROM work w JOIN org_person o ON o.company_org = w.winner_org
    WHERE NOT o.is_member AND coalesce(o.closed_on, DATE '9999-12-31') >= coalesce(w.agreed_on, DATE '1900-01-01')
    UNION SELECT row_id, winner, '承建人', [] FROM work WHERE winner IS NOT NULL
    UNION SELECT row_id, legal_person, '法定代表人', [] FROM work WHERE legal_person IS NOT NULL
    UNION SELECT row_id, manager, '项目经理', [] FROM work WHERE manager IS NOT NULL
), link AS (
    SELECT b.work, b.capacity, b.via, t.*, greatest(sp.level, t.level) AS found_level, sp.namesakes
    FROM behind b JOIN work w ON w.row_id = b.work JOIN same_person sp ON sp.a = b.person AND (sp.level <= 4 OR sp.namesakes <= 1)
    JOIN tied t ON t.who = sp.b AND (t.village_code IS NULL OR t.village_code = w.village_code)
), flow AS (
    SELECT village_code, rows, canonical_org(payee_org) AS org FROM money WHERE side = 'out'
), paid AS (
    SELECT w.row_id AS work, flatten(list(m.rows)) AS rows FROM work w
    JOIN flow m ON m.village_code = w.village_code AND m.org = w.winner_org GROUP BY 1
), offered AS (
    SELECT w.row_id AS work, list(b.row_id) AS rows FROM work w
    JOIN bid b ON b.village_code = w.village_code AND b.project_name = w.project_name GROUP BY 1
), others AS (
    SELECT w.row_id AS work, list(o.row_id) AS rows FROM work w
    JOIN work o ON o.village_code = w.village_code AND o.winner_org = w.winner_org AND o.row_id <> w.row_id GROUP BY 1
)
SELECT w.village_code, 'project' AS subject_kind, 'p' || w.row_id AS subject_key, min(l.found_level) AS level,
       max(l.namesakes) AS namesakes, [w.row_id] AS evidence,
       list_distinct(flatten(list(l.rows)) || flatten(list(l.via)) || coalesce(min(d.rows), []) || coalesce(min(f.rows), [])
                     || coalesce(min(e.rows), [])) AS context,
       min(coalesce(w.contract_yuan, w.bid_yuan))::DOUBLE AS amount_yuan, min(w.agreed_on) AS first_on,
       min(w.project_name) AS subject, min(coalesce(w.project_name, '项目')) AS project_name,
       min(w.winner_name) AS winner,
       arg_min('其' || l.capacity || '为' || l.tie, (l.found_level, len(l.tie), l.tie)) AS tie,
       CASE WHEN regexp_matches(coalesce(min(w.note), ''), '回避|不参与评审|未参与评标') THEN '台账备注：' || min(w.note)
            WHEN bool_and(l.to_on < w.agreed_on) THEN '签订时该干部已离任'
            WHEN bool_and(l.started_on > w.agreed_on + INTERVAL 365 DAY) THEN '签订时该干部尚未任职'
       END AS explained, CASE WHEN min(l.found_level) = 5 THEN 0.6 END AS p
FROM work w JOIN link l ON l.work = w.row_id LEFT JOIN paid d ON d.work = w.row_id LEFT JOIN offered f ON f.work = w.row_id LEFT JOIN others e ON e.work = w.row_id
GROUP BY w.village_code, w.row_id
