-- village_pay: pay for a village post, from a pay roll (T23) or the ledger, one row per sum and month it was paid in.
-- is_named: the person is only written in the summary and is the one official of the village with this name.
CREATE OR REPLACE MACRO is_village_payer(employer) AS
    regexp_matches(coalesce(employer, ''), '村民委员会|村委|村党|村集体|经济合作社|居委|社区|^$') OR regexp_matches(coalesce(employer, ''), '村$');

CREATE OR REPLACE MACRO is_post_pay(summary) AS
    regexp_matches(coalesce(summary, ''), '报酬|工资|薪酬|绩效|职务补(贴|助)|岗位补(贴|助)|干部补(贴|助)|任职补(贴|助)|考核奖|误工补(贴|助)')
    AND NOT regexp_matches(coalesce(summary, ''), '用工|务工|零工|临工|打工|农民工|离任|退休|借');

CREATE OR REPLACE TABLE village_pay AS
SELECT person, village_code, coalesce(month_on, CAST(date_trunc('month', paid_on) AS DATE)) AS month, CAST(coalesce(gross_yuan, net_yuan) AS DOUBLE) AS yuan,
       row_id, [row_id] AS rows, concat_ws(' ', post, note) AS words, false AS is_named
FROM wage WHERE person IS NOT NULL AND is_village_payer(employer) AND village_code IS NOT NULL AND coalesce(gross_yuan, net_yuan) > 0
  -- a day's labour is no pay for a post
  AND (month_on IS NOT NULL OR post IS NULL OR regexp_matches(post, '书记|主任|委员|会计|文书|报账|网格|组长|干部|两委|村委|支委|监督|妇联|民兵|治保|出纳'))
UNION ALL
SELECT payee, village_code, month, CAST(amount_yuan AS DOUBLE), row_id, rows, concat_ws(' ', summary, note), false
FROM money WHERE is_post_pay(summary) AND side = 'out' AND amount_yuan > 0 AND payee IS NOT NULL AND payee_org IS NULL
UNION ALL
SELECT o.person, m.village_code, m.month, CAST(m.amount_yuan AS DOUBLE), m.row_id, m.rows, concat_ws(' ', m.summary, m.note), true
FROM money m JOIN (
    SELECT c.village_code, n.name, min(c.person) AS person
    FROM cadre c JOIN mention n ON n.mention_id = c.person JOIN person_key k ON k.mention_id = c.person
    WHERE length(n.name) >= 2 GROUP BY ALL HAVING count(DISTINCT k.person_key) = 1
) o ON o.village_code = m.village_code AND contains(m.summary, o.name)
WHERE is_post_pay(m.summary) AND m.side = 'out' AND m.amount_yuan > 0 AND m.payee IS NULL AND m.payee_org IS NULL;

-- earning: what else pays a person: the public payroll (in service), pay rolls of other employers, paid public-welfare posts.
-- from_on … to_on: first and last month; an open end is 9999-12-31.
CREATE OR REPLACE TABLE earning AS
SELECT y.person, '财政供养' AS kind, coalesce(y.employer, '单位未填') AS employer, coalesce(date_trunc('month', y.entered_on) + INTERVAL 1 MONTH, DATE '1900-01-01')::DATE AS from_on,
       coalesce(y.left_on, DATE '9999-12-31') AS to_on, NULL::DOUBLE AS yuan, y.row_id, concat_ws(' ', y.category, y.state, y.post, y.note) AS words
FROM payroll y
WHERE y.person IS NOT NULL AND NOT regexp_matches(concat_ws(' ', y.category, y.state, y.post), '村干部|村.?两委') AND NOT regexp_matches(concat_ws(' ', y.category, y.state, y.post, y.note), '遗属|民办|代课|公益|临时|劳务|抚恤')
  AND (y.left_on IS NOT NULL OR NOT regexp_matches(concat_ws(' ', y.state, y.list_kind, y.note), '退出|离职|辞职|辞退|开除|解聘|调出|死亡|去世'))
