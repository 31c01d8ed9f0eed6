-- One form for every ledger: villages as numbers, sums in cents, texts without their figures, sums later taken back marked.
CREATE OR REPLACE MACRO plain_party(words) AS
    CASE WHEN regexp_full_match(words, '[^\s　（）/、.无—-]+') THEN words
         ELSE nullif(regexp_replace(replace(replace(coalesce(words, ''), '（', '('), '）', ')'), '\s+|　|^[-—/无、.]+$', '', 'g'), '') END;
CREATE OR REPLACE MACRO bare_name(words) AS regexp_replace(words, '[(].*$', '');
CREATE OR REPLACE MACRO words_only(words) AS
    regexp_replace(words, '[0-9０-９一二三四五六七八九十\s　.，,。、:：;；()（）*×@#-]+|^(支付|付|支|购置|购买|购|收到|收)|(费用|一笔)$', '', 'g');
CREATE OR REPLACE MACRO is_firm(name) AS
    length(bare_name(name)) > 4 OR (length(bare_name(name)) = 4 AND NOT regexp_matches(name, '^(欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|端木|东方|南宫|西门|申屠|赫连|呼延|轩辕|澹台|濮阳)')) OR regexp_matches(bare_name(name), '公司|厂|店|部|社|站|中心|超市|银行|院|所|队|局|经营|合作|商行|饭庄|饭店|酒家');
