/*---
id: M57
name: 合作社未见经营活动
category: C8
severity: medium
identity: null
prior: 0.45
needs: {coop: [row_id, village_code, company]}
uses:
  business: [company, founded_on]
  coop: [founded_on, for_year, members, grant_yuan, collective_yuan, turnover_yuan, surplus_yuan, reported_year, state, note]
  money: [row_id, entry_on, payee_key, summary, village_code]
  setting: [key, value]
knobs: {months: 24, signs: 2}
basis: [农民专业合作社法 §71]
reason: "{company}{since}，{signs}，需核实是否实际经营"
innocent: [成立不久, 季节性或土地托管类, 村账有往来, 已注明受灾或正在注销]
check: [经营场所和账簿, 成员名单, 年报和纳税情况]
aspects: [A10]
forms: [F43]
not_for: 没有填经营数据不等于没有经营
---*/
WITH register AS (
    SELECT regexp_replace(company, '\s', '', 'g') AS firm, min(founded_on) AS founded_on FROM business WHERE founded_on IS NOT NULL GROUP BY 1
), year AS (
    SELECT c.*, regexp_replace(c.company, '\s', '', 'g') AS firm, concat_ws('；', c.state, c.note) AS said FROM coop c WHERE c.company IS NOT NULL
), listed AS (
    -- One row a year, or one row in all.
    SELECT y.village_code, y.firm, list(y.row_id ORDER BY y.row_id) AS rows, count(DISTINCT y.for_year) AS years, min(coalesce(y.founded_on, r.founded_on)) AS founded_on,
           count(*) AS n, bool_and(y.turnover_yuan = 0) AS is_idle, bool_or(regexp_matches(coalesce(y.reported_year, ''), '未报|未年报|异常|未按|^(否|未|无|没有)$')) AS is_silent,
           bool_or(regexp_matches(y.said, '停业|闲置|无经营|未经营|未运行|空壳|名存实亡|未开展')) AS is_told, bool_and(y.surplus_yuan = 0 AND y.turnover_yuan IS NULL) AS is_bare,
           max(coalesce(y.grant_yuan, 0)) + max(coalesce(y.collective_yuan, 0)) AS money, string_agg(y.said, '；' ORDER BY y.row_id) AS said
    FROM year y LEFT JOIN register r USING (firm) GROUP BY ALL
), facts AS (
    SELECT *, list_filter([CASE WHEN is_idle THEN CASE WHEN years > 1 THEN '连续' || years || '年' ELSE '' END || '经营收入为0' END, CASE WHEN is_silent THEN '未年报' END,
                           CASE WHEN is_told THEN '台账注明未运行' END, CASE WHEN is_bare THEN '盈余为0' END], lambda x: x IS NOT NULL) AS signs,
           EXISTS (FROM money m WHERE m.village_code = listed.village_code AND m.entry_on >= as_of() - 365 AND length(firm) >= 4
                   AND (m.payee_key = firm OR contains(coalesce(m.summary, ''), firm))) AS is_in_books
    FROM listed
    -- Without a day of foundation, two years on the list show that it is not new.
    WHERE coalesce(founded_on < as_of() - CAST(30 * $months AS INT), years > 1)
)
SELECT village_code, 'company' AS subject_kind, firm AS subject_key, firm AS subject, NULL::INT AS level, rows AS evidence, firm AS company, array_to_string(signs, '、') AS signs,
       coalesce('成立于' || founded_on, '已列' || years || '年') AS since, CAST(money AS DOUBLE) AS amount_yuan, founded_on AS first_on,
       CASE WHEN money > 0 AND years > 1 AND is_idle THEN 0.5 WHEN money > 0 THEN 0.45 ELSE 0.3 END AS p,
       CASE WHEN is_in_books THEN '近一年村账有与该社的往来' WHEN regexp_matches(said, '季节|托管|流转类') THEN '台账注明季节性或土地托管'
            WHEN regexp_matches(said, '受灾|疫情|注销|建园期|建设期|筹建') THEN '台账注明受灾、建设期或已在注销' END AS explained
FROM facts WHERE len(signs) >= $signs
ORDER BY 1, 3
