/*---
id: M15
name: 多人补贴进入同一账户或留同一电话
category: C2
severity: high
identity: L4
prior: 0.8
needs: {payment: [beneficiary, amount_yuan], mention: [mention_id, name]}
uses:
  payment: [person_key, village_code, payee, head, programme, month_from, note, relation, row_id]
  mention: [name_raw, bank_no, phone, id_state]
  person_key: [mention_id, person_key]
  same_home: [a, b, row_id]
  household_member: [household_key, village_code, person, person_key]
  cadre: [person, post, row_id]
  kin: [cadre, kin]
knobs: {phone_people: 5}
basis: [社会救助暂行办法 §66(三)]
reason: "{people}名享受人（{names}）的补贴{how}{holder}，与其不同户，共{n}笔，合计{amount_yuan}元，需核实卡由谁持有"
innocent: [监护人或父母代领, 配偶共用存折, 敬老院等机构集体账户, 工作人员代填联系电话, 姓名写法不同其实是一人, 有委托书代领]
check: [由巡察组自选电话逐户问是否收到钱, 授权委托书, 账户的开户与取款记录]
aspects: [A02, A13]
forms: [F05, F57]
not_for: 不用于只凭电话相同认定代领
---*/
WITH paid AS MATERIALIZED (  -- once for those on a row, however many months they are paid
    SELECT p.beneficiary, p.payee, p.person_key, m.name, m.phone, py.name AS payee_name, ky.person_key AS payee_key, coalesce(py.bank_no, m.bank_no) AS bank_no
    FROM (SELECT DISTINCT beneficiary, payee, person_key FROM payment) p JOIN mention m ON m.mention_id = p.beneficiary AND m.name <> ''
    LEFT JOIN mention py ON py.mention_id = p.payee LEFT JOIN person_key ky ON ky.mention_id = p.payee
), card AS (  -- accounts and telephones of one person alone are no matter
    SELECT bank_no FROM paid WHERE length(bank_no) >= 8 GROUP BY 1 HAVING min(person_key) <> max(person_key) OR bool_or(payee_key <> person_key)
), telephone AS (
    SELECT phone FROM paid WHERE length(phone) >= 7 GROUP BY 1 HAVING min(person_key) <> max(person_key)
), kept_row AS MATERIALIZED (
    SELECT 'c' || bank_no AS account, '进入同一账户' AS how, * FROM paid SEMI JOIN card USING (bank_no)
    UNION ALL
    SELECT 'p' || payee_key, '由同一人收款', * FROM paid WHERE bank_no IS NULL AND payee_key <> person_key
    UNION ALL
    SELECT 't' || phone, '留同一电话', * FROM paid SEMI JOIN telephone USING (phone)
), kept_payment AS MATERIALIZED (
    SELECT row_id, village_code, beneficiary, payee, month_from, amount_yuan, note, relation FROM payment p
    SEMI JOIN kept_row k ON k.beneficiary = p.beneficiary AND k.payee IS NOT DISTINCT FROM p.payee
), shared AS MATERIALIZED (
    SELECT k.* EXCLUDE (payee), p.row_id, p.village_code, p.month_from, p.amount_yuan, p.note, m.id_state,
           regexp_matches(concat(p.note, p.relation), '监护|父|母|之子|之女|儿子|女儿|儿媳|孙|配偶|丈夫|妻|代领|委托|授权|集中供养|机构|敬老院|福利院|护理院|养老院|同户|家属|共用')
               OR regexp_matches(coalesce(py.name, '') || coalesce(py.name_raw, ''), '敬老院|福利院|养老|护理|服务中心|村委会|学校|供养|医院') AS is_told
    FROM kept_row k JOIN kept_payment p ON p.beneficiary = k.beneficiary AND p.payee IS NOT DISTINCT FROM k.payee JOIN mention m ON m.mention_id = p.beneficiary LEFT JOIN mention py ON py.mention_id = p.payee
), member AS (
    SELECT account, person_key, min(name) AS name, min(village_code) AS village_code, bool_or(id_state = 'valid') AS has_id, bool_or(is_told) AS is_told
    FROM shared GROUP BY ALL
), official AS (
    SELECT person_key FROM cadre JOIN person_key k ON k.mention_id = cadre.person
    UNION SELECT person_key FROM kin JOIN person_key k ON k.mention_id = kin.kin
), wide AS (
    SELECT account FROM member GROUP BY account
    HAVING count(DISTINCT person_key) >= 2 AND count(DISTINCT name) >= 2
       AND (account NOT LIKE 't%' OR count(DISTINCT person_key) >= $phone_people)
    UNION
    SELECT account FROM shared
    WHERE account NOT LIKE 't%' AND payee_key <> person_key AND payee_name <> name AND payee_key IN (FROM official)
), named AS MATERIALIZED (
    SELECT DISTINCT h.household_key, h.village_code, m.name FROM household_member h JOIN mention m ON m.mention_id = h.person
    SEMI JOIN (FROM member SEMI JOIN wide USING (account)) s ON s.name = m.name AND s.village_code = h.village_code
), home_name AS (  -- numbers of a couple written crosswise: the names live together all the same
    SELECT DISTINCT a.village_code, a.name AS a, b.name AS b FROM named a JOIN named b ON b.household_key = a.household_key AND b.name <> a.name
), pair AS (  -- one name under two numbers is one person, whom that makes nobody's relative
    SELECT a.account, a.name,
           h.a IS NOT NULL OR n.a IS NOT NULL OR (left(a.name, 1) = left(b.name, 1) AND NOT (a.has_id AND b.has_id)) AS is_kin
    FROM member a JOIN wide USING (account) JOIN member b ON b.account = a.account AND b.name <> a.name
    LEFT JOIN home_name n ON n.village_code = a.village_code AND n.a = a.name AND n.b = b.name
    LEFT JOIN same_home h ON h.a = a.person_key AND h.b = b.person_key
), alone AS (
    SELECT m.account, m.person_key FROM member m JOIN wide USING (account)
    ANTI JOIN (FROM pair WHERE is_kin) p ON p.account = m.account AND p.name = m.name
), holder AS (
    SELECT s.account, arg_min(coalesce(s.payee_name, c.name), (coalesce(s.payee_key, c.person_key), s.row_id)) AS holder,
           min(coalesce(s.payee_key, c.person_key)) AS holder_key
    FROM shared s LEFT JOIN (
        SELECT unnest(['c' || m.bank_no, 't' || m.phone]) AS account, m.name, k.person_key
        FROM cadre JOIN mention m ON m.mention_id = cadre.person JOIN person_key k ON k.mention_id = m.mention_id) c USING (account)
    JOIN wide USING (account) GROUP BY 1
), kept AS (
    SELECT s.*, h.holder, h.holder_key, a.person_key IS NOT NULL AS is_alone,
           coalesce(s.name = h.holder, false) OR EXISTS (FROM same_home x WHERE x.a = h.holder_key AND x.b = s.person_key) AS is_holders_home,
           coalesce(s.person_key = h.holder_key, false) AND s.person_key IN (FROM official) AS is_own
    FROM shared s JOIN wide USING (account) LEFT JOIN holder h USING (account)
    LEFT JOIN alone a ON a.account = s.account AND a.person_key = s.person_key
), judged AS (
    SELECT account, min(how) AS how, min(village_code) AS village_code, min(beneficiary) FILTER (NOT is_own) AS beneficiary,
           min(holder) AS holder, min(holder_key) AS holder_key, list(DISTINCT name ORDER BY name) FILTER (NOT is_own) AS people_names,
           count(DISTINCT person_key) FILTER (is_alone AND NOT is_holders_home AND person_key IS DISTINCT FROM holder_key) AS strangers,
           count(DISTINCT person_key) FILTER (is_alone AND NOT is_holders_home AND NOT is_told AND person_key IS DISTINCT FROM holder_key) AS untold,
           max(note) FILTER (is_told) AS told, list(DISTINCT row_id) FILTER (NOT is_own) AS evidence, CAST(sum(amount_yuan) FILTER (NOT is_own) AS DOUBLE) AS amount_yuan,
           min(month_from) FILTER (NOT is_own) AS first_on, max(month_from) FILTER (NOT is_own) AS last_on, count(*) FILTER (NOT is_own) AS n,
           count(DISTINCT name) FILTER (NOT is_own) AS people
    FROM kept GROUP BY account
), seat AS (
    SELECT k.person_key, min(c.post) AS post, list(c.row_id) AS rows FROM cadre c JOIN person_key k ON k.mention_id = c.person GROUP BY 1
)
SELECT j.village_code, 'person' AS subject_kind, CAST(j.beneficiary AS VARCHAR) AS subject_key, NULL::INT AS level,
       j.evidence, s.rows AS context, j.amount_yuan, j.first_on, j.last_on, j.people, j.how, j.n,
       array_to_string(j.people_names[:6], '、') || CASE WHEN len(j.people_names) > 6 THEN '等' ELSE '' END AS names,
       coalesce('（' || j.holder || coalesce('，' || s.post, '') || '）', '') AS holder,
       CASE WHEN s.rows IS NOT NULL AND j.account NOT LIKE 't%' THEN 0.9 WHEN j.account LIKE 't%' THEN 0.4 END AS p,
       CASE WHEN j.untold = 0 THEN '备注或收款人说明了代领关系' || coalesce('：' || nullif(j.told, ''), '')
            WHEN j.account LIKE 't%' AND s.rows IS NOT NULL THEN '电话为村干部' || j.holder || '所留，可能只是代填'
       END AS explained
FROM judged j LEFT JOIN seat s ON s.person_key = j.holder_key
WHERE j.strangers >= 1
