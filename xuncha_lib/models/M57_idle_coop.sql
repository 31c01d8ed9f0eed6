/*---
id: M57
name: 合作社未见经营活动
category: C8
severity: medium
identity: null
prior: 0.45
needs: {coop: [row_id, village_code, company]}
uses:
  coop: [founded_on, members, grant_yuan, collective_yuan, turnover_yuan, surplus_yuan, reported_year, state, note]
  money: [row_id, entry_on, payee_key, summary, village_code]
  setting: [key, value]
knobs: {months: 24, signs: 2}
basis: [农民专业合作社法 §71]
reason: "{company}成立于{first_on}，{signs}，需核实是否实际经营"
innocent: [成立不久, 季节性或土地托管类, 村账有往来, 已注明受灾或正在注销]
check: [经营场所和账簿, 成员名单, 年报和纳税情况]
aspects: [A10]
forms: [F43]
not_for: 没有填经营数据不等于没有经营
---*/
WITH facts AS (
    SELECT c.*, concat_ws('；', c.state, c.note) AS said,
           list_filter([CASE WHEN turnover_yuan = 0 THEN '经营收入为0' END,
                        CASE WHEN regexp_matches(coalesce(reported_year, ''), '未报|未年报|异常|未按') THEN '未年报' END,
                        CASE WHEN regexp_matches(coalesce(state, '') || coalesce(note, ''), '停业|闲置|无经营|未经营|未运行|空壳|名存实亡|未开展') THEN '台账注明未运行' END,
                        CASE WHEN surplus_yuan = 0 AND turnover_yuan IS NULL THEN '盈余为0' END], lambda x: x IS NOT NULL) AS signs,
           EXISTS (FROM money m WHERE m.village_code = c.village_code AND m.entry_on >= as_of() - 365 AND length(c.company) >= 4
                   AND (m.payee_key = c.company OR contains(coalesce(m.summary, ''), c.company))) AS is_in_books
    FROM coop c WHERE c.founded_on < as_of() - CAST(30 * $months AS INT) AND c.company IS NOT NULL
)
SELECT village_code, 'company' AS subject_kind, company AS subject_key, company AS subject, NULL::INT AS level, [row_id] AS evidence, company, array_to_string(signs, '、') AS signs,
       CAST(coalesce(grant_yuan, 0) + coalesce(collective_yuan, 0) AS DOUBLE) AS amount_yuan, founded_on AS first_on,
       CASE WHEN coalesce(grant_yuan, 0) + coalesce(collective_yuan, 0) > 0 THEN 0.45 ELSE 0.3 END AS p,
       CASE WHEN is_in_books THEN '近一年村账有与该社的往来' WHEN regexp_matches(said, '季节|托管|流转类') THEN '台账注明季节性或土地托管'
            WHEN regexp_matches(said, '受灾|疫情|注销') THEN '台账注明受灾或已在注销' END AS explained
FROM facts WHERE len(signs) >= $signs
ORDER BY 1, 3
