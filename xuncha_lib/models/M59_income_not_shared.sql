/*---
id: M59
name: 合作社盈余未见分给村集体
category: C8
severity: high
identity: null
prior: 0.5
needs: {coop: [row_id, village_code, company], money: [entry_on, side, amount_yuan, summary]}
uses:
  book_year: [village_code, y, months]
  coop: [surplus_yuan, collective_pct, collective_yuan, grant_yuan, agreed_pct, for_year, shared_yuan, turnover_yuan, state, note]
  money: [rows, payee_key, note]
knobs: {share: 0.8, least_yuan: 1000}
basis: [农民专业合作社法 §44, 农村集体经济组织法 §42]
reason: "{company}{terms}，村账收到{got}元，需核实分配决议"
innocent: [首年约定不分红, 受灾减免, 款项由镇级平台代收, 成员大会决定转为公积金, 村账已收到]
check: [分配方案和成员大会记录, 合作社账簿, 银行回单]
aspects: [A10, A05]
forms: [F45, F28]
not_for: 未分配不等于被截留
---*/
WITH listed AS (
    SELECT *, CASE WHEN collective_pct <= 1 THEN collective_pct * 100 ELSE collective_pct END AS pct, CASE WHEN agreed_pct < 0.5 THEN agreed_pct * 100 ELSE agreed_pct END AS agreed,
           CAST(coalesce(collective_yuan, grant_yuan) AS DOUBLE) AS put_in, concat_ws('；', state, note) AS said
    FROM coop c WHERE length(company) >= 4 AND EXISTS (FROM book_year b WHERE b.village_code = c.village_code)
), owed AS (
    SELECT row_id AS key, [row_id] AS rows, village_code, company, CAST(surplus_yuan AS DOUBLE) * pct / 100 AS due, CAST(shared_yuan AS DOUBLE) AS shared, said,
           '盈余' || CAST(round(surplus_yuan) AS BIGINT) || '元，村集体占' || pct || '%' AS terms
    FROM listed WHERE surplus_yuan > 0 AND pct > 0 AND pct <= 100
    UNION ALL
    -- Money put in at an agreed yearly return: what the years listed owe together; a year let off in writing owes nothing.
    SELECT min(row_id), list(row_id ORDER BY row_id), village_code, company, sum(put_in * agreed / 100), sum(coalesce(CAST(shared_yuan AS DOUBLE), 0)), string_agg(said, '；'),
           '投入' || CAST(round(max(put_in)) AS BIGINT) || '元，约定年收益' || max(agreed) || '%，' || count(*) || '年应得' || CAST(round(sum(put_in * agreed / 100)) AS BIGINT) || '元，台账记实际分红'
             || CAST(round(sum(coalesce(shared_yuan, 0))) AS BIGINT) || '元'
    FROM listed WHERE agreed > 0 AND agreed <= 30 AND put_in > 0 AND NOT coalesce(surplus_yuan > 0 AND pct > 0, false) AND NOT regexp_matches(said, '免分|免除|不分红|首年|建园期|建设期|受灾')
    GROUP BY village_code, company
), came AS (
    SELECT o.key, sum(m.amount_yuan) AS yuan, flatten(list(m.rows ORDER BY m.entry_on)) AS rows FROM owed o JOIN money m ON m.village_code = o.village_code
    WHERE m.side = 'in' AND (m.payee_key = o.company OR contains(coalesce(m.summary, ''), o.company)
      -- words alone tell nothing where the payer is another company
      OR ((m.payee_key IS NULL OR NOT regexp_matches(m.payee_key, '公司|合作社')) AND NOT regexp_matches(m.summary, '[一-龥]{4,}合作社') AND regexp_matches(concat_ws(' ', m.summary, m.note), '合作社.{0,8}(分红|收益|盈余)|(分红|收益).{0,8}合作社'))) GROUP BY 1
)
SELECT o.village_code, 'company' AS subject_kind, o.company AS subject_key, o.company AS subject, NULL::INT AS level, o.rows AS evidence, coalesce(c.rows, []) AS context, o.company,
       o.terms, CAST(coalesce(c.yuan, 0) AS DOUBLE) AS got, o.due - CAST(coalesce(c.yuan, 0) AS DOUBLE) AS amount_yuan,
       CASE WHEN o.shared > 0 AND c.yuan IS NULL THEN 0.5 WHEN o.terms LIKE '投入%' AND c.yuan IS NULL THEN 0.5 ELSE 0.35 END AS p,
       CASE WHEN regexp_matches(o.said, '首年|免分|不分红|次年') THEN '台账注明约定首年或当年不分红' WHEN regexp_matches(o.said, '受灾|减产|疫情') THEN '台账注明受灾'
            WHEN regexp_matches(o.said, '镇.{0,6}(代收|平台)|统一(收|分)') THEN '台账注明由镇级平台收取' WHEN regexp_matches(o.said, '公积金|转增|扩大生产') THEN '台账注明转作公积金' END AS explained
FROM owed o LEFT JOIN came c USING (key)
WHERE coalesce(CAST(c.yuan AS DOUBLE), 0) < $share * o.due AND o.due >= $least_yuan
ORDER BY 1, 3