CREATE OR REPLACE MACRO is_public(name) AS regexp_matches(coalesce(name, ''), '税务|财政所|财政局|国库|供电|电网|供水|自来水|社保|医保|保险|人民政府|办事处|经管站|法院|邮政|移动通信|联通|电信');
-- Surprise in powers of ten (Chernoff's bound of the upper tail), 0 when there are no more than expected.
CREATE OR REPLACE MACRO poisson_surprise(k, expected) AS
    CASE WHEN k > expected AND expected > 0 THEN (k * ln(k / expected) - k + expected) / ln(10) ELSE 0 END;
CREATE OR REPLACE MACRO binomial_surprise(k, n, share) AS
    CASE WHEN k > n * share AND share > 0 AND share < 1
         THEN (k * ln(k / (n * share)) + CASE WHEN k < n THEN (n - k) * ln((n - k) / (n * (1 - share))) ELSE 0 END) / ln(10) ELSE 0 END;
CREATE OR REPLACE MACRO yuan(cents) AS format('{:t,}', CAST(round(cents / 100.0) AS BIGINT));

CREATE OR REPLACE TABLE vil AS
WITH ids AS (SELECT village_id FROM raw_entries WHERE village_id IS NOT NULL UNION SELECT village_id FROM raw_contracts WHERE village_id IS NOT NULL),
     told AS (SELECT village_id, max(nullif(greatest(approval_limit, 0), 0)) AS lim, min(township_id) AS town, min(county_id) AS county FROM raw_villages GROUP BY village_id)
SELECT CAST(row_number() OVER (ORDER BY i.village_id) AS INTEGER) AS v, i.village_id, t.lim, coalesce(t.town, '') AS town, coalesce(t.county, '') AS county,
       hash(i.village_id || '·panel') AS lot
FROM ids i LEFT JOIN told t USING (village_id) ORDER BY 1;

-- A book without a payee column names the payee in the summary: in brackets or behind a dash at its end, or in front.
CREATE OR REPLACE TEMP TABLE told_payee AS
WITH untold AS (
    SELECT w.v, x.entry_id AS id, plain_party(regexp_extract(x.summary, '[(（-]([^\s()（）\d-]{2,30})[)）]?$', 1)) AS tail,
           plain_party(regexp_extract(x.summary, '^([^，,。、；;：:()（）\d]{2,24}?(公司|商店|超市|门市部?|经营部|维修部|修理厂|印刷厂|加油站|饭店|餐馆|酒楼|酒店|农家院|合作社|服务队|运输队|安装队|建筑队|苗圃|图文店|店))', 1)) AS head
    FROM raw_entries x JOIN vil w USING (village_id) WHERE (x.payee IS NULL OR (length(x.payee) <= 2 AND plain_party(x.payee) IS NULL)) AND x.entry_id IS NOT NULL AND regexp_matches(coalesce(x.side, '支'), '支|借|付|出|^[Oo]ut') AND length(x.summary) >= 4
), called AS (
    SELECT v, plain_party(payee) AS payee FROM (SELECT DISTINCT village_id, payee FROM raw_entries WHERE payee IS NOT NULL) JOIN vil USING (village_id) WHERE v IN (SELECT v FROM untold) AND plain_party(payee) IS NOT NULL
    UNION SELECT v, plain_party(name) FROM raw_roster JOIN vil USING (village_id)
    UNION SELECT v, tail FROM untold WHERE length(tail) <= 3 OR is_firm(tail) GROUP BY ALL HAVING count(*) >= 3
)
SELECT u.v, u.id, coalesce(t.payee, CASE WHEN regexp_matches(u.tail, '公司|[店厂社]$|经营部|门市|超市|维修部|[饭酒]楼|餐馆|建筑队|加油站') THEN u.tail END, h.payee) AS payee
FROM untold u LEFT JOIN called t ON t.v = u.v AND t.payee = u.tail LEFT JOIN called h ON h.v = u.v AND h.payee = u.head AND is_firm(h.payee)
WHERE coalesce(t.payee, h.payee) IS NOT NULL OR regexp_matches(u.tail, '公司|[店厂社]$|经营部|门市|超市|维修部|[饭酒]楼|餐馆|建筑队|加油站');

CREATE OR REPLACE TABLE e AS
WITH r AS (
    SELECT w.v, x.entry_id AS id, coalesce(x.biz_date, x.date) AS d, coalesce(x.date, x.biz_date) AS b, x.amount AS cents,
           regexp_matches(coalesce(x.side, ''), '支|借|付|出|^[Oo]ut') AS is_out, x.side IS NOT NULL AS has_side, x.voucher_no AS vno,
           CASE WHEN x.method IS NULL THEN 0 WHEN regexp_matches(x.method, '现') THEN 2 ELSE 1 END AS meth,
           coalesce(x.account_name, x.account) AS acc_name, coalesce(plain_party(x.payee), p.payee) AS payee, CASE WHEN p.payee IS NULL THEN nullif(x.payee, plain_party(x.payee)) END AS raw_payee, x.payee_acct AS pacct, coalesce(x.summary, '') AS summary,
           CASE WHEN regexp_full_match(x.invoice_no, '[0-9A-Z]*[1-9A-Z][0-9A-Z]*') THEN x.invoice_no ELSE nullif(regexp_replace(upper(coalesce(x.invoice_no, '')), '[^0-9A-Z]+|^0+$', '', 'g'), '') END AS inv
    FROM raw_entries x JOIN vil w USING (village_id) LEFT JOIN told_payee p ON p.v = w.v AND p.id = x.entry_id
    WHERE x.amount IS NOT NULL AND x.amount <> 0 AND coalesce(x.biz_date, x.date) IS NOT NULL
), named AS (
    SELECT *, CASE WHEN length(payee) >= 2 THEN replace(summary, payee, '') ELSE summary END AS bare FROM r
), wording AS (
    -- each wording is read once, however many entries share it; the 4 of A4 is no quantity
    SELECT bare, is_out, CASE WHEN regexp_matches(bare, '[A-Za-z]\d') THEN regexp_replace(bare, '([A-Za-z])\d+', '\1', 'g') ELSE bare END AS rest FROM (SELECT DISTINCT bare, is_out FROM named)
), read AS (
    SELECT *, CASE WHEN is_out AND regexp_matches(rest, '\d')
                   THEN regexp_extract(rest, '([^\d\s，。、；;：:,（）()×xX*@/]{0,16})[（(:：]?\s*(\d{1,6}(?:\.\d{1,3})?)\s*(平方米|立方米|公斤|千克|[^\s\d年月日号期人次户组级届楼元万亿层天第%％至到个和、，。,:：；;（）()/~～—-]|个)([^\d\s，。、；;：:,（）()×xX*@/]{0,10})', ['noun', 'n', 'unit', 'after']) END AS bought
    FROM wording
), told AS (
    -- 2023.06保洁 is a month, not a quantity
    SELECT *, bought.n <> '' AND NOT regexp_full_match(bought.n, '20[0-4]\d(\.\d+)?') AS is_bought FROM read
), plain AS (
    SELECT bare, is_out, hash(words_only(rest)) AS tid, CASE WHEN is_bought THEN TRY_CAST(bought.n AS DOUBLE) END AS qty,
           CASE WHEN is_bought THEN coalesce(nullif(regexp_replace(bought.noun, '^.*(购置|采购|购买|购进|购入|更换|安装|支付|定制|定做|制作|添置|配备|购|买|付)|^支', ''), ''), nullif(regexp_replace(bought.after, '(费用|一笔|款|等)+$', ''), '')) || '|' || bought.unit END AS item,
           coalesce(is_bought, false) OR regexp_matches(rest, '\d\s*(人|天|户|次|工|亩|餐|桌|趟|车|块|元/|\*|×|x|X|@)') AS is_counted, says_table_words(bare) AS is_table
    FROM told
)
SELECT v, coalesce(id, '?' || hash(v, d, b, cents, summary, payee, vno)) AS id, d, b,
       is_out OR NOT has_side AS is_out, cents, vno, CAST(meth AS TINYINT) AS meth, acc_name, hash(acc_name) AS acc, payee, CASE WHEN payee IS NOT NULL THEN raw_payee END AS raw_payee,
       CASE WHEN payee IS NOT NULL THEN hash(payee) END AS pid, pacct, tid, inv, summary, qty, item, is_counted, is_table,
       CAST(year(b) * 100 + month(b) AS BIGINT) AS ym, false AS is_back
FROM named JOIN plain USING (bare, is_out);

-- The same book imported twice (more than a fifth of a village's rows repeat in every column): each row counts once.
CREATE OR REPLACE TABLE twice AS
WITH n AS (SELECT v, count(*) AS n, count(DISTINCT hash(id)) AS ids, approx_count_distinct(hash(b, vno, acc, is_out, cents, pid, tid, qty)) AS own FROM e GROUP BY v)
SELECT v, n, ids, own FROM n WHERE ids < n OR own < 0.8 * n;
