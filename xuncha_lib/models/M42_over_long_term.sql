/*---
id: M42
name: 合同期限超长
category: C6
severity: medium
identity: null
prior: 0.75
needs: {contract: [row_id, village_code]}
uses:
  contract: [object_name, object_kind, contract_kind, signed_on, starts_on, ends_on, term_text]
  lease: [town, object_name, party, thing, object_kind, contract_kind, signed_on, starts_on, ends_on, years, words]
  limit_span: [town, name, valid_from, valid_to, value]
limits: [lease_max_years, family_contract_max_years]
basis: [民法典 §705, 农村土地承包法 §21]
reason: "{object_name}{term}，{over}，需核实"
innocent: [家庭承包三十年, 林地七十年以内, 四荒地五十年以内, 早年一次付清的四荒合同]
check: [合同原件及补充协议, 清理规范决定, 承包方式]
aspects: [A07]
forms: [F30]
not_for: 不能据此认定合同无效，超过部分由有权机关判断
---*/
WITH asked AS (
    SELECT row_id, village_code, coalesce(town, '') AS town, coalesce(object_name, party, '合同') AS object_name, years, starts_on, ends_on,
           coalesce(signed_on, starts_on) AS signed_on, words, thing,
           concat_ws(' ', object_name, object_kind, contract_kind, words) AS said
    FROM lease WHERE years > 20.2 AND years < 200
), kinds AS (
    SELECT *, CASE
        WHEN says_family_contract(said) THEN CASE WHEN thing = '林地' THEN 'family_contract_woodland_max_years' ELSE 'family_contract_max_years' END
        WHEN thing = '林地' OR says_forest(said) THEN 'family_contract_woodland_max_years'
        WHEN thing = '四荒地' THEN 'waste_land_max_years'
        WHEN thing IN ('门面房', '厂房仓库', '房屋', '大棚', '设备', '场地') OR regexp_matches(said, '租赁|出租|租用|承租') THEN 'lease_max_years'
        ELSE 'family_contract_max_years' END AS limit_name
    FROM asked
)
SELECT k.village_code, 'contract' AS subject_kind, 'c' || k.row_id AS subject_key, k.object_name AS subject, NULL::INT AS level,
       [k.row_id] AS evidence, k.object_name,
       concat('合同期', round(k.years, 1), '年（', coalesce(strftime(k.starts_on, '%Y-%m-%d'), '未填'), '至', coalesce(strftime(k.ends_on, '%Y-%m-%d'), '未填'), '）') AS term,
       k.starts_on AS first_on, k.ends_on AS last_on,
       '超过' || CASE k.limit_name WHEN 'lease_max_years' THEN '租赁' WHEN 'waste_land_max_years' THEN '四荒地承包'
                         WHEN 'family_contract_woodland_max_years' THEN '林地承包' ELSE '耕地等承包' END || '最长' || l.value::INT || '年' AS over,
       CASE WHEN k.years >= l.value + 5 THEN 0.85 ELSE 0.7 END AS p,
       CASE WHEN k.limit_name = 'waste_land_max_years' AND k.signed_on < DATE '1994-02-21' AND says_prepaid(k.words)
            THEN '1994年以前签订且费用已付清，一般维持原合同' END AS explained
FROM kinds k JOIN limit_span l ON l.town = k.town AND l.name = k.limit_name AND k.signed_on BETWEEN l.valid_from AND l.valid_to
WHERE k.years > l.value + 0.2
UNION ALL
SELECT e.village_code, 'contract', 'c' || e.row_id, coalesce(e.object_name, e.party, '合同'), NULL, [e.row_id], coalesce(e.object_name, e.party, '合同'),
       '合同期限写为“' || c.term_text || '”', e.starts_on, NULL, '没有明确的终止时间', 0.7, NULL
FROM lease e JOIN contract c USING (row_id)
WHERE e.ends_on IS NULL AND e.years IS NULL AND regexp_matches(c.term_text, '长期|永久|永续|无(固定)?期限?|不定期|无限期|终身|至政策')
  AND NOT says_family_contract(concat_ws(' ', e.object_name, e.object_kind, e.contract_kind, e.words))
ORDER BY 1, 3
