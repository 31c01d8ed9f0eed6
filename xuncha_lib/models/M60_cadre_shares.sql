/*---
id: M60
name: 村干部或近亲属在领办合作社占股较高或未出资分红
category: C8
severity: high
identity: L1
prior: 0.55
needs: {coop_member: [person, coop], cadre: [person]}
uses:
  coop_member: [row_id, village_code, person_role, share_pct, contribution_yuan, shared_yuan, since_on, until_on, paid_on, note, roll]
  coop: [row_id, village_code, company, collective_yuan, grant_yuan]
  cadre: [village_code, post, post_kind, started_on, ended_on, row_id]
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  mention: [mention_id, name]
knobs: {share_pct: 20}
basis: [农民专业合作社法 §36]
reason: "{who}为{tie}，在{subject}{why}，出资和份额来源需核实"
innocent: [代表村集体持股, 份额与其他成员相同, 任职前已入股或离任后入股, 合作社没有集体和财政投入, 亲属关系较远, 同名不同人]
check: [出资入账凭证和资金来源, 成员大会关于份额的决议和公示, 合作社与本人及亲属的资金往来]
aspects: [A10, A13]
forms: [F44]
not_for: 村干部以自己的钱平等入社并公示，本身不是问题
---*/
WITH tied AS (
    SELECT c.person AS who, c.village_code, coalesce(c.post, '村干部') AS tie, [c.row_id] AS rows, 1 AS level, c.started_on,
           coalesce(c.ended_on, DATE '9999-12-31') AS to_on
    FROM cadre c WHERE c.post_kind <> '其他'
    UNION ALL
    SELECT k.kin, k.village_code, coalesce(c.post, '村干部') || m.name || '的' || k.relation, k.rows || [c.row_id], k.level, c.started_on,
           coalesce(c.ended_on, DATE '9999-12-31')
    FROM kin k JOIN cadre c ON c.person = k.cadre JOIN mention m ON m.mention_id = k.cadre
    WHERE k.is_near AND k.level <= 1 AND c.post_kind <> '其他'
), led AS (
    SELECT village_code, regexp_replace(company, '[\s　]', '', 'g') AS coop, min(row_id) AS coop_row
    FROM coop WHERE coalesce(collective_yuan, 0) + coalesce(grant_yuan, 0) > 0 GROUP BY ALL
), roll AS (
    SELECT c.*, count(*) OVER w AS n, max(share_pct) OVER w AS top, min(share_pct) OVER w AS low,
           count(*) FILTER (c.contribution_yuan > 0) OVER w AS payers
    FROM coop_member c WHERE coop <> '' AND until_on IS NULL WINDOW w AS (PARTITION BY village_code, coop, roll)
), sign AS (
    SELECT *, CASE WHEN share_pct > $share_pct AND share_pct <= 100 AND NOT (n > 1 AND top - low < 0.5) THEN '登记持股' || round(share_pct, 1) || '%' END AS by_share,
           CASE WHEN contribution_yuan = 0 AND shared_yuan > 0 AND payers >= greatest(3, 0.6 * n) THEN '出资额登记为零而分得' || round(shared_yuan, 2) || '元' END AS by_gift
    FROM roll
    WHERE NOT regexp_matches(note || person_role, '代表(村)?集体|集体(股|代表)|代(村)?集体|受(村|集体)委托|党支部代表|村(委会|集体|经济合作社)(持|出资)')
), linked AS (
    SELECT s.*, sp.level AS found_level, sp.namesakes, t.tie, t.rows AS tie_rows, t.started_on, t.to_on, m.name AS who, l.coop_row
    FROM sign s JOIN same_person sp ON sp.a = s.person JOIN tied t ON t.who = sp.b
    JOIN mention m ON m.mention_id = s.person LEFT JOIN led l ON l.coop = s.coop AND (s.village_code IS NULL OR l.village_code = s.village_code)
    WHERE (by_share IS NOT NULL OR by_gift IS NOT NULL) AND (s.village_code IS NULL OR t.village_code = s.village_code)
)
SELECT min(village_code) AS village_code, 'company' AS subject_kind, coop AS subject_key, coop AS subject, min(found_level) AS level, max(namesakes) AS namesakes,
       list(DISTINCT row_id) AS evidence, list_distinct(flatten(list(tie_rows)) || list(coop_row) FILTER (coop_row IS NOT NULL)) AS context,
       max(shared_yuan) AS amount_yuan, min(since_on) AS first_on, min(who) AS who, min(tie) AS tie,
       concat_ws('，', min(by_share), min(by_gift)) AS why,
       CASE WHEN min(by_gift) IS NOT NULL THEN CASE WHEN max(coop_row) IS NULL THEN 0.35 ELSE 0.65 END WHEN max(coop_row) IS NULL THEN 0.2 ELSE 0.5 END AS p,
       CASE WHEN bool_and(coalesce(since_on, paid_on) < started_on OR coalesce(since_on, paid_on) > to_on) THEN '入股时不在任'
            WHEN min(by_gift) IS NULL AND EXISTS (FROM led) AND max(coop_row) IS NULL THEN '该合作社未见集体和财政投入' END AS explained
FROM (SELECT DISTINCT ON (row_id, who, tie) * FROM linked ORDER BY row_id, who, tie, found_level)
GROUP BY coop, person
