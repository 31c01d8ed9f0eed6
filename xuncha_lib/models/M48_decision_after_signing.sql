/*---
id: M48
name: 合同缺民主决策或先签后议
category: C6
severity: medium
identity: null
prior: 0.5
needs: {contract: [row_id, village_code, decided_on, signed_on]}
uses:
  contract: [object_name, contract_kind]
  lease: [party, object_name, annual_yuan, bidding, words]
  meeting: [held_on, topic, row_id]
knobs: {late_days: 7, filled: 0.8, since_year: 2011}
basis: [村民委员会组织法(2018) §24, 农村土地承包法 §52, 农村集体经济组织法 §26, 农村集体经济组织财务制度 财农〔2021〕121号 §7]
reason: "{object_name}合同{first_on}签订，{fact}，需核实会议记录原件"
innocent: [会议记录里已有同一事项, 决策日期一栏未填, 早年合同, 续签沿用原决议, 家庭承包地]
check: [会议记录和签到, 公示照片, 交易平台成交记录]
aspects: [A07, A16]
forms: [F33, F64]
not_for: 台账未填日期不等于没有开会
---*/
WITH asked AS (
    SELECT c.row_id, c.village_code, coalesce(c.object_name, l.party, '合同') AS object_name, c.signed_on, c.decided_on, l.annual_yuan, coalesce(l.words, '') AS words,
           regexp_matches(concat_ws(' ', c.contract_kind, l.words, c.object_name), '家庭承包|确权|口粮田|责任田|二轮') AS is_family
    FROM contract c JOIN lease l USING (row_id) WHERE c.signed_on IS NOT NULL
), kept AS (
    SELECT village_code, count(decided_on) AS filled, count(*) AS n, count(*) FILTER (decided_on > signed_on + CAST($late_days AS INT)) AS late FROM asked WHERE NOT is_family GROUP BY 1
), judged AS (
    SELECT a.*, k.late > 0.4 * k.n AND k.n >= 5 AS is_habit,
           CASE WHEN a.decided_on > a.signed_on + CAST($late_days AS INT) THEN '登记的民主决策在' || strftime(a.decided_on, '%Y-%m-%d') || '，晚于签订'
                WHEN a.decided_on IS NULL AND k.n >= 5 AND k.filled >= $filled * k.n THEN '本村其他合同多有决策日期，这份没有' END AS fact
    FROM asked a JOIN kept k USING (village_code) WHERE NOT a.is_family AND year(a.signed_on) >= $since_year
), minuted AS (
    SELECT j.row_id, min(m.row_id) AS meeting_row, min(m.held_on) AS held_on FROM judged j JOIN meeting m ON m.village_code = j.village_code
    WHERE j.fact IS NOT NULL AND m.held_on BETWEEN j.signed_on - 180 AND j.signed_on AND length(j.object_name) >= 2 AND contains(coalesce(m.topic, ''), j.object_name) GROUP BY 1
)
SELECT j.village_code, 'contract' AS subject_kind, 'c' || j.row_id AS subject_key, j.object_name AS subject, NULL::INT AS level, [j.row_id] AS evidence,
       CASE WHEN m.meeting_row IS NOT NULL THEN [m.meeting_row] END AS context, j.object_name, CAST(j.annual_yuan AS DOUBLE) AS amount_yuan, j.signed_on AS first_on, j.decided_on AS last_on, j.fact,
       CASE WHEN j.decided_on IS NULL THEN 0.3 WHEN j.is_habit THEN 0.3 ELSE 0.5 END AS p,
       CASE WHEN m.held_on IS NOT NULL THEN '会议记录' || strftime(m.held_on, '%Y-%m-%d') || '已有同一标的的议题'
            WHEN regexp_matches(j.words, '续签|续租|续包|延期') THEN '台账注明为续签' END AS explained
FROM judged j LEFT JOIN minuted m USING (row_id) WHERE j.fact IS NOT NULL
ORDER BY 1, 3
