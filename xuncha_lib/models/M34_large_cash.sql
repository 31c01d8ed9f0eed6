/*---
id: M34
name: 大额现金、超结算起点
category: C5
severity: medium
identity: null
prior: 0.6
needs: {money: [row_id, rows, village_code, entry_on, side, amount_yuan, method, summary]}
uses:
  cancelled: [village_code]
  limit_span: [town, name, valid_from, valid_to, value]
  money: [account_class, payee, payee_org, note, payee_key, template]
  village: [town]
limits: [cash_single_yuan]
knobs: {times: 1.0}
basis: [现金管理暂行条例 §5, 现金管理暂行条例 §9]
reason: "向{subject}现金支付{n}笔，单笔最高{largest}元，超过结算起点{limit}元，摘要为“{about}”，需核实"
innocent: [工资和劳务可付现金, 救济抚恤及向个人收购可付现金, 收款方没有账户或网点不便已注明, 已退回]
check: [盘点库存现金, 电话核实收款人, 查看收据与签字]
aspects: [A05]
forms: [F21]
not_for: 起点为参考值；镇里另有规定的以当地为准
---*/
WITH spent AS (
    SELECT m.row_id, m.rows, m.village_code, m.entry_on, m.amount_yuan, m.summary, m.payee_key, m.payee, m.payee_org,
           coalesce(m.payee_key, m.template) AS key, l.value AS limit_yuan, m.note, c.row_id IS NOT NULL AS is_cancelled,
           says_wages(m.summary) OR says_personal_relief(m.summary) OR says_wages(m.note) OR says_personal_relief(m.note)
             OR m.account_class = 'wages' AS is_personal,
           regexp_matches(concat_ws(' ', m.summary, m.note), '无(对公)?(账|帐)户|未开(户|通)|网点|停电|断网|系统(故障|维护|升级)|没有(银行)?(卡|账户)|不便转账|经?镇.{0,8}(同意|批准)|特殊情况') AS is_noted
    FROM money m JOIN village v USING (village_code)
    JOIN limit_span l ON l.town = coalesce(v.town, '') AND l.name = 'cash_single_yuan' AND m.entry_on BETWEEN l.valid_from AND l.valid_to
    LEFT JOIN cancelled c USING (row_id)
    WHERE m.side = 'out' AND m.method = 'cash' AND m.amount_yuan > $times * l.value
), kinds AS (
    SELECT *, CASE WHEN is_personal AND payee_org IS NULL THEN '付给个人的工资劳务、救济或收购款，可用现金'
                   WHEN is_noted THEN '账上注明现金支付的原因' WHEN is_cancelled THEN '该款已退回或冲回' END AS said
    FROM spent
), crowd AS (
    SELECT village_code, count(DISTINCT key) AS payees, count(*) AS n FROM kinds WHERE said IS NULL GROUP BY ALL
), volume AS (
    SELECT village_code, count(*) AS n FROM money WHERE side = 'out' AND amount_yuan > 1000 GROUP BY ALL
)
SELECT k.village_code, 'payee' AS subject_kind, concat_ws('|', 'cash', k.key) AS subject_key, coalesce(min(k.payee_key), min(k.summary)) AS subject,
       NULL::INT AS level, flatten(list(k.rows ORDER BY k.entry_on, k.row_id)) AS evidence, CAST(sum(k.amount_yuan) AS DOUBLE) AS amount_yuan,
       min(k.entry_on) AS first_on, max(k.entry_on) AS last_on, count(*) AS n, CAST(max(k.amount_yuan) AS DOUBLE) AS largest,
       any_value(k.limit_yuan) AS "limit", arg_max(k.summary, (k.amount_yuan, k.summary)) AS about,
       CASE WHEN any_value(c.n) > 0.34 * any_value(v.n) AND any_value(c.n) > 6 THEN 0.2
            WHEN any_value(k.payee_org) IS NOT NULL THEN CASE WHEN max(k.amount_yuan) >= 3 * any_value(k.limit_yuan) THEN 0.8 ELSE 0.65 END
            WHEN any_value(k.payee_key) IS NULL THEN 0.4
            -- a person, and nothing written that says what for: most likely wages
            WHEN bool_and(coalesce(k.summary, '') = '') AND max(k.amount_yuan) < 5 * any_value(k.limit_yuan) THEN 0.25
            WHEN max(k.amount_yuan) >= 5 * any_value(k.limit_yuan) THEN 0.65 ELSE 0.45 END
         * CASE WHEN any_value(c.payees) > 8 THEN 0.5 ELSE 1 END AS p,
       k.said AS explained
FROM kinds k LEFT JOIN crowd c USING (village_code) LEFT JOIN volume v USING (village_code)
WHERE NOT (k.said IS NOT NULL AND k.is_personal AND k.payee_org IS NULL)
GROUP BY k.village_code, k.key, k.said
ORDER BY 1, 3
