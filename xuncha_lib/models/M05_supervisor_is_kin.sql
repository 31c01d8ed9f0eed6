/*---
id: M05
name: 村务监督或财会人员与村“两委”成员有近亲属关系
category: C1
severity: medium
identity: L4
prior: 0.75
needs: {cadre: [person, post], kin: [cadre, kin]}
uses:
  cadre: [village_code, post_kind, started_on, ended_on, row_id]
  kin: [village_code, relation, rows, level, is_near]
  mention: [mention_id, name]
  person_key: [mention_id, person_key]
basis: [村民委员会组织法(2018) §32]
reason: "{watch_post}与{seat_post}{seat_name}登记为{relation}关系，任期有重叠，需核实是否应当回避"
innocent: [不属于近亲属, 任期没有重叠, 镇级代理记账而村里只报账, 同名不同人]
check: [户籍和婚姻登记, 选举和任命文件, 镇街对回避的要求]
aspects: [A15, A05]
forms: [F23, F62]
not_for: 亲属关系本身不是问题；党支部委员的亲属任监督委员另看当地规定
---*/
WITH watch AS (
    SELECT c.person, k.person_key, c.village_code, c.post, c.post_kind, c.started_on, c.ended_on, c.row_id
    FROM cadre c JOIN person_key k ON k.mention_id = c.person
    WHERE c.post_kind IN ('监督', '财会') AND NOT regexp_matches(coalesce(c.post, ''), '合作社|股份|经济|理事|监事')
), seat AS (
    SELECT c.person, k.person_key, c.village_code, c.post, c.started_on, c.ended_on, c.row_id, regexp_matches(c.post, '村委|主任|居委|两委') AS is_council, regexp_matches(c.post, '书记|支委|支部|党总支|党委') AS is_party,
           c.post_kind = '书记主任' AS is_chief, c.post_kind = '财会' AS is_money
    FROM cadre c JOIN person_key k ON k.mention_id = c.person
    -- 支部委员、报账员 sits on the committee too
    WHERE c.post_kind IN ('书记主任', '委员') OR (c.post_kind = '财会' AND regexp_matches(c.post, '支部委员|支委|村委(会)?委员|居委(会)?委员|两委|副书记|副主任'))
), tied AS (
    -- Either of the two may have declared the other.
    SELECT n.cadre AS a, n.kin AS b, n.relation, n.rows, n.level FROM kin n WHERE n.is_near
    UNION ALL SELECT n.kin, n.cadre, n.relation, n.rows, n.level FROM kin n WHERE n.is_near
), pair AS (
    SELECT w.*, s.person AS seat_person, s.person_key AS seat_key, s.post AS seat_post, s.row_id AS seat_row, s.is_council, s.is_party, s.is_chief, s.is_money, t.relation, t.rows AS kin_rows,
           greatest(t.level, x.level, y.level) AS level, greatest(x.namesakes, y.namesakes) AS namesakes
    FROM watch w JOIN same_person x ON x.a = w.person JOIN tied t ON t.a = x.b
    JOIN same_person y ON y.a = t.b JOIN seat s ON s.person = y.b AND s.village_code = w.village_code
    WHERE s.person_key <> w.person_key
      AND coalesce(w.started_on, DATE '1900-01-01') <= coalesce(s.ended_on, DATE '9999-12-31')
      AND coalesce(s.started_on, DATE '1900-01-01') <= coalesce(w.ended_on, DATE '9999-12-31')
      AND (w.post_kind = '监督' OR s.is_chief)
)
SELECT min(p.village_code) AS village_code, 'person' AS subject_kind, CAST(min(p.person) AS VARCHAR) AS subject_key,
       min(level) AS level, max(p.namesakes) AS namesakes,
       list_distinct(list(p.row_id) || list(seat_row)) AS evidence, list_distinct(flatten(list(kin_rows))) AS context,
       CASE WHEN min(post_kind) = '监督' THEN CASE WHEN bool_or(is_council) THEN 0.75 WHEN bool_and(is_party AND NOT is_chief AND NOT is_money) THEN 0.35 WHEN bool_and(is_party) THEN 0.55 ELSE 0.5 END ELSE 0.5 END
           * CASE min(level) WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 ELSE 0.8 END AS p,
       arg_min(p.post, p.row_id) AS watch_post, arg_min(seat_post, seat_row) AS seat_post, arg_min(m.name, seat_row) AS seat_name,
       coalesce(nullif(arg_min(relation, seat_row), ''), '亲属') AS relation, NULL AS explained
FROM pair p JOIN mention m ON m.mention_id = p.seat_person
GROUP BY p.person_key, p.seat_key
