/*---
id: M26
name: 村级补贴总量或名单异常
category: C4
severity: medium
identity: L4
prior: 0.6
needs: {payment: [beneficiary, amount_yuan]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_code, programme_key, class, month_from, month_to, area_mu, is_late, note, row_id]
  village: [village_name, town, farmland_mu]
  death: [deceased, died_on, cremated_on, removed_on]
  person_key: [mention_id, person_key]
knobs: {slack_share: 0.05, far_share: 0.2, jump_share: 0.3, least_people: 15, most_shown: 12, frozen_dead: 2}
basis: []
note: 与村庄名册、上年名单和邻村相比的提示，没有条文依据
reason: "{programme}{what}，需核实"
innocent: [新开垦或合村后面积变化, 全镇普遍变化, 村庄名册面积口径不同, 林地项目不受耕地面积限制]
check: [三调或确权总面积, 逐户申报表, 与邻村同项目对照]
aspects: [A02, A01]
forms: [F04, F03]
not_for: 不用于名册耕地面积口径未弄清的村
---*/
WITH yearly AS (
    SELECT p.village_code, p.programme_key, min(p.programme) AS programme, year(p.month_from) AS y, count(DISTINCT p.person_key) AS people, sum(p.area_mu) AS mu,
           CAST(sum(p.amount_yuan) AS DOUBLE) AS yuan, list(p.row_id ORDER BY p.area_mu DESC NULLS LAST, p.row_id)[:$most_shown] AS rows,
           count(DISTINCT p.month_from) AS times, min(p.month_from) AS first_on, max(p.month_to) AS last_on
    FROM payment p WHERE p.month_from IS NOT NULL AND NOT p.is_late AND p.village_code IS NOT NULL AND p.class = 'land' AND p.programme_code IN ('B01', 'B14')
    GROUP BY p.village_code, p.programme_key, year(p.month_from)
), annual AS (
    -- a subsidy paid in two seasons counts the same land twice
    SELECT *, mu / greatest(times, 1) AS once_mu FROM yearly
), over AS (
    -- is_usual: most of the other villages of the town are the same
    SELECT a.*, v.farmland_mu AS land,
           2 * (count(*) FILTER (a.once_mu > v.farmland_mu) OVER g - 1) > count(*) OVER g - 1 AS is_usual
    FROM annual a JOIN village v USING (village_code) WHERE v.farmland_mu > 0 AND a.once_mu > 0
    WINDOW g AS (PARTITION BY v.town, a.programme_key, a.y)
), steps AS (
    SELECT a.*, b.mu AS before_mu, b.people AS before_people, a.mu / b.mu - 1 AS rise, b.rows AS before_rows,
           2 * (count(*) FILTER (a.mu / b.mu - 1 > $jump_share / 2) OVER g - 1) > count(*) OVER g - 1 AS is_usual
    FROM annual a JOIN annual b ON b.village_code = a.village_code AND b.programme_key = a.programme_key AND b.y = a.y - 1 JOIN village v ON v.village_code = a.village_code
    WHERE a.people >= $least_people AND b.people >= $least_people AND b.mu > 0
    WINDOW g AS (PARTITION BY v.town, a.programme_key, a.y)
), named AS (
    SELECT DISTINCT p.village_code, p.programme_key, year(p.month_from) AS y, p.person_key, sum(p.amount_yuan) AS yuan, sum(p.area_mu) AS mu, min(p.row_id) AS row_id, min(p.month_from) AS first_on
    FROM payment p WHERE p.month_from IS NOT NULL AND NOT p.is_late AND p.class = 'land' AND p.programme_code IN ('B01', 'B09', 'B14') GROUP BY ALL
), dead AS (
    SELECT k.person_key, min(least(d.died_on, d.cremated_on, d.removed_on)) AS died_on FROM death d JOIN same_person sp ON sp.b = d.deceased JOIN person_key k ON k.mention_id = sp.a
    GROUP BY 1
), frozen AS (
    SELECT a.village_code, a.programme_key, a.y, count(*) AS both_years, count(*) FILTER (a.mu = b.mu) AS unchanged,
           list(a.row_id ORDER BY a.row_id) FILTER (d.died_on < a.first_on) AS dead_rows,
           (SELECT count(*) FROM named n WHERE n.village_code = a.village_code AND n.programme_key = a.programme_key AND n.y = a.y) AS now
    FROM named a JOIN named b ON b.person_key = a.person_key AND b.programme_key = a.programme_key AND b.village_code = a.village_code AND b.y = a.y - 1
    LEFT JOIN dead d ON d.person_key = a.person_key
    GROUP BY a.village_code, a.programme_key, a.y
), ranger AS (
    SELECT a.person_key, max(sp.level) AS level, min(a.village_code) AS village_code, min(a.beneficiary) AS beneficiary, min(a.programme) AS programme, list(DISTINCT a.row_id) || list(DISTINCT b.row_id) AS rows,
           CAST(sum(DISTINCT a.amount_yuan) AS DOUBLE) AS yuan, min(a.month_from) AS first_on, max(a.month_to) AS last_on, min(concat(v.town, v.village_name)) || '、' || min(concat(w.town, w.village_name)) AS places
    FROM payment a JOIN payment b ON b.person_key = a.person_key AND b.programme_key = a.programme_key AND b.village_code > a.village_code
        AND b.month_from <= a.month_to AND b.month_to >= a.month_from
    JOIN same_person sp ON sp.a = a.beneficiary AND sp.b = b.beneficiary
    JOIN village v ON v.village_code = a.village_code JOIN village w ON w.village_code = b.village_code
    WHERE a.programme_code IN ('B10', 'B11') AND a.class = 'post' GROUP BY a.person_key
), found AS (
    SELECT village_code, 'village' AS subject_kind, concat_ws('|', 'area', programme_key) AS subject_key, programme AS subject, NULL AS level, rows, yuan, first_on, last_on, programme,
           y || '年补贴面积合计' || printf('%.0f', once_mu) || '亩，大于村庄名册耕地' || printf('%.0f', land) || '亩' AS what,
           CASE WHEN is_usual THEN 0.2 WHEN once_mu > land * (1 + $far_share) THEN 0.5 ELSE 0.3 END AS p,
           CASE WHEN is_usual THEN '全镇多数村都大于名册耕地面积，可能口径不同' END AS explained
    FROM over WHERE once_mu > land * (1 + $slack_share)
    UNION ALL
    SELECT village_code, 'village', concat_ws('|', 'jump', programme_key, y), programme, NULL, rows, yuan, first_on, last_on, programme,
           y || '年面积' || printf('%.0f', mu) || '亩，比上年' || printf('%.0f', before_mu) || '亩多' || printf('%.0f', 100 * rise) || '%', CASE WHEN people <= 1.15 * before_people AND NOT is_usual THEN 0.45 ELSE 0.3 END,
           CASE WHEN is_usual THEN '全镇普遍增加' END
    FROM steps WHERE rise > $jump_share
    UNION ALL
    SELECT f.village_code, 'village', concat_ws('|', 'frozen', f.programme_key, f.y), a.programme, NULL, f.dead_rows[:$most_shown], NULL, a.first_on, a.last_on, a.programme,
           f.y || '年名单与上年' || f.both_years || '户完全相同，其中' || len(f.dead_rows) || '人已登记死亡', 0.3, NULL
    FROM frozen f JOIN annual a ON a.village_code = f.village_code AND a.programme_key = f.programme_key AND a.y = f.y
    WHERE f.unchanged = f.now AND f.now >= $least_people AND len(f.dead_rows) >= $frozen_dead
    UNION ALL
    SELECT village_code, 'person', CAST(beneficiary AS VARCHAR), NULL, level, rows, yuan, first_on, last_on, programme, '同一人同期在' || places || '两村领取', 0.7 * CASE level WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 ELSE 0.8 END, NULL FROM ranger
)
SELECT village_code, subject_kind, subject_key, subject, level, rows AS evidence, yuan AS amount_yuan, first_on, last_on, programme, what, p, explained
FROM found WHERE len(rows) > 0
