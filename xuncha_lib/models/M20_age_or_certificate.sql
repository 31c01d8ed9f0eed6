/*---
id: M20
name: 年龄或残疾证与待遇条件不一致
category: C3
severity: medium
identity: L4
prior: 0.75
needs: {payment: [beneficiary, programme, amount_yuan], mention: [mention_id]}
uses:
  payment: [person_key, village_code, programme_code, programme_key, category, month_from, month_to, is_late, note, row_id]
  mention: [birth_on, id_state]
  person_key: [mention_id, person_key]
  disability: [person, level, issued_on, expires_on, cancelled_on, state, note, row_id]
  subsidy: [disability_level, valid_until]
  village: [town]
knobs: {grace_months: 1, expired_months: 3, least_roll: 20, line_share: 0.9, least_register: 20}
basis: []
note: 年龄线由本镇同一项目名册自身推出：绝大多数享受人都达到的整五岁；当地文件另有规定的以文件为准
reason: "{programme}{n}笔发放（{first_month}至{last_month}）合计{amount_yuan}元，{why}，需核实"
innocent: [出生日期经公安更正, 残疾证换证登记较晚, 等级已上调, 按月提前一个月发放, 款项已退回, 证件登记不全, 同名不同人]
check: [户口簿和身份证出生日期, 残疾证原件与残联系统, 审批表所附材料]
aspects: [A03]
forms: [F11]
not_for: 不用于证件号损坏的人；不用于直接停发
---*/
WITH known AS (
    -- A masked number that fits one person of a register: the register has the day of birth.
    SELECT sp.a, min(r.birth_on) AS birth_on, max(sp.level) AS level FROM (SELECT DISTINCT p.beneficiary FROM payment p JOIN mention m ON m.mention_id = p.beneficiary
        WHERE m.id_state = 'masked' AND p.programme_code IN ('B07', 'B12')) q
    JOIN same_person sp ON sp.a = q.beneficiary AND sp.level <= 2 JOIN mention r ON r.mention_id = sp.b AND r.id_state IN ('valid', 'old15') AND r.birth_on IS NOT NULL
    GROUP BY sp.a HAVING count(DISTINCT r.birth_on) = 1
), born AS (
    SELECT mention_id, birth_on, 1 AS level FROM mention WHERE id_state IN ('valid', 'old15') AND birth_on IS NOT NULL UNION ALL SELECT a, birth_on, level FROM known
), aged AS (
    SELECT p.*, m.birth_on, m.level AS birth_level, coalesce(v.town, '') AS town, date_diff('month', m.birth_on, p.month_to + INTERVAL 1 MONTH - INTERVAL 1 DAY) AS months_old,
           -- the tier a row names itself: 80-89周岁, 90岁以上
           TRY_CAST(nullif(regexp_extract(concat_ws(' ', p.category, p.programme, p.note), '(\d{2,3})\s*(周?岁)?\s*([-—~至－]\s*\d{2,3}\s*周?岁|周?岁(以上|及以上)?)', 1), '') AS INT) AS tier
    FROM payment p JOIN born m ON m.mention_id = p.beneficiary LEFT JOIN village v ON v.village_code = p.village_code
    WHERE p.month_from IS NOT NULL AND NOT p.is_late
      AND (p.programme_code IN ('B07', 'B12') OR regexp_matches(coalesce(p.programme, ''), '养老金|基础养老|老年(人)?(生活)?(津|补)贴|老党员'))
), paid_person AS (
    SELECT town, programme_key, person_key, max(months_old) AS oldest FROM aged GROUP BY ALL
), line AS (
    -- town NULL: all towns together, for a town with too few people of its own
    SELECT town, programme_key, max(l) AS line FROM (
        SELECT town, programme_key, l, count(*) FILTER (oldest >= 12 * l - $grace_months) AS above, count(*) AS n
        FROM (FROM paid_person UNION ALL SELECT NULL, programme_key, person_key, max(oldest) FROM paid_person GROUP BY programme_key, person_key),
             (SELECT unnest(generate_series(50, 100, 5)) AS l) GROUP BY town, programme_key, l)
    WHERE n >= $least_roll AND above >= $line_share * n GROUP BY ALL
), young AS (
    SELECT a.*, coalesce(CASE WHEN a.tier BETWEEN 50 AND 100 THEN a.tier END, l.line, w.line) AS required
    FROM aged a LEFT JOIN line l ON l.town = a.town AND l.programme_key = a.programme_key LEFT JOIN line w ON w.town IS NULL AND w.programme_key = a.programme_key
), too_young AS (
    SELECT row_id, village_code, beneficiary, person_key, programme, programme_key, month_from, amount_yuan, note, birth_level AS level, NULL::BIGINT AS namesakes, NULL::BIGINT AS register_row,
           '按证件号出生于' || strftime(birth_on, '%Y年%-m月') || '，发放时不满' || required || '周岁' AS why, NULL AS said, 0.75 AS p
    FROM young WHERE months_old < 12 * required - $grace_months
), cert AS (
    SELECT d.person AS holder, d.row_id, d.issued_on, d.expires_on, d.cancelled_on, coalesce(d.note, '') AS note,
           regexp_matches(coalesce(d.state, ''), '注销|作废|失效|撤销|停用|过期|冻结') AND d.cancelled_on IS NULL AS is_void, degree_of(d.level) AS degree
    FROM disability d
), held AS (
    SELECT k.person_key, c.*, min(sp.level) AS level, max(sp.namesakes) AS namesakes
    FROM cert c JOIN same_person sp ON sp.b = c.holder JOIN person_key k ON k.mention_id = sp.a GROUP BY ALL
), disabled AS (
    SELECT p.*, concat_ws(' ', p.programme, p.category) AS words, degree_of(coalesce(u.level, p.category)) AS paid_degree, u.valid_until
    FROM payment p LEFT JOIN (SELECT row_id, min(disability_level) AS level, max(valid_until) AS valid_until FROM subsidy GROUP BY row_id) u USING (row_id)
    WHERE p.programme_code = 'B06' AND NOT p.is_late AND p.month_from IS NOT NULL
), judged AS (
    -- of several certificates the one that explains the payment best
    SELECT d.*, h.row_id AS register_row, h.level, h.namesakes, h.note AS cert_note, h.degree,
           CASE WHEN h.is_void THEN '残疾证登记为注销或失效'
                WHEN h.cancelled_on < d.month_from - INTERVAL 1 MONTH THEN '残疾证' || strftime(h.cancelled_on, '%Y年%-m月') || '已注销'
                WHEN h.expires_on < d.month_from - to_months($expired_months) THEN '残疾证' || strftime(h.expires_on, '%Y年%-m月') || '到期后未见换证'
                WHEN h.issued_on > d.month_to + INTERVAL 1 MONTH THEN '残疾证' || strftime(h.issued_on, '%Y年%-m月') || '才发证'
                WHEN d.paid_degree < h.degree THEN '按' || ['一', '二', '三', '四'][d.paid_degree] || '级发放，残疾证登记为' || ['一', '二', '三', '四'][h.degree] || '级'
                WHEN h.degree > 2 AND d.words LIKE '%护理%' AND d.words NOT LIKE '%生活%' AND d.paid_degree IS NULL THEN '发放的是护理补贴，残疾证登记为' || ['一', '二', '三', '四'][h.degree] || '级'
           END AS fault
    FROM disabled d JOIN held h USING (person_key)
    QUALIFY row_number() OVER (PARTITION BY d.row_id, d.month_from, d.programme_key ORDER BY fault IS NOT NULL, h.level, h.row_id) = 1
), covered AS (
    -- a register that lacks many of the paid is not the whole register
    SELECT d.village_code, count(DISTINCT d.person_key) AS paid, count(DISTINCT h.person_key) AS found,
           (SELECT count(*) FROM cert) AS whole
    FROM disabled d LEFT JOIN held h USING (person_key) GROUP BY 1
), misfit AS (
    SELECT row_id, village_code, beneficiary, person_key, programme, programme_key, month_from, amount_yuan, note, level, namesakes, register_row, fault AS why,
           CASE WHEN regexp_matches(cert_note, '换证|换发|补办|更正|上调|重新评定|延期') THEN '残疾证备注：' || cert_note END AS said, 0.75 AS p
    FROM judged WHERE fault IS NOT NULL
    UNION ALL
    SELECT row_id, village_code, beneficiary, person_key, programme, programme_key, month_from, amount_yuan, note, 1, NULL, NULL,
           '发放表上的残疾证' || strftime(valid_until, '%Y年%-m月') || '已到期', NULL, 0.7
    FROM disabled d WHERE valid_until < month_from - to_months($expired_months) AND NOT EXISTS (FROM held h WHERE h.person_key = d.person_key)
    UNION ALL
    SELECT d.row_id, d.village_code, d.beneficiary, d.person_key, d.programme, d.programme_key, d.month_from, d.amount_yuan, d.note, 1, NULL, NULL,
           '残疾人登记中未见其证件', NULL, CASE WHEN c.found >= 0.9 * c.paid THEN 0.6 ELSE 0.3 END
    FROM disabled d JOIN covered c USING (village_code) JOIN mention m ON m.mention_id = d.beneficiary
    WHERE m.id_state = 'valid' AND c.whole >= $least_register AND c.found >= 0.7 * c.paid AND NOT EXISTS (FROM held h WHERE h.person_key = d.person_key)
), found AS (
    FROM too_young UNION ALL FROM misfit
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(beneficiary) AS VARCHAR) AS subject_key,
       max(level) AS level, max(namesakes) AS namesakes, list(DISTINCT row_id) AS evidence, list(DISTINCT register_row) FILTER (register_row IS NOT NULL) AS context,
       CAST(sum(amount_yuan) AS DOUBLE) AS amount_yuan, min(month_from) AS first_on, max(month_from) AS last_on,
       min(programme) AS programme, count(*) AS n, min(why) AS why, max(p) * CASE max(level) WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 WHEN 3 THEN 0.85 ELSE 0.8 END AS p,
       strftime(min(month_from), '%Y年%-m月') AS first_month, strftime(max(month_from), '%Y年%-m月') AS last_month,
       CASE WHEN bool_and(regexp_matches(note, '已退|退还|追回|收回|缴回')) THEN '备注记有款项已退回或收回'
            WHEN bool_or(regexp_matches(note, '更正|公安|出生日期|换证|补办|升级|上调')) THEN '备注：' || max(note)
            WHEN count(said) = count(*) THEN min(said) END AS explained
FROM found
GROUP BY person_key, programme_key
