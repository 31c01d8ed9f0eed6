-- What kind of thing a contract lets: from its category, else from its name.
CREATE OR REPLACE MACRO thing_of(words) AS CASE
    WHEN regexp_matches(words, '坑塘|鱼塘|水塘|塘坝|池塘|藕塘|水库|水面|鱼池') THEN '坑塘水面'
    WHEN regexp_matches(words, '门面|商铺|门市|沿街|摊位|铺面|商业房') THEN '门面房'
    WHEN regexp_matches(words, '厂房|车间|仓库|仓储|冷库|库房') THEN '厂房仓库'
    WHEN regexp_matches(words, '办公|学校|校舍|村部|房屋|平房|旧房|楼|卫生室|院落') THEN '房屋'
    WHEN regexp_matches(words, '大棚|温室') THEN '大棚'
    WHEN regexp_matches(words, '荒山|荒坡|荒沟|荒滩|荒地|四荒|荒丘|山场|山地|山坡|河滩') THEN '四荒地'
    WHEN regexp_matches(words, '果园|桃园|苹果园|梨园|茶园|葡萄园|园地|杏园|樱桃|枣园') THEN '园地'
    WHEN regexp_matches(words, '林地|林场|树林|山林|苗圃|杨树|林') THEN '林地'
    WHEN regexp_matches(words, '场地|场院|晒场|打谷场|广场|停车场|建设用地|空地|院子') THEN '场地'
    WHEN regexp_matches(words, '机动地|耕地|土地|农田|良田|旱地|水浇地|水田|菜地|口粮田|责任田|地块|亩') THEN '耕地'
    WHEN regexp_matches(words, '光伏|屋顶|设备|机械|农机') THEN '设备'
    WHEN regexp_matches(words, '地$') THEN '耕地'
    ELSE NULL END;

-- lease: contracts with what a calculation needs. `words` is every remark a contract carries.
-- A yearly rent that, times the area, gives the sum due is a price per 亩 standing in the column of the yearly rent.
CREATE OR REPLACE TABLE lease AS
-- Two whole days written in the term are beginning and end, whatever other columns were taken for them.
-- And where the "price" is the yearly rent times the area, the two columns were taken for each other.
WITH worded AS (
    SELECT *, list_transform(regexp_extract_all(replace(coalesce(term_text, ''), ' ', ''), '(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}'),
                             lambda d: TRY_CAST(regexp_replace(d, '[./年月]', '-', 'g') AS DATE)) AS days,
           len(days) = 2 AND days[1] < days[2] AS is_told
    FROM contract
), dated AS (
    SELECT * REPLACE (CASE WHEN is_told THEN days[1] ELSE starts_on END AS starts_on, CASE WHEN is_told THEN days[2] ELSE ends_on END AS ends_on) FROM worded
), straight AS (
    SELECT * REPLACE (CASE WHEN is_swapped THEN annual_yuan ELSE unit_yuan END AS unit_yuan,
                      CASE WHEN is_swapped THEN unit_yuan ELSE annual_yuan END AS annual_yuan)
    FROM (SELECT *, coalesce(area_mu, area_m2) AS area,
                 coalesce(area > 1.5 AND unit_yuan > 1.5 * annual_yuan AND abs(annual_yuan * area - unit_yuan) <= 0.01 * unit_yuan, false) AS is_swapped
          FROM dated)
), told AS (
    SELECT *, unit_yuan IS NULL AND area > 1.5 AND annual_yuan > 0 AND coalesce(
                  (due_yuan > 1.5 * annual_yuan AND abs(annual_yuan * area - due_yuan) <= 0.01 * due_yuan)
                  OR (total_yuan > 0 AND abs(annual_yuan * area * round((ends_on - starts_on) / 365.25) - total_yuan) <= 0.02 * total_yuan), false) AS is_per_mu
    FROM straight
)
SELECT c.row_id, c.village_code, v.town, c.contract_no, c.object_name, c.lessee, c.lessee_org,
       coalesce(plain_name(a.canonical), plain_name(c.lessee_org), plain_name(m.name), plain_name(c.lessee_name)) AS party,
       coalesce(thing_of(c.object_kind), thing_of(c.object_name), thing_of(c.contract_kind)) AS thing,
       c.object_kind, c.contract_kind, c.signed_on, c.starts_on,
       coalesce(c.ends_on, CASE WHEN c.term_years BETWEEN 0.1 AND 120 THEN CAST(c.starts_on + to_days(CAST(round(c.term_years * 365.25) AS INT)) AS DATE) END) AS ends_on,
       CASE WHEN c.starts_on IS NOT NULL AND c.ends_on IS NOT NULL THEN (c.ends_on - c.starts_on) / 365.25 ELSE c.term_years END AS years,
       c.area_mu, c.area_m2, CAST(CASE WHEN c.is_per_mu THEN c.annual_yuan ELSE c.unit_yuan END AS DOUBLE) AS unit_yuan,
       CAST(coalesce(CASE WHEN c.is_per_mu THEN c.annual_yuan * c.area ELSE c.annual_yuan END, c.unit_yuan * c.area_mu,
                CASE WHEN c.term_years > 0 AND c.total_yuan > 0 THEN c.total_yuan / c.term_years END) AS DOUBLE) AS annual_yuan,
       CAST(c.total_yuan AS DOUBLE) AS total_yuan, CAST(c.due_yuan AS DOUBLE) AS due_yuan, CAST(c.received_yuan AS DOUBLE) AS received_yuan,
       CAST(c.arrears_yuan AS DOUBLE) AS arrears_yuan, c.paid_until, c.pay_mode, c.bidding, c.state, c.note,
       concat_ws('；', c.state, c.pay_mode, c.note) AS words
