/*---
id: M14
name: 发放金额与标准不一致
category: C2
severity: medium
identity: null
prior: 0.65
needs: {payment: [beneficiary, amount_yuan]}
uses:
  payment: [payment_id, person_key, village_code, programme, programme_key, programme_code, class, category, month_from, month_to, area_mu, is_late, note, row_id]
  subsidy: [standard_yuan, months, people, area_mu]
  village: [town]
knobs: {slack_yuan: 1, slack_share: 0.02, most_off: 0.2, least_rows: 10, usual_share: 0.8, tier_persons: 3}
basis: []
note: 标准取自发放表本身：标准列，或同表绝大多数人的单价；当地标准文件未载入时不代表政策标准
reason: "{programme}{n}笔发放{amount_yuan}元，按{rule}应为{expected}元，{direction}{over}元，需核实"
innocent: [补发扣发或补差, 分档分类施保加发, 年中标准调整, 几个月合并发放, 全表都按另一种算法计算]
check: [发放计算表, 当年标准文件, 该户档次与人数的审批表]
aspects: [A02, A03]
forms: [F07, F11]
not_for: 不用于没有标准文件时认定多发
---*/
WITH told AS (
    SELECT row_id, max(standard_yuan) AS standard, max(months) AS months, max(people) AS people FROM subsidy WHERE standard_yuan > 0 GROUP BY row_id
), paid AS (
    SELECT p.payment_id, p.row_id, p.village_code, p.beneficiary, p.person_key, p.programme, p.programme_code, p.programme_key, p.class,
           p.month_from, p.month_to, p.area_mu, p.category, p.note, v.town, t.standard, t.people AS heads, CAST(p.amount_yuan AS DOUBLE) AS yuan, year(p.month_from) AS y,
           coalesce(t.months, date_diff('month', p.month_from, p.month_to) + 1) AS months
    FROM payment p LEFT JOIN told t USING (row_id) LEFT JOIN village v USING (village_code) WHERE NOT p.is_late AND p.month_from IS NOT NULL
), fitted AS (
    -- What the columns of the row can mean together; the largest of them is the most the standard allows.
    SELECT *, CASE WHEN area_mu > 0 AND class IN ('land', 'other') THEN [standard * area_mu]
                   WHEN class = 'land' THEN NULL
                   ELSE [standard, standard * months, standard * heads, standard * heads * months] END AS fits
    FROM paid WHERE standard > 0
), by_standard AS (
    SELECT *, list_max(fits) AS most, list_min(list_transform(fits, lambda f: abs(f - yuan))) AS gap FROM fitted
    WHERE len(fits) > 0 AND (class <> 'means' OR heads IS NOT NULL)
), off_standard AS (
    SELECT *, gap > greatest($slack_yuan, $slack_share * yuan) AS is_off FROM by_standard
), roll AS (
    SELECT programme_key, town, y, count(*) AS n, count(*) FILTER (is_off) AS n_off FROM off_standard GROUP BY ALL
), stated AS (
    SELECT o.payment_id, o.most AS expected, '表内标准' AS rule
    FROM off_standard o JOIN roll r ON r.programme_key = o.programme_key AND r.town IS NOT DISTINCT FROM o.town AND r.y = o.y
    -- where many rows of a roll do not follow from its standard, the rule of the roll is another one
    WHERE o.is_off AND r.n_off <= $most_off * r.n AND r.n >= $least_rows AND (o.class <> 'means' OR o.yuan > o.most)
), rate AS (
    SELECT programme_key, town, y, median(yuan / area_mu) AS rate, count(*) AS n FROM paid
    WHERE class = 'land' AND area_mu >= 0.5 AND standard IS NULL GROUP BY ALL
), by_rate AS (
    SELECT p.*, r.rate * p.area_mu AS expected, abs(p.yuan - r.rate * p.area_mu) > greatest(5, $slack_share * p.yuan) AS is_off
    FROM paid p JOIN rate r ON r.programme_key = p.programme_key AND r.town IS NOT DISTINCT FROM p.town AND r.y = p.y
    WHERE p.class = 'land' AND p.area_mu > 0 AND p.standard IS NULL AND r.n >= $least_rows
), rated_roll AS (
    SELECT programme_key, town, y, count(*) AS n, count(*) FILTER (is_off) AS n_off FROM by_rate GROUP BY ALL
), rated AS (
    SELECT b.payment_id, b.expected, '同表多数人的每亩单价' AS rule
    FROM by_rate b JOIN rated_roll r ON r.programme_key = b.programme_key AND r.town IS NOT DISTINCT FROM b.town AND r.y = b.y
    WHERE b.is_off AND r.n_off <= $most_off / 2 * r.n
), sum AS (
    SELECT programme_key, town, category, month_from, month_to, yuan, count(*) AS alike, min(payment_id) AS payment_id
    FROM paid WHERE standard IS NULL AND class IN ('post', 'other') AND programme_code IN ('B06', 'B10', 'B11', 'B12') GROUP BY ALL
), usual AS (
    SELECT programme_key, town, category, month_from, month_to, sum(alike) AS n, max(alike) AS most, arg_max(yuan, (alike, -yuan)) AS usual FROM sum GROUP BY ALL
), flattened AS (
    SELECT s.payment_id, u.usual AS expected, '同表多数人的金额' AS rule
    FROM sum s JOIN usual u ON u.programme_key = s.programme_key AND u.town IS NOT DISTINCT FROM s.town AND u.category IS NOT DISTINCT FROM s.category
        AND u.month_from = s.month_from AND u.month_to IS NOT DISTINCT FROM s.month_to
    WHERE s.alike = 1 AND u.n >= $least_rows AND u.most >= $usual_share * u.n AND s.yuan > u.usual * (1 + $slack_share) AND s.yuan % u.usual > 0.005
), constant AS (
    SELECT programme_key, person_key, min(yuan) AS yuan FROM paid WHERE standard IS NULL AND area_mu IS NULL AND class IN ('universal', 'post', 'other') GROUP BY ALL
    HAVING count(*) >= 2 AND min(yuan) = max(yuan)
), value AS (
    -- The tiers of a roll are the sums that somebody gets period after period.
    SELECT p.programme_key, p.yuan, coalesce(t.persons, 0) AS persons
    FROM (SELECT DISTINCT programme_key, yuan FROM paid WHERE standard IS NULL AND area_mu IS NULL AND class IN ('universal', 'post', 'other')) p
    LEFT JOIN (SELECT programme_key, yuan, count(DISTINCT person_key) AS persons FROM constant GROUP BY ALL) t
        ON t.programme_key = p.programme_key AND t.yuan = p.yuan
), rhythm AS (
    SELECT programme_key, town, month_from, row_number() OVER (PARTITION BY programme_key, town ORDER BY month_from) AS nth, sum(n) OVER (PARTITION BY programme_key, town) AS n
    FROM (SELECT programme_key, town, month_from, count(*) AS n FROM paid GROUP BY ALL)
), own AS (
    SELECT p.payment_id, p.person_key, p.programme_key, p.town, p.yuan, p.month_from, v.persons, r.nth, r.n, row_number() OVER (PARTITION BY p.person_key, p.programme_key, p.town ORDER BY p.month_from) AS own_nth
    FROM paid p JOIN value v ON v.programme_key = p.programme_key AND v.yuan = p.yuan
    JOIN rhythm r ON r.programme_key = p.programme_key AND r.town IS NOT DISTINCT FROM p.town AND r.month_from = p.month_from
), beyond AS (
    SELECT o.payment_id, max(t.yuan) AS expected, '本人其他期次与同表各档金额' AS rule
    FROM own o JOIN own t ON t.person_key = o.person_key AND t.programme_key = o.programme_key AND t.persons >= $tier_persons
    WHERE o.persons = 0 AND o.n >= $least_rows
    GROUP BY o.payment_id, o.yuan, o.nth, o.own_nth
    -- several periods in one sum: only where the person missed that many
    HAVING o.yuan > max(t.yuan) * (1 + $slack_share) AND NOT (o.yuan % max(t.yuan) < 0.005 AND o.nth - o.own_nth >= o.yuan / max(t.yuan) - 1)
), found AS (
    SELECT p.*, f.expected, f.rule, p.yuan - f.expected AS over,
           regexp_matches(p.note, '补|扣|差|分类施保|加发|增发|调标|提标|调整|追|含|合并|连同|一并|上年|结转|动态|停|退') AS is_said
    FROM (FROM stated UNION ALL FROM rated UNION ALL FROM flattened UNION ALL FROM beyond) f JOIN paid p USING (payment_id)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(beneficiary) AS VARCHAR) AS subject_key, NULL::INT AS level,
       list(DISTINCT row_id) AS evidence, sum(yuan) AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       min(programme) AS programme, count(*) AS n, round(sum(expected), 2) AS expected, min(rule) AS rule,
       CASE WHEN sum(over) > 0 THEN '多出' ELSE '少发' END AS direction, abs(round(sum(over), 2)) AS over,
       CASE WHEN sum(over) <= 0 THEN 0.3 WHEN min(rule) = '同表多数人的金额' THEN 0.35 WHEN min(rule) LIKE '本人其他期次%' THEN 0.5 WHEN min(class) = 'means' THEN 0.5
            WHEN sum(over) < 50 THEN 0.3 ELSE 0.65 END AS p,
       CASE WHEN bool_and(is_said) THEN '备注：' || min(note) END AS explained
FROM found
GROUP BY person_key, programme_key
