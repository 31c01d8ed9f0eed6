/*---
id: M22
name: 补贴面积大于确权承包面积
category: C4
severity: medium
identity: L4
prior: 0.75
needs: {payment: [beneficiary, area_mu]}
uses:
  payment: [row_id, person_key, programme, programme_key, class, village_code, paid_on, month_from, contract_mu, excluded_mu,
            moved_out_mu, moved_in_mu, plot_code, amount_yuan, note]
  land: [village_code, contractor, contractor_code, contract_mu, plot_mu, plot_code, row_id]
  land_transfer: [giver, taker, area_mu, starts_on, ends_on, subsidy_to, note, row_id]
  contract: [lessee, area_mu, starts_on, ends_on, row_id]
  person_key: [mention_id, person_key]
  household_member: [household_key, person_key, roll]
knobs: {slack_mu: 0.1, slack_share: 0.01}
basis: [退耕还林条例 §57]
reason: "{programme}补贴面积{claimed}亩，{source}可补面积{right_mu}亩，多出{over}亩，需核实"
innocent: [代耕或流转入的土地由种地人领取, 习惯亩或未确权地块, 分户后合并申报, 多个地块分行填写, 同名不同人]
check: [承包经营权证与流转合同, 村民小组长和四邻核实, 地块编码或影像]
aspects: [A02]
forms: [F04]
not_for: 不用于确权面积本身有争议的户
---*/
WITH claim AS (
    SELECT *, year(month_from) AS y,
           coalesce(moved_in_mu, 0) - coalesce(moved_out_mu, 0) - coalesce(excluded_mu, 0) AS shift_mu
    FROM payment
    WHERE class = 'land' AND area_mu > 0 AND NOT says_common_land(note) AND NOT regexp_matches(coalesce(programme, ''), '退耕|还林|公益林|生态林')
), per_year AS (
    SELECT person_key, programme_key, y,
           CASE WHEN count(*) > 1 AND min(coalesce(plot_code, CAST(area_mu AS VARCHAR))) = max(coalesce(plot_code, CAST(area_mu AS VARCHAR))) THEN max(area_mu) ELSE sum(area_mu) END AS claimed,
           CASE WHEN count(contract_mu) = count(*) THEN CASE WHEN min(contract_mu) = max(contract_mu) THEN max(contract_mu) ELSE sum(contract_mu) END END AS row_mu,
           CASE WHEN min(shift_mu) = max(shift_mu) THEN max(shift_mu) ELSE sum(shift_mu) END AS shift_mu
    FROM claim GROUP BY ALL
), holding AS (
    SELECT k.person_key, l.row_id, l.contract_mu, l.plot_mu, l.contractor_code, l.plot_code
    FROM land l JOIN person_key k ON k.mention_id = l.contractor
), registered AS (
    SELECT person_key, coalesce(max(contract_mu), sum(first_plot_mu)) AS mu, list(row_id) AS rows
    FROM (SELECT *, CASE WHEN row_number() OVER (PARTITION BY person_key, coalesce(plot_code, CAST(row_id AS VARCHAR)) ORDER BY row_id) = 1
                         THEN plot_mu END AS first_plot_mu FROM holding)
    GROUP BY 1
), moved AS (
    SELECT k.person_key, sum(t.area_mu) AS mu, list(t.row_id) AS rows
    FROM (SELECT taker AS person, area_mu, row_id FROM land_transfer UNION ALL
          SELECT lessee, area_mu, row_id FROM contract WHERE area_mu IS NOT NULL) t
    JOIN person_key k ON k.mention_id = t.person GROUP BY 1
), given AS (  -- land let out under an agreement that the subsidy goes to whoever tills it
    SELECT k.person_key, y.y, sum(t.area_mu) AS mu, list(t.row_id) AS rows
    FROM land_transfer t JOIN person_key k ON k.mention_id = t.giver
    JOIN (SELECT DISTINCT person_key, y FROM per_year) y ON y.person_key = k.person_key
    WHERE regexp_matches(concat_ws(' ', t.subsidy_to, t.note), '(种植|种地|耕种|经营|流入|转入|承租|受让|代耕|实际|乙)(者|人|方|户)')
      AND year(coalesce(t.starts_on, DATE '1900-01-01')) <= y.y AND year(coalesce(t.ends_on, DATE '2999-01-01')) >= y.y
    GROUP BY ALL
), claimed AS (
    SELECT y.* EXCLUDE (shift_mu), y.shift_mu - coalesce(g.mu, 0) AS shift_mu, g.rows AS given_rows,
           coalesce(v.mu, 0) AS taken_mu, v.rows AS taken_rows
    FROM per_year y LEFT JOIN moved v USING (person_key)
    LEFT JOIN given g ON g.person_key = y.person_key AND g.y = y.y
), doubtful AS MATERIALIZED (  -- what is registered in the claimant's own name does not cover it; land of look-alikes can only add to that
    SELECT c.*, least(c.row_mu, r.mu) + c.shift_mu AS own_mu FROM claimed c LEFT JOIN registered r USING (person_key)
    WHERE NOT coalesce(r.mu IS NOT NULL AND own_mu > 0 AND claimed - own_mu <= greatest($slack_mu, $slack_share * own_mu), false)
), doubtful_mention AS MATERIALIZED (
    SELECT mention_id, person_key FROM person_key SEMI JOIN doubtful USING (person_key)
), near AS MATERIALIZED (
    SELECT m.person_key, sp.b, min(sp.level) AS level FROM same_person sp JOIN doubtful_mention m ON m.mention_id = sp.a GROUP BY ALL
), linked AS (
    SELECT n.person_key, min(n.level) AS level, max(r.mu) AS mu, min(r.rows) AS rows
    FROM near n JOIN person_key o ON o.mention_id = n.b JOIN registered r ON r.person_key = o.person_key
    GROUP BY 1
), tested AS (
    SELECT t.* EXCLUDE (own_mu), l.level, l.rows AS land_rows, least(t.row_mu, l.mu) + t.shift_mu AS right_mu,
           CASE WHEN t.row_mu IS NOT NULL AND t.row_mu <= coalesce(l.mu, t.row_mu) THEN '表内' ELSE '确权登记' END AS source
    FROM doubtful t LEFT JOIN linked l USING (person_key)
), home AS (
    SELECT person_key, coalesce(min(household_key) FILTER (roll = 'household'), min(household_key)) AS home
    FROM household_member WHERE roll <> 'subsidy' GROUP BY 1
), home_right AS (
    SELECT h.home, sum(r.mu) AS mu, flatten(list(r.rows)) AS rows FROM registered r JOIN home h USING (person_key) GROUP BY 1
), alone AS (
    SELECT * FROM tested
    WHERE right_mu > 0 AND claimed - right_mu > greatest($slack_mu, $slack_share * right_mu)
      AND claimed - right_mu - taken_mu > greatest($slack_mu, $slack_share * right_mu)
), several AS (
    SELECT h.home, t.programme_key, t.y FROM claimed t JOIN home h USING (person_key) GROUP BY ALL HAVING count(*) > 1
), together AS (
    SELECT min(t.person_key) AS person_key, t.programme_key, t.y, list(t.person_key) AS people, sum(t.claimed) AS claimed,
           min(r.mu) + sum(t.shift_mu) AS right_mu, 1 AS level,
           min(r.rows) AS land_rows, NULL::BIGINT[] AS taken_rows, '全户确权登记' AS source
    FROM claimed t JOIN home h USING (person_key) SEMI JOIN several s ON s.home = h.home AND s.programme_key = t.programme_key AND s.y = t.y
    JOIN home_right r ON r.home = h.home
    GROUP BY h.home, t.programme_key, t.y
    HAVING sum(t.claimed - t.shift_mu - t.taken_mu) - min(r.mu) > greatest($slack_mu, $slack_share * min(r.mu))
       AND NOT bool_or(t.person_key IN (SELECT person_key FROM alone))
), beyond AS MATERIALIZED (
    SELECT person_key, programme_key, y, [person_key] AS people, claimed, right_mu, level, land_rows,
           list_concat(coalesce(taken_rows, []), coalesce(given_rows, [])) AS taken_rows, source FROM alone
    UNION ALL BY NAME SELECT * FROM together
), told AS (  -- what the rows say is put together only for what is found
    SELECT b.person_key, b.programme_key, b.y, b.who, min(c.village_code) AS village_code, min(c.beneficiary) AS beneficiary, min(c.programme) AS programme,
           list(c.row_id) AS rows, sum(c.amount_yuan) AS amount_yuan, min(c.paid_on) AS first_on, max(c.paid_on) AS last_on,
           string_agg(DISTINCT c.note, '；' ORDER BY c.note) FILTER (c.note <> '') AS note
    FROM (SELECT person_key, programme_key, y, unnest(people) AS who FROM beyond) b
    JOIN claim c ON c.person_key = b.who AND c.programme_key = b.programme_key AND c.y IS NOT DISTINCT FROM b.y GROUP BY ALL
), over AS (
    SELECT b.*, t.* EXCLUDE (person_key, programme_key, y)
    FROM beyond b JOIN (
        SELECT person_key, programme_key, y, min(village_code) AS village_code, min(beneficiary) AS beneficiary, min(programme) AS programme,
               flatten(list(rows)) AS rows, sum(amount_yuan) AS amount_yuan, min(first_on) AS first_on, max(last_on) AS last_on,
               string_agg(DISTINCT note, '；' ORDER BY note) AS note
        FROM told GROUP BY person_key, programme_key, y
    ) t ON t.person_key = b.person_key AND t.programme_key = b.programme_key AND t.y IS NOT DISTINCT FROM b.y
)
SELECT min(village_code) AS village_code, 'person' AS subject_kind, CAST(min(beneficiary) AS VARCHAR) AS subject_key,
       min(level) AS level, flatten(list(rows)) AS evidence, min(coalesce(land_rows, []) || coalesce(taken_rows, [])) AS context,
       sum(amount_yuan)::DOUBLE AS amount_yuan, min(first_on) AS first_on, max(last_on) AS last_on,
       min(programme) AS programme, max(claimed)::DOUBLE AS claimed, min(right_mu)::DOUBLE AS right_mu,
       max(claimed - right_mu)::DOUBLE AS over, min(source) AS source,
       CASE WHEN bool_and(regexp_matches(coalesce(note, ''), '代耕|代种|流转|转入|租种|租入|承包|转包|开荒|新开|新增|增补|补登|习惯亩|未确权|合并|分户|托管|并户|实测|复垦|漏登|更正|公示'))
            THEN '备注：' || min(note) END AS explained
FROM over
GROUP BY person_key, programme_key
