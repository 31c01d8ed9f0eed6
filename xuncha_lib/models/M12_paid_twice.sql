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
    SELECT *, CASE WHEN class = 'land' THEN date_trunc('year', month_from) ELSE month_from END AS period_on,
           regexp_matches(concat(note, programme, category), '第[一二三四1-4](批|次|季度|期)|[上下]半年|批次|春季|秋季|两块|另一块|分户|[一二三四]季度|首批|尾款|余款') AS is_batch
    FROM payment WHERE NOT is_late AND month_from IS NOT NULL
), twice AS (
    SELECT person_key, programme_key, period_on
    FROM dated WHERE NOT is_batch
    GROUP BY ALL
    HAVING count(*) > 1
       AND (min(class) <> 'land' OR count(DISTINCT plot_code) < count(*))
       AND (count(DISTINCT (amount_yuan, area_mu)) < count(*) OR count(DISTINCT village_code) > 1)
), habit AS (
    SELECT d.programme_key, d.period_on, coalesce(d.village_code, '') AS place,
           count(DISTINCT t.person_key) AS doubled, count(DISTINCT d.person_key) AS drawn
    FROM dated d LEFT JOIN twice t USING (person_key, programme_key, period_on)
    GROUP BY GROUPING SETS ((d.programme_key, d.period_on), (d.programme_key, d.period_on, coalesce(d.village_code, '')))
), suspect AS (
    SELECT d.* FROM dated d JOIN twice t USING (person_key, programme_key, period_on)
    WHERE NOT d.is_batch AND NOT EXISTS (
        FROM habit h WHERE h.programme_key = d.programme_key AND h.period_on = d.period_on
            AND (h.place IS NULL OR h.place = coalesce(d.village_code, ''))
            AND h.doubled > 2 AND h.doubled > $batch_share * h.drawn)
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
