/*---
name: 休息日的大额招待支出
needs: {entries: [entry_id, village_id, biz_date, side, amount, summary]}
uses: {entries: [account_name, payee], villages: [township_id]}
keeps: [bar, size, large]
reason: "{days_off}发生招待类支出{n}笔、{amount_yuan}元（{payee}），需核实事由和用餐人员"
figure: "单笔最高{most}元，处于参照村招待支出前{top}%"
group: 参照村招待类支出
checked: 调休上班日、同镇各村同期是否也有、防汛选举等现场用餐、慰问
clears: [公函或会议通知, 菜单和用餐人员名单, 值班安排]
source: 公职人员政务处分法 §35；国务院办公厅年度放假通知
---*/
WITH meal AS (
    SELECT p.v, p.pid, p.payee, p.id, p.d, p.cents, p.summary, p.acc_name, regexp_matches(p.summary, '\d+\s*人') AS is_counted, regexp_matches(coalesce(p.acc_name, ''), '招待|接待') AS is_posted, says_gift_words(p.summary) AS is_gift
    FROM pay p WHERE p.cents >= 20000 AND (regexp_matches(coalesce(p.acc_name, ''), '招待|接待') OR says_hospitality(p.summary)
        OR (says_eating_house(p.payee) AND NOT regexp_matches(p.summary, '住宿|会议室|维修|装修')))
      AND NOT regexp_matches(p.summary, '果树|果苗|酒精|烟花|禁烟|装修|改造|收购|工程|食堂设备')
), bar AS (
    SELECT quantile_disc(cents, 0.8) AS high, quantile_disc(cents, 0.92) AS very_high, quantile_disc(cents, 0.97) AS top, count(*) AS n FROM meal SEMI JOIN panel USING (v)
), dated AS (
    SELECT m.*, w.town, w.village_id, coalesce(c.is_off, isodow(m.d) >= 6) AS is_off, coalesce(c.name, '') AS named FROM meal m JOIN vil w USING (v) LEFT JOIN day_off c ON c.d = m.d
), size AS (SELECT town, count(*) AS villages FROM vil WHERE town <> '' GROUP BY town),
mine AS (SELECT d.v, d.village_id, d.town, d.d FROM dated d CROSS JOIN bar b WHERE d.cents >= b.high AND d.town <> '' GROUP BY ALL),
large AS (SELECT village_id, town, d FROM mine),
usual AS (SELECT town, count(*) * 13.0 / greatest(date_diff('day', min(d), max(d)), 60) / any_value(s.villages) AS share FROM large JOIN size s USING (town) GROUP BY town),
nearby AS (
    SELECT x.v, x.d, count(DISTINCT y.village_id) AS others FROM mine x JOIN large y ON y.town = x.town AND y.village_id <> x.village_id AND y.d BETWEEN x.d - 6 AND x.d + 6 GROUP BY ALL
), picked AS (
    SELECT d.*, b.high, b.very_high, b.top, b.n AS pool, coalesce(s.villages >= 4 AND n.others >= 2 AND n.others / (s.villages - 1.0) >= greatest(0.25, 1.8 * u.share), false) AS is_shared
    FROM dated d CROSS JOIN bar b LEFT JOIN size s ON s.town = d.town LEFT JOIN usual u ON u.town = d.town LEFT JOIN nearby n ON n.v = d.v AND n.d = d.d WHERE d.is_off AND d.cents >= b.high
), habit AS (
    SELECT v, count(*) AS meals, count(*) FILTER (is_off) AS off FROM dated GROUP BY v
), grouped AS (
    SELECT v, coalesce(pid, hash(d)) AS key, min(payee) AS payee, CAST(count(*) AS INTEGER) AS n, CAST(sum(cents) AS BIGINT) AS cents, max(cents) AS most, bool_and(is_shared) AS is_shared, list('e:' || id ORDER BY d, id) AS objs,
           string_agg(DISTINCT CAST(d AS VARCHAR), '、' ORDER BY CAST(d AS VARCHAR)) AS days, list(summary ORDER BY d, id) AS text, any_value(very_high) AS very_high, any_value(top) AS bar_top, any_value(high) AS high,
           bool_or(is_posted) AS is_posted, bool_and(year(d) IN (FROM calendar_year)) AS has_calendar, count(*) FILTER (is_counted) = count(*) AS is_priced, bool_or(is_gift) AS is_gift, bool_or(named <> '') AS is_holiday, count(DISTINCT d) AS off_days
    FROM picked GROUP BY v, key, is_shared
)
SELECT g.v, objs, -1.2 + CASE WHEN most >= bar_top THEN 1.3 WHEN most >= very_high THEN 0.7 ELSE -0.4 END + CASE WHEN n >= 3 THEN 0.9 WHEN n = 2 THEN 0.5 ELSE 0 END + CASE WHEN is_holiday THEN 0.5 ELSE 0 END
           + CASE WHEN is_gift THEN 0.3 ELSE 0 END - CASE WHEN is_posted THEN 0 ELSE 0.3 END - CASE WHEN has_calendar THEN 0 ELSE 1.0 END - CASE WHEN h.off > 0.5 * h.meals AND h.meals >= 10 THEN 0.8 ELSE 0 END AS lo,
       cents AS amount, text, is_shared, is_priced, coalesce(payee, '（未写收款人）') AS payee, n, yuan(cents) AS amount_yuan, left(days, 60) AS days_off, yuan(most) AS most,
       CASE WHEN most >= bar_top THEN 3 WHEN most >= very_high THEN 8 ELSE 20 END AS top, CASE WHEN most >= bar_top THEN 1.5 WHEN most >= very_high THEN 1.1 ELSE 0.7 END AS rarity
FROM grouped g JOIN habit h USING (v)