FROM told c JOIN village v USING (village_code) LEFT JOIN mention m ON m.mention_id = c.lessee
LEFT JOIN (SELECT org, min(canonical) AS canonical FROM org_alias GROUP BY org) a ON a.org = c.lessee_org;

-- book_year: years in which a village's ledger is there to be compared with (nine months or more).
CREATE OR REPLACE TABLE book_year AS
SELECT village_code, year(entry_on) AS y, count(DISTINCT month) AS months
FROM money WHERE entry_on IS NOT NULL AND village_code IS NOT NULL GROUP BY ALL HAVING months >= 9;

-- rent_receipt: money in, given to the contract of its payer or of the name in its summary; of several contracts of
-- one party to the one whose object is named, then to the one whose yearly sum it is.
CREATE OR REPLACE TABLE rent_receipt AS
WITH came AS (
    SELECT row_id, rows, village_code, entry_on, CAST(amount_yuan AS DOUBLE) AS yuan, payee_key, coalesce(summary, '') AS summary
    FROM money WHERE side = 'in' AND amount_yuan > 0 AND coalesce(account_class, '') <> 'grant' AND NOT regexp_matches(coalesce(summary, ''), '押金|保证金')
), linked AS (
    SELECT r.row_id, l.row_id AS contract_row,
           (CASE WHEN length(l.object_name) >= 2 AND contains(r.summary, l.object_name) THEN 4 ELSE 0 END)
         + (CASE WHEN abs(r.yuan - l.annual_yuan) <= 0.01 * l.annual_yuan THEN 2 ELSE 0 END)
         + (CASE WHEN r.entry_on BETWEEN l.starts_on - 60 AND l.ends_on + 60 THEN 2
                 WHEN r.entry_on BETWEEN l.starts_on - 60 AND l.ends_on + 400 THEN 1 ELSE 0 END) AS fit
    FROM came r JOIN lease l ON l.village_code = r.village_code AND length(l.party) >= 2
    WHERE (r.payee_key = l.party OR contains(r.summary, l.party))
)
SELECT r.row_id, r.rows, r.village_code, r.entry_on, r.yuan, r.summary,
       arg_max(k.contract_row, (k.fit, -k.contract_row)) AS contract_row
FROM came r JOIN linked k USING (row_id)
GROUP BY r.row_id, r.rows, r.village_code, r.entry_on, r.yuan, r.summary;
