/*---
id: M01
name: 在职公职人员登记为企业人员
category: C1
severity: high
identity: L4
prior: 0.8
needs: {payroll: [person], org_person: [company_org, person]}
uses:
  payroll: [village_code, employer, post, category, state, entered_on, left_on, list_kind, note, row_id]
  org_person: [village_code, person_role, is_active, founded_on, closed_on, row_id, company, share_pct,
               is_member, note]
  org_alias: [org, canonical]
  money: [village_code, side, payee_org, rows]
  project: [village_code, winner_org, row_id]
  bid: [village_code, bidder_org, row_id]
  person_key: [mention_id, person_key, home]
basis: [公务员法 §59(16), 公职人员政务处分法 §36]
reason: "{employer}在职人员登记为{company}的{person_role}（{since}成立），与任职期间重叠{traded}，需核实"
innocent: [任职前设立且已注销, 已退休或离职, 合作社普通成员, 组织委派或经批准, 身份被借用, 同名不同人]
check: [工商内档和签名, 纳税申报与开户资料, 组织人事部门的审批和个人有关事项报告]
aspects: [A13]
forms: [F54]
not_for: 村干部不是公务员，一般不禁止其经商；不用于村干部本人
---*/
WITH served AS MATERIALIZED (
    SELECT k.person_key, min(k.home) AS home, min(y.village_code) AS village_code, min(y.entered_on) AS entered_on,
           coalesce(max(y.left_on), CASE WHEN bool_or(regexp_matches(concat(y.state, y.list_kind, y.note), '退出|离职|辞职|辞退|开除|解聘|调出|死亡'))
                                         THEN DATE '1900-01-01' ELSE DATE '9999-12-31' END) AS left_on,
           min(coalesce(y.employer, '单位未填')) AS employer, list(DISTINCT y.row_id) AS rows, min(y.person) AS person
    FROM payroll y JOIN person_key k ON k.mention_id = y.person
    GROUP BY 1
    HAVING NOT bool_or(regexp_matches(concat(y.category, y.state, y.post, y.note), '遗属|民办|代课|公益|村干部|村两委|临时|劳务|见习|志愿|返聘|退休|离休|退养|抚恤|停薪留职'))
), served_mention AS MATERIALIZED (
    SELECT s.person_key, k.mention_id FROM served s JOIN person_key k USING (person_key)
), known AS MATERIALIZED (  -- met by person first: by the dates alone everybody meets every firm
    SELECT s.*, sp.a, sp.level, sp.namesakes
    FROM served_mention k JOIN same_person sp ON sp.b = k.mention_id JOIN served s USING (person_key)
    WHERE sp.a IN (SELECT person FROM org_person)
), behind AS (
    SELECT s.* EXCLUDE (a), o.company_org, o.company, o.person_role, o.row_id AS firm_row, o.founded_on, o.closed_on, o.share_pct, o.note, o.village_code AS firm_village
    FROM org_person o JOIN known s ON s.a = o.person
    WHERE NOT o.is_member AND (o.is_active OR o.closed_on > DATE '1900-01-01')
      AND NOT regexp_matches(o.person_role, '会计|联络|财务负责')
      AND coalesce(o.closed_on, DATE '9999-12-31') > coalesce(s.entered_on, DATE '1900-01-01')
      AND coalesce(o.founded_on, DATE '1900-01-01') < s.left_on
), trade AS (
    SELECT org, min(village_code) AS village_code, flatten(list(rows)) AS rows FROM (
        SELECT canonical_org(payee_org) AS org, village_code, rows FROM money WHERE side = 'out'
        UNION ALL SELECT canonical_org(winner_org), village_code, [row_id] FROM project
        UNION ALL SELECT canonical_org(bidder_org), village_code, [row_id] FROM bid)
    WHERE org IN (SELECT company_org FROM behind) GROUP BY 1
)
SELECT coalesce(min(t.village_code), min(b.village_code), min(home), min(firm_village)) AS village_code, 'person' AS subject_kind,
       CAST(min(person) AS VARCHAR) AS subject_key, min(level) AS level, max(namesakes) AS namesakes,
       list_distinct(list(firm_row) || flatten(list(b.rows))) AS evidence,
       min(t.rows) AS context, min(founded_on) AS first_on, max(closed_on) FILTER (closed_on < DATE '9999-01-01') AS last_on,
       min(employer) AS employer, min(company) AS company,
       array_to_string(list(DISTINCT person_role ORDER BY person_role), '、') AS person_role,
       coalesce(strftime(min(founded_on), '%Y-%m-%d'), '日期未填') AS since,
       CASE WHEN min(t.org) IS NULL THEN '' ELSE '，该主体与本轮的村有工程或款项往来' END AS traded,
       CASE WHEN bool_or(regexp_matches(note, '委派|经批准|国有|派驻|挂职|冒名|冒用')) THEN '登记备注：' || max(note)
       END AS explained
FROM behind b LEFT JOIN trade t ON t.org = b.company_org
GROUP BY person_key, company_org
