-- says_common_land: words of a roll that point to land of the collective.
CREATE OR REPLACE MACRO says_common_land(words) AS
    regexp_matches(coalesce(words, ''), '机动地|集体(土|林|耕|荒)?(地|山|林)|村集体|预留地|村委会?的?地|村林场|四荒');

-- subsidy_class: what kind of benefit a programme is. The code decides, the words where there is no code.
-- universal: everybody of an age or a status; land: follows the field; means: poor households only;
-- post: pay for work; other: a certificate decides (disability, family planning, students).
CREATE OR REPLACE TABLE subsidy_class AS
WITH named AS (
    SELECT DISTINCT programme, programme_code,
           coalesce(programme, '') || coalesce(CASE WHEN programme IS NULL THEN category END, '') AS words
    FROM subsidy
), coded AS (
    SELECT *, CASE programme_code
        WHEN 'B01' THEN 'land' WHEN 'B09' THEN 'land' WHEN 'B14' THEN 'land' WHEN 'B02' THEN 'other'
        WHEN 'B03' THEN 'means' WHEN 'B04' THEN 'means' WHEN 'B05' THEN 'means' WHEN 'B08' THEN 'means'
        WHEN 'B10' THEN CASE WHEN words LIKE '%公益林%' AND words NOT LIKE '%护林%' THEN 'land' ELSE 'post' END WHEN 'B11' THEN 'post' WHEN 'B06' THEN 'other' WHEN 'B07' THEN 'universal'
        WHEN 'B12' THEN 'other' WHEN 'B13' THEN 'other' END AS by_code
    FROM named
)
SELECT DISTINCT ON (programme, programme_code) programme, programme_code, coalesce(by_code, CASE
    WHEN regexp_matches(words, '护林员|公益(性)?岗|公岗|保洁员|保洁|网格员|水管员|护路|巡护|治安员|协管') THEN 'post'
    WHEN regexp_matches(words, '低保|最低生活|特困|五保|临时救助|困难救助|危房|危改|医疗救助|困境|孤儿|边缘') THEN 'means'
    WHEN regexp_matches(words, '地力|耕地|粮食|种粮|良种|农资|退耕|还林|公益林|生态林|玉米|大豆|小麦|草原|轮作') THEN 'land'
    WHEN regexp_matches(words, '养老|高龄|老年|长寿|移民|独生') THEN 'universal'
    ELSE 'other' END) AS class
FROM coded ORDER BY programme, programme_code, words;

