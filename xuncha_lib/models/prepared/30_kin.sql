-- kin: relatives of cadres, from declared relatives, the filing list of assisted relatives and household rolls.
-- cadre: mention on the committee roll (on the declaring list where no roll has the cadre).
-- is_near: spouse, parents, children, siblings, grandparents, grandchildren and their in-law counterparts;
-- cousins and clan are not. is_filed: reported to the office that grants relief, on any of the three lists.
-- Keys first, as a table of their own: told apart in the same query, all pairs of persons were made (20 GB).
CREATE OR REPLACE TEMP TABLE kin_keyed AS
WITH declared AS (
    SELECT cadre AS declarer, relative AS kin, village_code, coalesce(relation, '') AS relation,
           coalesce(is_filed, filed_on IS NOT NULL) OR regexp_matches(coalesce(note, ''), '已备案|已报备|已登记备案') AS is_filed,
           filed_on, row_id
    FROM relative
    UNION ALL
    SELECT worker, relative, village_code, coalesce(relation, ''), true, filed_on, row_id FROM relief_filing
), surely AS (
    SELECT a AS declarer, b AS person, level FROM same_person WHERE level <= 4 AND b IN (SELECT person FROM cadre)
), named AS (  -- the list itself says that who declares is a cadre: name, village and post agree where one cadre has the name
    SELECT s.a AS declarer, min(s.b) AS person, 4 AS level
    FROM same_person s SEMI JOIN declared d ON d.declarer = s.a ANTI JOIN surely y ON y.declarer = s.a
    JOIN (SELECT DISTINCT person FROM cadre) c ON c.person = s.b JOIN person_key k ON k.mention_id = s.b
    WHERE s.level = 5 GROUP BY s.a HAVING count(DISTINCT k.person_key) = 1
), linked AS (
    SELECT coalesce(c.person, d.declarer) AS cadre, d.kin, coalesce(c.village_code, d.village_code, k.home) AS village_code,
           d.relation, d.is_filed, d.filed_on, d.row_id, coalesce(p.level, 4) AS level
    FROM declared d JOIN person_key k ON k.mention_id = d.kin
    LEFT JOIN (FROM surely UNION ALL FROM named) p USING (declarer)
    LEFT JOIN (SELECT DISTINCT person, village_code FROM cadre) c ON c.person = p.person
    WHERE d.declarer IS NOT NULL AND d.kin IS NOT NULL
), housed AS (
    SELECT c.person AS cadre, m.person AS kin, c.village_code,
           CASE WHEN m.relation IN ('户主', '本人', '') AND own.relation NOT IN ('户主', '本人', '')
                THEN '户主（本人为' || own.relation || '）' ELSE '同户' || m.relation END AS relation,
           false AS is_filed, NULL::DATE AS filed_on, m.row_id, p.level
    FROM (SELECT DISTINCT person, village_code FROM cadre) c
    JOIN same_person p ON p.a = c.person AND p.level <= 4
    JOIN household_member own ON own.person = p.b
    JOIN household_member m ON m.household_key = own.household_key AND m.person_key <> own.person_key
)
SELECT u.*, kc.person_key AS cadre_key, kk.person_key AS kin_key FROM (FROM linked UNION ALL FROM housed) u
JOIN person_key kc ON kc.mention_id = u.cadre JOIN person_key kk ON kk.mention_id = u.kin;

CREATE OR REPLACE TABLE kin AS
WITH filed AS (
    SELECT DISTINCT a.person_key AS worker, b.person_key AS relative, r.filed_on
    FROM relief_filing r JOIN person_key a ON a.mention_id = r.worker JOIN person_key b ON b.mention_id = r.relative
), filed_name AS (  -- a list without the cadre's ID and village: the relative by key, the cadre by name
    SELECT w.name, b.person_key AS relative, min(r.filed_on) AS filed_on
    FROM (SELECT worker, relative, filed_on FROM relief_filing UNION ALL SELECT cadre, relative, filed_on FROM relative WHERE coalesce(is_filed, filed_on IS NOT NULL)) r
    JOIN mention w ON w.mention_id = r.worker JOIN person_key b ON b.mention_id = r.relative WHERE w.name <> '' GROUP BY ALL
)
SELECT u.cadre, u.kin, u.village_code,
       coalesce(arg_min(u.relation, (u.relation LIKE '同户%', u.row_id)) FILTER (u.relation NOT IN ('', '同户')), '同户') AS relation,
       bool_or(u.is_filed OR f.worker IS NOT NULL OR n.name IS NOT NULL) AS is_filed,
       min(coalesce(u.filed_on, f.filed_on, n.filed_on)) AS filed_on,
       list(DISTINCT u.row_id ORDER BY u.row_id) AS rows, min(u.level) AS level,
       NOT bool_and(regexp_matches(u.relation, '堂|表(哥|弟|姐|妹|兄|叔|舅|侄)|表亲|远房|同族|同宗|宗亲|邻居|朋友|同学|干亲|无')) AS is_near
FROM kin_keyed u LEFT JOIN filed f ON f.worker = u.cadre_key AND f.relative = u.kin_key
JOIN mention c ON c.mention_id = u.cadre JOIN mention x ON x.mention_id = u.kin LEFT JOIN filed_name n ON n.relative = u.kin_key AND n.name = c.name
-- two of one name in one family are one person, written once with a damaged number
WHERE u.cadre_key <> u.kin_key AND (c.name <> x.name OR c.name = '')
GROUP BY u.cadre, u.kin, u.village_code;
