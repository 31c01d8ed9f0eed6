/*---
id: M24
name: 集体土地补贴疑似进入个人账户
category: C4
severity: high
identity: L4
prior: 0.75
needs: {payment: [beneficiary, amount_yuan]}
uses:
  payment: [person_key, village_code, payee, programme, programme_key, class, month_from, paid_on, area_mu, contract_mu,
            moved_in_mu, note, category, row_id]
  land: [village_code, contractor, member, contract_mu, plot_mu, plot_name, land_kind, note, row_id]
  mention: [mention_id, name_raw, name, id_state]
  land_transfer: [taker, area_mu]
  contract: [lessee, area_mu, object_name, village_code, row_id]
  cadre: [person, post, village_code, row_id]
  kin: [kin, village_code, relation, rows, is_near]
  money: [village_code, side, entry_on, amount_yuan, summary, row_id]
  person_key: [mention_id, person_key]
  same_home: [a, b]
knobs: {booked_days: 60, least_register: 10}
basis: [退耕还林条例 §57, 农村集体经济组织法 §44③]
reason: "{who}领取{programme}{n}笔合计{amount_yuan}元，{why}，未见同额收入入村集体账，需核实"
innocent: [代领后已入集体账, 承包或流转集体地由种地人领取, 确权登记漏登, 户内其他人有确权地, 同名不同人]
check: [集体账有无对应收入, 地块由谁耕种, 访谈同组农户]
aspects: [A02, A05, A13]
forms: [F04]
not_for: 不用于登记本身不全的村
---*/
WITH land_pay AS (
    SELECT p.* EXCLUDE (moved_in_mu), k.person_key AS payee_key, coalesce(p.moved_in_mu, 0) AS moved_in_mu,
           concat(p.note, ' ', p.category, ' ', p.programme) AS words
    FROM payment p LEFT JOIN person_key k ON k.mention_id = p.payee LEFT JOIN mention n ON n.mention_id = coalesce(p.payee, p.beneficiary)
    WHERE p.class = 'land' AND NOT regexp_matches(coalesce(n.name_raw, ''), '集体|合作社|村委|村民委员会|居委会')
), on_roll AS (
    SELECT village_code, contractor AS person FROM land UNION SELECT village_code, member FROM land
), held AS (
    SELECT DISTINCT k.person_key FROM on_roll r JOIN person_key k ON k.mention_id = r.person
), covered AS (
    SELECT person_key FROM held UNION SELECT h.b FROM held JOIN same_home h ON h.a = held.person_key
), tenant AS (
    SELECT k.person_key, sum(area_mu) AS mu FROM (
        SELECT taker AS person, area_mu FROM land_transfer UNION ALL SELECT lessee, area_mu FROM contract) t
    JOIN person_key k ON k.mention_id = t.person GROUP BY 1
), register AS (
    SELECT village_code, count(DISTINCT contractor) AS households FROM land GROUP BY 1
), official AS (
    SELECT k.person_key, '村干部' || coalesce(min(c.post), '') AS who, list(DISTINCT c.row_id) AS rows, 0 AS rank
    FROM cadre c JOIN same_person sp ON sp.b = c.person JOIN person_key k ON k.mention_id = sp.a GROUP BY 1
    UNION ALL
    SELECT k.person_key, '村干部亲属', list_distinct(flatten(list(n.rows))), 1
    FROM kin n JOIN same_person sp ON sp.b = n.kin JOIN person_key k ON k.mention_id = sp.a WHERE n.is_near GROUP BY 1
), tie AS (
    SELECT person_key, arg_min(who, (rank, who)) AS who, arg_min(rows, (rank, who)) AS rows FROM official GROUP BY 1
), spare AS (
    SELECT DISTINCT ON (village_code, mu) village_code, mu, row_id FROM (
        SELECT l.village_code, coalesce(l.plot_mu, l.contract_mu) AS mu, l.row_id
        FROM land l LEFT JOIN mention m ON m.mention_id = l.contractor
        WHERE regexp_matches(coalesce(m.name_raw, ''), '集体|村委|合作社') OR says_common_land(concat(l.plot_name, ' ', l.land_kind, ' ', l.note))
        UNION ALL
        SELECT village_code, area_mu, row_id FROM contract WHERE object_name LIKE '%机动地%') WHERE mu > 1
    ORDER BY village_code, mu, row_id
), own AS (
    SELECT k.person_key, max(l.contract_mu) AS mu FROM land l JOIN person_key k ON k.mention_id = l.contractor GROUP BY 1
), matched AS (
    SELECT l.row_id, min(p.row_id) AS spare_row
    FROM land_pay l JOIN spare p ON p.village_code = l.village_code LEFT JOIN own o ON o.person_key = l.person_key
    WHERE l.area_mu > coalesce(l.contract_mu, o.mu, 0) + 0.1
      AND (abs(l.area_mu - p.mu) <= 0.1 OR abs(l.area_mu - p.mu - coalesce(l.contract_mu, o.mu)) <= 0.1 OR abs(l.area_mu - p.mu - o.mu) <= 0.1)
    GROUP BY 1
), listed AS (
    SELECT DISTINCT r.village_code, m.name FROM on_roll r JOIN mention m ON m.mention_id = r.person
), judged AS (
    SELECT l.*, t.who AS tied_as, t.rows AS tied_rows,
           CASE WHEN t.who IS NOT NULL OR h.person_key IS NULL THEN q.spare_row END AS spare_row,
           says_common_land(l.words) AS says_collective,
           h.person_key IS NULL AND coalesce(r.households, 0) >= $least_register AND m.id_state IN ('valid', 'old15')
               AND NOT EXISTS (FROM listed n WHERE n.village_code = l.village_code AND n.name = m.name) AS has_no_land,
           coalesce(n.mu, 0) + l.moved_in_mu + coalesce(o.mu, 0) >= coalesce(l.area_mu, 0) - 0.1
               AND coalesce(n.mu, 0) + l.moved_in_mu > 0 AS is_tenant
    FROM land_pay l JOIN mention m ON m.mention_id = l.beneficiary LEFT JOIN own o ON o.person_key = l.person_key LEFT JOIN tie t ON t.person_key = coalesce(l.payee_key, l.person_key)
    LEFT JOIN register r ON r.village_code = l.village_code LEFT JOIN tenant n ON n.person_key = l.person_key
    LEFT JOIN matched q ON q.row_id = l.row_id LEFT JOIN covered h ON h.person_key = l.person_key
), found AS (
    SELECT * FROM judged
    WHERE says_collective OR (spare_row IS NOT NULL AND (tied_as IS NOT NULL OR NOT is_tenant)) OR (has_no_land AND NOT is_tenant)
), booked AS (
    SELECT f.row_id, min(m.row_id) AS receipt
    FROM found f JOIN money m ON m.village_code = f.village_code AND m.side = 'in'
        AND m.entry_on BETWEEN coalesce(f.paid_on, f.month_from)
            AND coalesce(f.paid_on + $booked_days, f.month_from + INTERVAL 1 YEAR)
    WHERE m.amount_yuan = f.amount_yuan
       OR (regexp_matches(coalesce(m.summary, ''), '地力|机动地|补贴|退耕|林补')
           AND m.amount_yuan = (SELECT sum(o.amount_yuan) FROM found o
                                WHERE o.person_key = f.person_key AND o.programme_key = f.programme_key AND o.month_from = f.month_from))
    GROUP BY 1
)
SELECT min(f.village_code) AS village_code, 'person' AS subject_kind, CAST(min(f.beneficiary) AS VARCHAR) AS subject_key,
       1 AS level, list(f.row_id) AS evidence,
       list_distinct(flatten(list(coalesce(f.tied_rows, []) || list_filter([b.receipt, f.spare_row], lambda r: r IS NOT NULL)))) AS context,
       sum(f.amount_yuan)::DOUBLE AS amount_yuan, min(f.month_from) AS first_on, max(f.month_from) AS last_on,
       coalesce(min(f.tied_as), '村民') AS who, min(f.programme) AS programme, count(*) AS n,
       CASE WHEN bool_or(f.says_collective) THEN '备注指向集体土地'
            WHEN bool_or(f.spare_row IS NOT NULL) THEN '面积与村集体机动地相合'
            ELSE '其户名下无确权承包地' END AS why,
       CASE WHEN count(b.receipt) = count(*) THEN '同额收入已入集体账'
            WHEN bool_and(f.is_tenant) THEN '该户承包或流转了相应面积'
            WHEN bool_and(regexp_matches(f.words, '代耕|代种|流转|租种|转包|已入账|已上交|上缴|转入村集体|入集体账')) THEN '备注：' || min(f.note)
       END AS explained,
       CASE WHEN bool_or(f.says_collective OR f.spare_row IS NOT NULL) AND min(f.tied_as) IS NOT NULL THEN 0.85 WHEN min(f.tied_as) IS NOT NULL THEN 0.6
            WHEN bool_or(f.says_collective OR (f.spare_row IS NOT NULL AND f.has_no_land)) THEN 0.6 ELSE 0.2 END AS p
FROM found f LEFT JOIN booked b USING (row_id)
GROUP BY f.person_key, f.programme_key
