/*---
id: M06
name: 不相容岗位由同一人办理
category: C1
severity: medium
identity: null
prior: 0.5
needs: {signing: [row_id, village_code, duties, name, is_same]}
uses:
  signing: [entry_on, amount_yuan, summary, person]
  cadre: [person, village_code, post, ended_on, row_id]
  mention: [mention_id, name]
knobs: {least_rows: 20, share: 0.3, own_rows: 3, own_yuan: 2000, most_shown: 12}
basis: [会计法 §25(一)]
reason: "{duties}同为{name}{how}，岗位是否分开需核实"
innocent: [镇级代理记账在账外另有复核, 系统默认填写同一人, 偶尔由一人代签, 本人工资由本人签领]
check: [看纸质凭证上的签名, 岗位分工文件, 代理记账协议]
aspects: [A05]
forms: [F23, F62]
not_for: 只说明登记的姓名相同，不说明款项有问题
---*/
WITH dated AS (
    SELECT *, year(entry_on) AS y FROM signing
    WHERE NOT (duties = '审批与收款' AND regexp_matches(coalesce(summary, ''), '工资|报酬|绩效|补(贴|助)|奖|代发|代缴|备用金|电费|话费|通讯'))
), year_total AS (
    SELECT village_code, y, duties, count(*) AS total, count(*) FILTER (is_same) AS same FROM dated GROUP BY ALL
), usual AS (
    -- Half of the villages alike: that is how the township's program fills the field.
    SELECT duties, count(DISTINCT village_code) AS villages,
           count(DISTINCT village_code) FILTER (same >= $share * total AND total >= $least_rows) AS alike
    FROM year_total GROUP BY 1
), one AS (
    SELECT village_code, y, duties, name, min(person) AS person, count(*) AS n, sum(amount_yuan) AS yuan, min(entry_on) AS first_on, max(entry_on) AS last_on,
           list(row_id ORDER BY amount_yuan DESC, row_id)[:$most_shown] AS rows
    FROM dated WHERE is_same GROUP BY village_code, y, duties, name
)
SELECT o.village_code, 'village' AS subject_kind, concat_ws('|', 'duties', o.duties, o.name, o.y) AS subject_key, o.name || '（' || o.duties || '）' AS subject,
       NULL::INT AS level, o.rows AS evidence, CAST(o.yuan AS DOUBLE) AS amount_yuan, o.first_on, o.last_on, o.duties, o.name,
       '，' || o.y || '年有' || o.n || '笔，占该项已署名记录的' || round(100 * o.n / t.total)::INT || '%' AS how,
       CASE o.duties WHEN '审批与收款' THEN 0.6 ELSE 0.45 END AS p,
       CASE WHEN u.alike > 2 AND u.alike > u.villages / 2 THEN '多数村都是如此，可能是系统默认填写' END AS explained
FROM one o JOIN year_total t USING (village_code, y, duties) JOIN usual u USING (duties)
WHERE CASE WHEN o.duties = '审批与收款' THEN o.n >= $own_rows AND o.yuan >= $own_yuan
           ELSE o.n >= $least_rows AND o.n >= $share * t.total END
UNION ALL
SELECT c.village_code, 'village', concat_ws('|', 'duties', '会计与出纳', m.name), m.name || '（会计与出纳）', NULL, list(DISTINCT c.row_id), NULL, NULL, NULL, '会计与出纳', m.name, '', 0.6, NULL
FROM cadre c JOIN mention m ON m.mention_id = c.person WHERE c.ended_on IS NULL
GROUP BY c.village_code, m.name
HAVING bool_or(regexp_matches(c.post, '会计')) AND bool_or(regexp_matches(c.post, '出纳'))