UNION ALL
SELECT person, '工资', employer, month, month, yuan, row_id, concat_ws(' ', post, note)
FROM (SELECT *, coalesce(month_on, CAST(date_trunc('month', paid_on) AS DATE)) AS month, CAST(coalesce(gross_yuan, net_yuan) AS DOUBLE) AS yuan FROM wage)
WHERE person IS NOT NULL AND NOT is_village_payer(employer) AND month IS NOT NULL AND yuan > 0
UNION ALL
-- Insured by another employer month after month: somebody pays wages.
SELECT person, '单位参保', insured_by, coalesce(month_on, CAST(date_trunc('month', from_on) AS DATE), DATE '1900-01-01'),
       coalesce(month_on, until_on, DATE '9999-12-31'), CAST(base_yuan AS DOUBLE), row_id, concat_ws(' ', insurance_kind, insured_state, note)
FROM social_insurance
WHERE person IS NOT NULL AND length(insured_by) >= 4 AND NOT is_village_payer(insured_by)
  AND NOT regexp_matches(concat_ws(' ', insurance_kind, insured_by, insured_state, note), '灵活|居民|个人(缴费|身份|参保)|自由职业|个体参保|人才(中心|服务)|代缴|退休')
  AND (month_on IS NOT NULL OR from_on IS NOT NULL)
  AND (month_on IS NOT NULL OR until_on IS NOT NULL OR NOT regexp_matches(coalesce(insured_state, ''), '停|终止|封存|中断|注销|转出'))
UNION ALL
SELECT beneficiary, '公益岗位', coalesce(post_name, programme), month_from, month_to, CAST(amount_yuan AS DOUBLE), row_id, note
FROM payment WHERE class = 'post' AND NOT is_late AND month_from IS NOT NULL;

-- livelihood: signs that somebody has regular pay: pay rolls, insurance and housing fund paid through an employer, pensions
-- and payroll named by a means check. Insurance that a person pays alone (flexible work, residents' schemes) is none.
CREATE OR REPLACE MACRO says_has(words) AS
    words IS NOT NULL AND NOT regexp_matches(trim(words), '^(无|没有|否|未|不|0|零|/|-|—|×|N|空|正常$|查无|暂无)') AND trim(words) <> '';

CREATE OR REPLACE TABLE livelihood AS
SELECT person, '工资' AS kind, coalesce(employer, '村级报酬') AS source, month AS from_on, month AS to_on, yuan, row_id, coalesce(note, '') AS note
FROM (SELECT *, coalesce(month_on, CAST(date_trunc('month', paid_on) AS DATE)) AS month, CAST(coalesce(gross_yuan, net_yuan) AS DOUBLE) AS yuan FROM wage)
WHERE person IS NOT NULL AND month IS NOT NULL AND yuan > 0
UNION ALL
SELECT person, CASE WHEN coalesce(insurance_kind, '') LIKE '%公积金%' THEN '公积金' ELSE '职工社保' END, coalesce(insured_by, '单位未填'),
       coalesce(month_on, CAST(date_trunc('month', from_on) AS DATE), DATE '1900-01-01'), coalesce(month_on, until_on, DATE '9999-12-31'), NULL, row_id, coalesce(note, '')
FROM social_insurance
WHERE person IS NOT NULL
  AND NOT regexp_matches(concat_ws(' ', insurance_kind, insured_by, insured_state, note), '灵活|居民|个人(缴费|身份|参保)|自由职业|个体参保|人才(中心|服务)|代缴|退休')
  AND (month_on IS NOT NULL OR until_on IS NOT NULL OR NOT regexp_matches(coalesce(insured_state, ''), '停|终止|封存|中断|注销|转出'))
  AND (employer_yuan > 0 OR insured_by IS NOT NULL OR regexp_matches(coalesce(insurance_kind, ''), '职工|企业|机关|公积金'))
UNION ALL
SELECT m.person, s.kind, '核对结果：' || s.words, CAST(date_trunc('month', coalesce(m.checked_on, m.approved_on)) AS DATE), CAST(date_trunc('month', coalesce(m.checked_on, m.approved_on)) AS DATE), NULL, m.row_id, concat_ws(' ', m.result, m.note)
FROM means_check m, LATERAL (SELECT unnest([{kind: '退休金', words: m.pension}, {kind: '职工社保', words: m.insurance}, {kind: '公积金', words: m.housing_fund}]) AS s)
WHERE m.person IS NOT NULL AND coalesce(m.checked_on, m.approved_on) IS NOT NULL AND says_has(s.words)
  AND NOT regexp_matches(s.words, '灵活|居民|个人|农村|城乡');
