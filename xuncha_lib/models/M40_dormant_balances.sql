/*---
id: M40
name: 往来长期挂账、反向余额
category: C5
severity: medium
identity: null
prior: 0.5
needs: {trial_balance: [row_id, village_code, period_on, account_name, closing_yuan]}
uses:
  trial_balance: [account_code, side, opening_yuan, debit_yuan, credit_yuan]
  business: [company_org, state, is_active, row_id]
knobs: {dormant_months: 12, long_months: 36, two_years: 24, least_yuan: 500, least_total_yuan: 2000, sure_yuan: 5000}
basis: [农村集体经济组织财务制度 财农〔2021〕121号 §29]
reason: "{what}{n}户{fact}，合计{amount_yuan}元（{parties}），需核实债权债务是否真实、是否催收"
innocent: [正在诉讼或执行, 按政策锁定的旧债, 期间内有收付只是余额相同, 内部往来可有双方余额, 只有一个期间的余额表, 金额很小]
check: [账龄表, 对账函或债务人确认, 原始借据与合同, 催收记录]
aspects: [A12, A05]
forms: [F24, F53]
not_for: 长期未动只说明需要对账，不说明款项去向
---*/
WITH rows_of AS (
    SELECT row_id, village_code, CAST(date_trunc('month', period_on) AS DATE) AS m, account_code AS code, regexp_replace(coalesce(account_name, ''), '\s', '', 'g') AS name,
           CAST(closing_yuan AS DOUBLE) * CASE WHEN side LIKE '贷%' THEN -1 ELSE 1 END AS closing, side IS NOT NULL AS is_sided,
           coalesce(debit_yuan, 0) <> 0 OR coalesce(credit_yuan, 0) <> 0 AS is_moved, opening_yuan = closing_yuan AS is_still, year(period_on) >= 2024 AS is_new
    FROM trial_balance WHERE period_on IS NOT NULL AND closing_yuan IS NOT NULL
), classed AS (
    SELECT *, CASE WHEN contains(name, '/') THEN class_of_name(split_part(name, '/', 1)) WHEN length(code) > 3 THEN class_of_code(code, is_new)
                   ELSE coalesce(class_of_name(name), class_of_code(code, is_new)) END AS class,
           contains(name, '/') OR length(code) > 3 AS is_sub, split_part(name, '/', -1) AS party
    FROM rows_of WHERE name <> ''
), owed AS (
    SELECT * FROM classed WHERE class IN ('receivable', 'payable')
), leaf AS (
    -- A summary account is looked at only where nothing stands below it.
    SELECT o.* FROM owed o
    WHERE NOT EXISTS (FROM owed s WHERE s.village_code = o.village_code AND s.m = o.m AND s.row_id <> o.row_id
                      AND ((length(o.code) >= 3 AND starts_with(s.code, o.code) AND length(s.code) > length(o.code)) OR starts_with(s.name, o.name || '/')))
), single AS (
    SELECT village_code, m, name, any_value(class) AS class, any_value(party) AS party, bool_or(is_sub) AS is_sub, min(row_id) AS row_id, any_value(closing) AS closing,
           bool_or(is_moved) AS is_moved, coalesce(bool_and(is_still), false) AS is_still, bool_and(is_sided) AS is_sided
    FROM leaf GROUP BY village_code, m, name HAVING count(DISTINCT closing) = 1
), final AS (
    SELECT *, max(m) OVER (PARTITION BY village_code) AS last_m FROM single
    QUALIFY m = max(m) OVER (PARTITION BY village_code)
), stood AS (
    SELECT f.village_code, f.name, f.class, f.party, f.is_sub, f.closing, f.row_id, f.last_m, f.is_sided,
           max(s.m) FILTER (abs(s.closing - f.closing) > 0.011) AS differed_on, max(s.m) FILTER (s.is_moved) AS moved_on,
           list(s.m ORDER BY s.m) AS months, list(s.is_still AND NOT s.is_moved ORDER BY s.m) AS stills, list(s.row_id ORDER BY s.m) AS rows
    FROM final f JOIN single s ON s.village_code = f.village_code AND s.name = f.name GROUP BY ALL
), aged AS (
    SELECT *, list_filter(months, lambda x: (differed_on IS NULL OR x > differed_on) AND (moved_on IS NULL OR x >= moved_on))[1] AS since_on FROM stood
), firms AS (
    SELECT company_org, min(row_id) AS row_id FROM business
    GROUP BY company_org HAVING NOT bool_or(coalesce(is_active, NOT regexp_matches(coalesce(state, ''), '注销|吊销|撤销')))
), judged AS (
    -- A first period that opens with what it closes with, nothing moved in it, counts with its own length.
    SELECT a.*, datediff('month', since_on, last_m) + CASE WHEN len(months) > 1 AND stills[list_position(months, since_on)] THEN datediff('month', months[1], months[2]) ELSE 0 END AS idle, b.row_id AS firm_row,
           CASE WHEN regexp_matches(name, '学校|教育|普九|达标|化债|锁定|历史债|农业税|统筹|提留|合作基金会') THEN '科目名显示为按政策清理的旧债'
                WHEN says_lawsuit(name) THEN '科目名注明诉讼或执行' END AS said,
           rows[list_position(months, since_on)] AS since_row
    FROM aged a LEFT JOIN firms b ON b.company_org = a.party
), found AS (
    SELECT village_code, CASE class WHEN 'receivable' THEN '应收类' ELSE '应付类' END AS what, 'dormant' AS kind, said, name, party, abs(closing) AS yuan, idle, is_sub,
           firm_row, [since_row, row_id] AS rows, since_on AS first_on, last_m AS last_on
    FROM judged WHERE idle >= $dormant_months AND abs(closing) >= $least_yuan
    UNION ALL
    SELECT village_code, CASE class WHEN 'receivable' THEN '应收类' ELSE '应付类' END, 'reverse', said, name, party, abs(closing), 0, is_sub, firm_row, [row_id], last_m, last_m
    FROM judged WHERE is_sided AND abs(closing) >= $least_yuan AND NOT starts_with(name, '内部往来') AND NOT regexp_matches(name, '预付|预收|暂付|暂收')
      AND ((class = 'receivable' AND closing < 0) OR (class = 'payable' AND closing > 0))
)
SELECT village_code, 'village' AS subject_kind, concat_ws('|', what, kind, said) AS subject_key, what || '往来' AS subject, NULL::INT AS level,
       list_slice(list_distinct(flatten(list(rows ORDER BY yuan DESC, name))), 1, 24) AS evidence, list_distinct(list(firm_row) FILTER (firm_row IS NOT NULL)) AS context,
       what, count(DISTINCT name) AS n, sum(yuan) AS amount_yuan, min(first_on) AS first_on, max(last_on) AS last_on,
       CASE kind WHEN 'dormant' THEN '余额至少' || max(idle) || '个月未变' ELSE '余额方向与科目性质相反' END
         || CASE WHEN count(firm_row) > 0 THEN '，其中' || count(DISTINCT firm_row) || '户已注销' ELSE '' END AS fact,
       string_agg(party, '、' ORDER BY yuan DESC, party) FILTER (true) AS parties,
       CASE WHEN kind = 'reverse' THEN CASE WHEN bool_or(is_sub) THEN 0.45 ELSE 0.35 END
            WHEN sum(yuan) < $least_total_yuan OR NOT bool_or(is_sub) THEN 0.3
            WHEN max(idle) >= $long_months OR count(firm_row) > 0 THEN 0.6
            WHEN max(idle) >= $two_years AND sum(yuan) >= $sure_yuan THEN 0.42 ELSE 0.35 END AS p,
       said AS explained
FROM found GROUP BY village_code, what, kind, said
ORDER BY 1, 3