-- payment: one row per sum that was put on a card (a roll with a column per month has several to a row_id).
-- village_code: the row's, else the home of the beneficiary. programme_key groups spellings of a programme.
-- month_from, month_to: months it is for (of payment where the roll does not say). Returned, failed and reversed
-- payments are out; is_late: the remark says it makes up for earlier months.
-- A period of many months under which one village was paid in several months is only the title of the book.
CREATE OR REPLACE TABLE payment AS
WITH titled AS (
    SELECT programme, village_code, period_from, period_to, true AS is_title
    FROM subsidy WHERE period_to > period_from
    GROUP BY programme, village_code, period_from, period_to
    HAVING count(DISTINCT date_trunc('month', paid_on)) > 1
), read AS NOT MATERIALIZED (
    SELECT s.row_id, s.village_code, coalesce(s.beneficiary, s.head, s.payee) AS beneficiary, s.payee, s.head, s.programme, s.programme_code,
           coalesce(s.programme_code, s.programme, '') ||
               CASE WHEN s.programme_code = 'B06' OR s.programme LIKE '%残疾%' THEN
                    CASE WHEN regexp_matches(coalesce(s.programme, '') || coalesce(s.category, ''), '护理') THEN '护理'
                         WHEN regexp_matches(coalesce(s.programme, '') || coalesce(s.category, ''), '生活') THEN '生活' ELSE '' END
               ELSE '' END AS programme_key,
           s.paid_on,
           CASE WHEN t.is_title THEN date_trunc('month', s.paid_on)
                ELSE coalesce(s.period_from, date_trunc('month', s.paid_on) - to_months(greatest(coalesce(s.months, 1)::INT, 1) - 1))
           END::DATE AS month_from,
           CASE WHEN t.is_title THEN date_trunc('month', s.paid_on)
                ELSE coalesce(s.period_to, s.period_from, date_trunc('month', s.paid_on)) END::DATE AS month_to,
           s.amount_yuan, s.area_mu, s.contract_mu, s.excluded_mu, s.moved_out_mu, s.moved_in_mu, s.category, s.plot_code, s.post_name, s.relation, coalesce(s.people, 1) AS people,
           s.note, s.pay_state
    FROM subsidy s LEFT JOIN titled t ON t.programme IS NOT DISTINCT FROM s.programme AND t.period_from = s.period_from
        AND t.period_to = s.period_to AND t.village_code IS NOT DISTINCT FROM s.village_code AND s.paid_on IS NOT NULL
), judged AS (
    SELECT * REPLACE (coalesce(note, '') AS note),
           coalesce(regexp_matches(pay_state, '退|失败|冲|未成功|不成功|作废|未发|未支付|停发|暂停|撤销|拒|异常|止付|待'), false)
              OR coalesce(regexp_matches(note, '(已|被|银行|全额|资金)(退回|退票|退汇)|退票|退汇|未发放|未到账|发放失败|打卡失败|已冲回|已冲销|作废')
                          AND NOT regexp_matches(note, '重发|重新|再次|补打|二次'), false) AS is_lost,
           coalesce(regexp_matches(note, '补发|补付|补差|补缴|补足|追补|补拨|补\d'), false) AS is_late
    FROM read WHERE amount_yuan <> 0
), undone AS (
    SELECT n.beneficiary, n.programme_key, -n.amount_yuan AS amount_yuan FROM read n WHERE n.amount_yuan < 0
)
SELECT row_number() OVER () AS payment_id, * FROM (
SELECT j.row_id, coalesce(j.village_code, k.home) AS village_code, j.beneficiary, k.person_key, j.payee, j.head,
       j.programme, j.programme_code, j.programme_key, coalesce(c.class, 'other') AS class, j.paid_on,
       j.month_from, greatest(j.month_from, j.month_to) AS month_to, j.amount_yuan,
       j.area_mu, j.contract_mu, j.excluded_mu, j.moved_out_mu, j.moved_in_mu, j.category,
       j.plot_code, j.post_name, j.relation, j.people, j.note, j.is_late
FROM judged j JOIN person_key k ON k.mention_id = j.beneficiary
LEFT JOIN subsidy_class c ON c.programme IS NOT DISTINCT FROM j.programme
    AND c.programme_code IS NOT DISTINCT FROM j.programme_code
WHERE NOT j.is_lost AND j.amount_yuan > 0
  AND NOT EXISTS (FROM undone u WHERE u.beneficiary = j.beneficiary AND u.programme_key = j.programme_key
                  AND u.amount_yuan = j.amount_yuan)
ORDER BY j.row_id, j.month_from, j.programme, j.amount_yuan);

-- degree_of: the degree of disability a text names, 1 (gravest) to 4; NULL where it names none.
CREATE OR REPLACE MACRO degree_of(words) AS CASE
    WHEN regexp_matches(coalesce(words, ''), '一级|[1１Ⅰ]级?$|壹级') THEN 1 WHEN regexp_matches(coalesce(words, ''), '二级|[2２Ⅱ]级?$|贰级') THEN 2
    WHEN regexp_matches(coalesce(words, ''), '三级|[3３Ⅲ]级?$|叁级') THEN 3 WHEN regexp_matches(coalesce(words, ''), '四级|[4４Ⅳ]级?$|肆级') THEN 4 END;
