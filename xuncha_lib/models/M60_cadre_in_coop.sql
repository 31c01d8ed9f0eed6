/*---
id: M60
name: 村干部或近亲属在合作社持股较高
category: C8
severity: high
identity: L2
prior: 0.45
needs: {coop_member: [row_id, village_code, person, coop, share_pct]}
uses:
  kin: [cadre, kin, village_code, relation, rows, level, is_near]
  mention: [mention_id, name]
  person_key: [mention_id, home]
  cadre: [person, post, started_on, ended_on, row_id]
  coop_member: [contribution_yuan, shared_yuan, since_on, paid_on, note, roll]
knobs: {share: 20, times: 3, least_members: 5}
basis: [农民专业合作社法 §36]
reason: "{post}在{company}持股{share}%，{fact}，需核实出资凭证和公示"
innocent: [按要求带头入股且等额, 代表村集体持股, 出资已公示, 已离任, 同名不同人, 亲属关系较远]
check: [出资凭证, 成员大会记录, 公示照片]
aspects: [A10, A13]
forms: [F44]
not_for: 干部领办合作社本身不是问题
---*/
WITH large AS (
    SELECT s.row_id, coalesce(s.village_code, k.home) AS village_code, s.coop AS company, s.person AS member, s.share_pct, s.contribution_yuan, s.shared_yuan AS total_yuan, coalesce(s.paid_on, s.since_on) AS paid_on,
           s.note, count(*) OVER (PARTITION BY s.coop, s.roll, s.share_pct) AS equals, median(s.share_pct) OVER w AS usual, count(*) OVER w AS members
    FROM coop_member s LEFT JOIN person_key k ON k.mention_id = s.person WHERE s.share_pct > 0 AND s.coop <> ''
    WINDOW w AS (PARTITION BY s.coop, s.roll)
), seat AS (
    SELECT l.*, c.row_id AS post_row, c.post, sp.level, c.ended_on
    FROM large l JOIN same_person sp ON sp.a = l.member JOIN cadre c ON c.person = sp.b
    WHERE (l.share_pct > $share OR l.contribution_yuan = 0) AND (c.ended_on IS NULL OR l.paid_on IS NULL OR c.ended_on >= l.paid_on)
    QUALIFY row_number() OVER (PARTITION BY l.row_id ORDER BY sp.level, c.row_id) = 1
), family AS (
    SELECT l.*, k.rows, m.name || '的' || k.relation AS tie, greatest(sp.level, k.level) AS level
    FROM large l JOIN same_person sp ON sp.a = l.member AND sp.level <= 1 JOIN kin k ON k.kin = sp.b AND k.is_near AND k.level <= 2
    JOIN mention m ON m.mention_id = k.cadre JOIN cadre c ON c.person = k.cadre
    WHERE l.contribution_yuan = 0 AND l.total_yuan > 0 AND (c.ended_on IS NULL OR c.ended_on >= l.paid_on)
      AND l.row_id NOT IN (SELECT row_id FROM seat)
    QUALIFY row_number() OVER (PARTITION BY l.row_id ORDER BY k.level, k.cadre, c.row_id) = 1
)
SELECT village_code, 'person' AS subject_kind, CAST(member AS VARCHAR) AS subject_key, level, [row_id] AS evidence, [post_row] AS context, post, company, share_pct AS share,
       CAST(total_yuan AS DOUBLE) AS amount_yuan, paid_on AS first_on,
       CASE WHEN contribution_yuan = 0 THEN '出资额登记为0' ELSE coalesce('出资额' || CAST(contribution_yuan AS BIGINT) || '元', '成员' || members || '人持股多为' || round(usual, 1) || '%') END AS fact,
       -- far above what the many others hold: not one equal stake among equals
       CASE WHEN contribution_yuan = 0 THEN 0.55 WHEN members >= $least_members AND share_pct >= $times * usual THEN 0.45 ELSE 0.35 END AS p,
       CASE WHEN regexp_matches(note, '代表(村)?集体|集体(股|委派)|村集体出资') THEN '备注注明代表村集体持股' WHEN regexp_matches(note, '已公示|公示无异议') THEN '备注注明已公示'
            WHEN equals >= 3 AND coalesce(contribution_yuan, 1) > 0 THEN '与其他成员等额' END AS explained
FROM seat
UNION ALL
SELECT village_code, 'person', CAST(member AS VARCHAR), level, [row_id], rows, '村干部' || tie, company, share_pct, CAST(total_yuan AS DOUBLE), paid_on, '出资额登记为0', 0.45,
       CASE WHEN regexp_matches(note, '代表(村)?集体|集体(股|委派|配)|村集体出资|继承') THEN '备注注明集体股或继承' WHEN equals >= 3 THEN '与其他成员等额' END
FROM family
ORDER BY 1, 3
