/*---
id: M21
name: 应享未享线索（政策落实）
category: C3
severity: medium
identity: L4
prior: 0.5
needs: {payment: [beneficiary, amount_yuan], disability: [person, level]}
uses:
  payment: [person_key, village_code, programme_code, class, month_from, month_to, is_late, row_id]
  disability: [issued_on, expires_on, cancelled_on, state, note, village_code, row_id]
  means_check: [person, result, approved_on, checked_on, village_code, row_id]
  death: [deceased]
  household: [person, removed_on, removed_reason]
  mention: [mention_id, name, id_state]
  person_key: [mention_id, person_key, home]
knobs: {lag_months: 3, least_persons: 3, least_share: 0.2, others_share: 0.6, least_villages: 5, most_shown: 20}
basis: [社会救助暂行办法 §17, 社会救助暂行办法 §66(一)]
reason: "{what}，请民政、残联按主动发现要求核实；说明政策落实情况，不针对个人"
innocent: [已在机构供养或住院, 已享受特困供养等更高待遇, 本人放弃申请, 证件新近办理, 人已迁出或去世, 证件已过期或注销]
check: [交民政部门逐户主动发现, 残联证件系统状态, 本人或家属意愿]
aspects: [A02, A03, A01]
forms: [F01, F12]
not_for: 反映政策落实，不针对个人，不用于追究名单上的人
---*/
WITH span AS (
    -- a village whose roll was not handed in cannot be compared
    SELECT village_code, CASE WHEN programme_code IN ('B03', 'B04') THEN 'relief' ELSE programme_code END AS benefit, min(month_from) AS first_on, max(month_to) AS last_on
    FROM payment WHERE programme_code IN ('B03', 'B04', 'B06') AND village_code IS NOT NULL AND month_from IS NOT NULL GROUP BY ALL
), gone AS (
    SELECT k.person_key FROM death d JOIN same_person sp ON sp.b = d.deceased JOIN person_key k ON k.mention_id = sp.a
    UNION SELECT k.person_key FROM household h JOIN person_key k ON k.mention_id = h.person
    WHERE h.removed_on IS NOT NULL OR regexp_matches(coalesce(h.removed_reason, ''), '迁出|死亡|注销|婚出|参军|外迁|服刑')
), drawing AS (
    SELECT DISTINCT village_code, person_key, programme_code FROM payment WHERE programme_code IN ('B03', 'B04', 'B06')
), named AS (
    SELECT DISTINCT p.village_code, m.name, p.programme_code FROM payment p JOIN mention m ON m.mention_id = p.beneficiary WHERE p.programme_code IN ('B03', 'B04', 'B06')
), severe AS (
    SELECT d.row_id, d.person, k.person_key, coalesce(d.village_code, k.home) AS village_code, m.name, m.id_state
    FROM disability d JOIN person_key k ON k.mention_id = d.person JOIN mention m ON m.mention_id = d.person JOIN span s ON s.village_code = coalesce(d.village_code, k.home) AND s.benefit = 'B06'
    WHERE degree_of(d.level) <= 2 AND d.cancelled_on IS NULL AND coalesce(d.expires_on, DATE '9999-12-31') >= s.last_on
      AND coalesce(d.issued_on, DATE '1900-01-01') <= s.last_on - to_months($lag_months)
      AND NOT regexp_matches(concat_ws(' ', d.state, d.note), '注销|作废|失效|冻结|过期|迁出|死亡|去世|放弃|自愿|机构|集中供养|福利院|敬老院|住院|服刑|在押|工伤|外地')
), unpaid AS (
    SELECT s.* FROM severe s
    WHERE NOT EXISTS (FROM drawing w JOIN same_person sp ON sp.b = s.person JOIN person_key k ON k.mention_id = sp.a WHERE w.person_key = k.person_key AND w.programme_code IN ('B04', 'B06'))
      AND NOT EXISTS (FROM named n WHERE n.village_code = s.village_code AND n.name = s.name AND n.programme_code IN ('B04', 'B06'))
      AND s.person_key NOT IN (FROM gone) AND s.id_state IN ('valid', 'old15')
), by_village AS (
    SELECT u.village_code, count(*) AS n, list(u.row_id ORDER BY u.row_id)[:$most_shown] AS rows, (SELECT count(*) FROM severe s WHERE s.village_code = u.village_code) AS whole
    FROM unpaid u GROUP BY 1
), approved AS (
    SELECT coalesce(c.village_code, k.home) AS village_code, count(*) AS n, list(c.row_id ORDER BY c.row_id)[:$most_shown] AS rows, min(c.approved_on) AS first_on
    FROM means_check c JOIN person_key k ON k.mention_id = c.person JOIN mention m ON m.mention_id = c.person JOIN span s ON s.village_code = coalesce(c.village_code, k.home) AND s.benefit = 'relief'
    WHERE c.approved_on <= s.last_on - to_months($lag_months) AND c.approved_on >= s.first_on - INTERVAL 1 YEAR
      AND regexp_matches(coalesce(c.result, ''), '符合|未超|通过|同意') AND NOT regexp_matches(coalesce(c.result, ''), '不符|不予|未通过|不同意|超标|超过')
      AND k.person_key NOT IN (SELECT person_key FROM drawing WHERE programme_code IN ('B03', 'B04')) AND k.person_key NOT IN (FROM gone)
      AND NOT EXISTS (FROM named n WHERE n.village_code = s.village_code AND n.name = m.name AND n.programme_code IN ('B03', 'B04'))
    GROUP BY 1
), town_help AS (
    SELECT village_code, year(month_from) AS y, count(*) FILTER (programme_code = 'B05') AS helped, list(row_id ORDER BY row_id) FILTER (programme_code = 'B03') AS relief_rows
    FROM payment WHERE village_code IS NOT NULL AND month_from IS NOT NULL GROUP BY ALL
), no_help AS (
    SELECT *, count(*) FILTER (helped > 0) OVER (PARTITION BY y) AS others, count(*) OVER (PARTITION BY y) AS villages FROM town_help
), found AS (
    SELECT village_code, 'disability' AS key, rows, NULL::DATE AS first_on, NULL::DATE AS last_on, '残疾人名册中' || whole || '名一、二级残疾人里有' || n || '人未见残疾人补贴或特困供养发放' AS what,
           CASE WHEN n >= $least_persons AND n >= $least_share * whole THEN 0.5
                -- one or two left out where all the others are paid: not the habit of the place
                WHEN whole >= 4 AND n * 4 <= whole THEN 0.42 ELSE 0.3 END AS p
    FROM by_village
    UNION ALL
    SELECT village_code, 'approved', rows, first_on, NULL, n || '名经济状况核对符合并已审批的对象' || $lag_months || '个月后仍未见低保或特困发放', CASE WHEN n >= $least_persons THEN 0.5 ELSE 0.3 END FROM approved
    UNION ALL
    SELECT village_code, 'temporary|' || y, relief_rows[:3], make_date(y, 1, 1), make_date(y, 12, 31), y || '年没有临时救助发放，同期' || others || '个村有', 0.15 FROM no_help
    WHERE helped = 0 AND len(relief_rows) > 0 AND villages >= $least_villages AND others >= $others_share * villages
)
SELECT village_code, 'village' AS subject_kind, concat_ws('|', 'entitled', key) AS subject_key, '政策落实' AS subject, NULL::INT AS level, rows AS evidence,
       first_on, last_on, what, p, NULL AS explained
FROM found WHERE village_code IS NOT NULL
