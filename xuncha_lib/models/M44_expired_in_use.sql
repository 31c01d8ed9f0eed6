/*---
id: M44
name: 到期未收回继续使用
category: C6
severity: medium
identity: null
prior: 0.65
needs: {contract: [row_id, village_code]}
uses:
  lease: [object_name, party, thing, starts_on, ends_on, area_mu, area_m2, annual_yuan, words]
  rent_receipt: [rows, entry_on, contract_row]
  setting: [key, value]
knobs: {grace_days: 60}
basis: [民法典 §734]
reason: "{object_name}合同{last_on}到期，{fact}，未见续签或收回，需核实"
innocent: [已续签新合同, 台账注明收回或拆除征收, 正在诉讼, 到期不久正在办理]
check: [续签协议, 现场占用情况, 到期后收款记录]
aspects: [A07]
forms: [F31, F26]
not_for: 到期继续使用不能据此定性，须看双方约定
---*/
WITH expired AS (
    SELECT l.*, regexp_replace(coalesce(l.object_name, ''), '[\s（）()0-9.]|承包|租赁|合同|出租|项目|续租|续包', '', 'g') AS plain_object
    FROM lease l WHERE l.ends_on < as_of() - $grace_days AND l.ends_on > DATE '1990-01-01'
), paid_after AS (
    SELECT e.row_id, list(r.row_id) AS rows, max(r.entry_on) AS paid_on FROM expired e JOIN rent_receipt r ON r.contract_row = e.row_id
    WHERE r.entry_on > e.ends_on + 90 GROUP BY ALL
), renewed AS (
    SELECT DISTINCT e.row_id FROM expired e JOIN lease n ON n.village_code = e.village_code AND n.row_id <> e.row_id
    WHERE n.starts_on >= e.ends_on - 120 AND (n.ends_on IS NULL OR n.ends_on > e.ends_on)
      AND (regexp_replace(coalesce(n.object_name, ''), '[\s（）()0-9.]|承包|租赁|合同|出租|项目|续租|续包', '', 'g') = e.plain_object
           OR (n.party = e.party AND n.thing = e.thing AND (n.area_mu = e.area_mu OR n.area_m2 = e.area_m2)))
), judged AS (
    SELECT e.*, p.rows AS paid_rows, p.paid_on, n.row_id IS NOT NULL AS is_renewed,
           says_renewed(e.words) AS said_renewed, says_lawsuit(e.words) AS is_sued,
           regexp_matches(coalesce(e.words, ''), '未(收回|退|交还|续)|仍(在|由)|继续|占用|在用|使用中|在租') AS is_used, says_ended(e.words) AS is_ended
    FROM expired e LEFT JOIN paid_after p USING (row_id) LEFT JOIN renewed n USING (row_id)
), crowd AS (
    SELECT village_code, count(*) AS n FROM judged WHERE NOT is_renewed AND NOT is_ended AND NOT is_used AND paid_rows IS NULL GROUP BY ALL
)
SELECT j.village_code, 'contract' AS subject_kind, 'c' || j.row_id AS subject_key, coalesce(j.object_name, j.party) AS subject, NULL::INT AS level,
       [j.row_id] AS evidence, j.paid_rows AS context, coalesce(j.object_name, j.party) AS object_name, j.ends_on AS last_on, CAST(j.annual_yuan AS DOUBLE) AS amount_yuan,
       CASE WHEN j.is_used THEN '台账注明仍在使用' WHEN j.paid_rows IS NOT NULL THEN '到期后仍有收款' ELSE '台账仍列为有效' END AS fact,
       CASE WHEN j.is_used THEN 0.85 WHEN j.paid_rows IS NOT NULL THEN 0.75 WHEN c.n > 4 THEN 0.35 ELSE 0.65 END AS p,
       CASE WHEN j.is_renewed THEN '同一标的已有后续合同' WHEN j.said_renewed AND NOT regexp_matches(coalesce(j.words, ''), '未续|没有续') THEN '台账注明已续签或延期'
            WHEN j.is_sued THEN '台账注明诉讼或纠纷处理中' WHEN j.ends_on > as_of() - 120 THEN '到期不足四个月' END AS explained
FROM judged j LEFT JOIN crowd c USING (village_code)
WHERE NOT (j.is_ended AND NOT j.is_used)
ORDER BY 1, 3
