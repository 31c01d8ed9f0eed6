/*---
id: M12
name: 同一人同一项目同期重复发放
category: C2
severity: high
identity: L4
prior: 0.85
needs: {payment: [beneficiary, amount_yuan]}
uses:
  payment: [person_key, village_code, programme, programme_key, class, paid_on, month_from, month_to, is_late, note, category,
            plot_code, area_mu, row_id]
knobs: {batch_share: 0.3}
basis: [社会救助暂行办法 §66(三)]
reason: "同一人在{programme}同一所属期出现{n}笔发放（{first_month}起），合计{amount_yuan}元，疑似重复，需核实"
innocent: [退回后重新发放, 补发或补差, 分批发放, 两块地两行, 同名不同人, 一人享受两个类别]
check: [支付状态与银行退票记录, 两份发放表的编制人和审核人, 两笔是否都到账]
aspects: [A02]
forms: [F06, F07]
not_for: 不用于只凭姓名相同的两行
---*/
WITH dated AS (
    SELECT *, CASE WHEN class = 'land' THEN date_trunc('year', month_from) ELSE month_from END AS period_on
    FROM payment WHERE NOT is_late AND month_from IS NOT NULL
), again AS MATERIALIZED (
    SELECT person_key, programme_key, period_on FROM dated GROUP BY ALL HAVING count(*) > 1
), near AS MATERIALIZED (
    SELECT d.row_id, d.village_code, d.beneficiary, d.person_key, d.programme, d.programme_key, d.class, d.month_from, d.period_on, d.amount_yuan,
           d.area_mu, d.plot_code, d.note,
           regexp_matches(concat(note, programme, category), '第[一二三四1-4](批|次|季度|期)|[上下]半年|批次|春季|秋季|两块|另一块|分户|[一二三四]季度|首批|尾款|余款') AS is_batch
    FROM dated d SEMI JOIN again USING (person_key, programme_key, period_on)
), twice AS (
    SELECT person_key, programme_key, period_on
    FROM near WHERE NOT is_batch
    GROUP BY ALL
    HAVING count(*) > 1
       AND (min(class) <> 'land' OR count(DISTINCT plot_code) < count(*))
       AND (count(DISTINCT (amount_yuan, area_mu)) < count(*) OR count(DISTINCT village_code) > 1)
), crowd AS (  -- place NULL: over all villages
    SELECT programme_key, period_on, place, count(DISTINCT person_key) AS doubled
    FROM (SELECT n.*, unnest([NULL, coalesce(n.village_code, '')]) AS place FROM near n SEMI JOIN twice USING (person_key, programme_key, period_on))
    GROUP BY ALL HAVING doubled > 2
), habit AS (
    SELECT c.programme_key, c.period_on, c.place, c.doubled, count(DISTINCT d.person_key) AS drawn
    FROM crowd c JOIN dated d ON d.programme_key = c.programme_key AND d.period_on = c.period_on
    WHERE c.place IS NULL OR c.place = coalesce(d.village_code, '')
    GROUP BY ALL
), suspect AS (
    SELECT d.* FROM near d SEMI JOIN twice USING (person_key, programme_key, period_on)
    WHERE NOT d.is_batch AND NOT EXISTS (
        FROM habit h WHERE h.programme_key = d.programme_key AND h.period_on = d.period_on
            AND (h.place IS NULL OR h.place = coalesce(d.village_code, '')) AND h.doubled > $batch_share * h.drawn)
), levelled AS (
    SELECT s.*, coalesce(sp.level, 4) AS level, sp.namesakes
    FROM suspect s LEFT JOIN same_person sp ON sp.a = s.beneficiary
        AND sp.b = (SELECT min(o.beneficiary) FROM suspect o WHERE o.person_key = s.person_key AND o.programme_key = s.programme_key)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind,
       CAST(min(beneficiary) AS VARCHAR) AS subject_key, max(level) AS level, max(namesakes) AS namesakes,
       list(row_id) AS evidence, sum(amount_yuan)::DOUBLE AS amount_yuan,
       min(month_from) AS first_on, max(month_from) AS last_on,
       min(programme) AS programme, count(*) AS n, strftime(min(month_from), '%Y年%-m月') AS first_month,
       CASE WHEN bool_or(regexp_matches(note, '已退|退还|追回|收回|缴回|重发|重新发放|重报')) THEN '备注记有退回、收回或重发' END AS explained
FROM levelled
GROUP BY person_key, programme_key
