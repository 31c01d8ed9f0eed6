/*---
id: M25
name: 农机购置补贴数据异常
category: C4
severity: medium
identity: L4
prior: 0.75
needs: {payment: [beneficiary, amount_yuan], subsidy: [programme_code, serial_no]}
uses:
  payment: [person_key, village_code, programme, programme_code, month_from, paid_on, is_late, note, row_id]
  subsidy: [engine_no, dealer, bought_on, machine_kind, row_id]
  mention: [mention_id, name, name_raw, phone]
  org_person: [company, person, row_id]
  cadre: [person, post, started_on, ended_on, row_id]
knobs: {machines: 3}
basis: []
note: 编号相同是登记事实；购机台数和购机人身份只作提示
reason: "农机补贴{n}笔合计{amount_yuan}元，{why}，需核实机具是否在"
innocent: [合作社或农场成批购机, 编号录入错误, 以旧换新, 款项已退回, 干部本人正常购机]
check: [现场看机具和铭牌, 经销商发票与进销台账, 补贴系统的照片和定位]
aspects: [A02]
forms: [F08]
not_for: 干部购机本身不是问题
---*/
WITH machine AS (
    SELECT p.row_id, p.village_code, p.beneficiary, p.person_key, p.programme, p.amount_yuan, coalesce(s.bought_on, p.paid_on, p.month_from) AS bought_on, p.note,
           m.name, regexp_matches(coalesce(m.name_raw, m.name, ''), '合作社|公司|农场|服务队|联合社|集体|村委') AS is_org, nullif(m.phone, '') AS phone,
           regexp_replace(upper(coalesce(s.serial_no, '')), '[^0-9A-Z]', '', 'g') AS serial,
           regexp_replace(upper(coalesce(s.engine_no, '')), '[^0-9A-Z]', '', 'g') AS engine,
           regexp_replace(coalesce(s.dealer, ''), '\s', '', 'g') AS dealer
    FROM payment p JOIN (SELECT DISTINCT ON (row_id) row_id, serial_no, engine_no, dealer, bought_on FROM subsidy ORDER BY row_id) s USING (row_id) JOIN mention m ON m.mention_id = p.beneficiary
    WHERE p.programme_code = 'B02' AND NOT p.is_late
), numbered AS (
    SELECT *, 's' || serial AS mark, '出厂编号' || serial AS shown FROM machine WHERE length(serial) >= 5 AND NOT regexp_matches(serial, '^(0+|1+|9+|12345\d*)$')
    UNION ALL SELECT *, 'e' || engine, '发动机号' || engine FROM machine WHERE length(engine) >= 5 AND NOT regexp_matches(engine, '^(0+|1+|9+|12345\d*)$')
), twice AS (
    SELECT mark, min(shown) AS shown, list(DISTINCT row_id) AS rows, count(DISTINCT person_key) AS people FROM numbered
    GROUP BY mark HAVING count(DISTINCT row_id) > 1 AND count(DISTINCT row_id) <= 6
), same_machine AS (
    -- serial and engine number of one pair of rows are one finding
    SELECT rows, min(shown) || '登记在' || list_count(rows) || '笔补贴上' AS why, max(people) AS people FROM twice GROUP BY rows
), many AS (
    SELECT list(row_id) AS rows, min(name) || year(bought_on) || '年以个人名义购机' || count(*) || '台' AS why
    FROM machine WHERE NOT is_org GROUP BY person_key, year(bought_on) HAVING count(*) >= $machines
), own_dealer AS (
    SELECT m.row_id, min(o.row_id) AS firm_row, min(sp.level) AS level, min(m.name || '登记为经销商' || o.company || '的人员') AS why
    FROM machine m JOIN org_person o ON regexp_replace(o.company, '\s', '', 'g') = m.dealer JOIN same_person sp ON sp.a = m.beneficiary AND sp.b = o.person
    WHERE length(m.dealer) >= 4 GROUP BY 1
), buying_cadre AS (
    SELECT m.row_id, min(c.row_id) AS seat, min(sp.level) AS level, min('购机人' || m.name || '为' || coalesce(c.post, '村干部')) AS why
    FROM machine m JOIN same_person sp ON sp.a = m.beneficiary JOIN cadre c ON c.person = sp.b
    WHERE m.bought_on BETWEEN coalesce(c.started_on, DATE '1900-01-01') AND coalesce(c.ended_on, DATE '9999-12-31') GROUP BY 1
), found AS (
    SELECT rows, why, 'serial' AS kind, CASE WHEN people > 1 THEN 0.8 ELSE 0.7 END AS p, [] AS context, NULL::INT AS level FROM same_machine
    UNION ALL SELECT rows, why, 'many', 0.35, [], NULL FROM many
    UNION ALL SELECT [row_id], why, 'dealer', 0.65, [firm_row], level FROM own_dealer
    UNION ALL SELECT [row_id], why, 'cadre', 0.2, [seat], level FROM buying_cadre
), cited AS (
    SELECT f.*, m.* EXCLUDE (row_id) FROM (SELECT *, unnest(rows) AS row_id FROM (SELECT *, row_number() OVER (ORDER BY kind, rows) AS nth FROM found)) f
    JOIN machine m USING (row_id)
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(beneficiary) AS VARCHAR) AS subject_key, any_value(level) AS level,
       any_value(rows) AS evidence, any_value(context) AS context, CAST(sum(amount_yuan) AS DOUBLE) AS amount_yuan, min(bought_on) AS first_on, max(bought_on) AS last_on,
       count(*) AS n, any_value(why) AS why, any_value(p) AS p,
       CASE WHEN bool_or(regexp_matches(note, '以旧换新|置换|报废更新|更正|录入|录错|补录|重新录入')) THEN '备注：' || max(note)
            WHEN bool_or(regexp_matches(note, '已退|退还|退回|追回|收回|缴回|撤销')) THEN '备注记有款项已退回或收回' END AS explained
FROM cited GROUP BY nth
