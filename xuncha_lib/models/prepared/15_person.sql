-- person_key: which mentions are one person, for grouping only (joins go through same_person).
-- A valid ID decides; without one, the closest person that has one; without that, the first look-alike.
-- home: the village on whose rolls this person stands, for bureau rows that name none.
-- Pairs stand both ways round, so the lower half of those by ID gives the lowest; ranks and places are packed into one number.
CREATE OR REPLACE TABLE person_key AS
WITH by_id AS (
    SELECT a, min(b) AS k FROM same_person WHERE level = 1 AND b <= a GROUP BY a
), nearest AS (
    SELECT p.a, arg_min(coalesce(i.k, p.b), ((i.k IS NULL)::BIGINT * 8 + p.level) * 72057594037927936 + p.b) AS k
    FROM (FROM same_person ANTI JOIN by_id USING (a) WHERE level BETWEEN 2 AND 4) p LEFT JOIN by_id i ON i.a = p.b
    GROUP BY p.a
), place AS (
    SELECT village_code, row_number() OVER (ORDER BY village_code) AS n
    FROM (SELECT village_code FROM household UNION SELECT village_code FROM committee UNION SELECT village_code FROM land UNION SELECT village_code FROM mention)
    WHERE village_code IS NOT NULL
), keyed AS (
    SELECT m.mention_id, coalesce(i.k, m.mention_id) AS person_key, n
    FROM mention m LEFT JOIN (FROM by_id UNION ALL FROM nearest) i ON i.a = m.mention_id LEFT JOIN place USING (village_code)
), rolls AS (
    SELECT person AS mention_id, village_code, 1 AS rank FROM household
    UNION ALL SELECT person, village_code, 2 FROM committee
    UNION ALL SELECT coalesce(member, contractor), village_code, 3 FROM land
), homes AS (
    SELECT person_key, min(place) % 4294967296 AS n FROM (
        SELECT k.person_key, r.rank::BIGINT * 4294967296 + p.n AS place FROM rolls r JOIN keyed k USING (mention_id) JOIN place p ON p.village_code = r.village_code
        UNION ALL SELECT person_key, 4 * 4294967296 + n FROM keyed WHERE n IS NOT NULL)
    GROUP BY person_key
)
SELECT k.mention_id, k.person_key, p.village_code AS home
FROM keyed k LEFT JOIN homes h USING (person_key) LEFT JOIN place p ON p.n = h.n;

-- A name in a village's papers and nobody else of that name in the village: not yet a lead, but worth a question (L5, domain 3.5).
CREATE OR REPLACE MACRO is_lone_name(level, why) AS level = 5 AND NOT contains(why, '本村同名');

-- household_member: who lives in one household, from the household register, the land roll and subsidy rows with a head.
-- household_key is made of village and household number, or of the head where no number is written.
CREATE OR REPLACE TABLE household_member AS
WITH written AS (
    SELECT row_id, village_code, person,
           CASE WHEN trim(coalesce(household_no, '')) <> '' THEN 'n' || household_no
                WHEN h.person_key IS NOT NULL THEN 'h' || h.person_key END AS household,
           coalesce(relation, '') AS relation, 'household' AS roll,
           coalesce(removed_reason, '') || coalesce(t.note, '') AS remark, removed_on
    FROM household t LEFT JOIN person_key h ON h.mention_id = t.head
    UNION ALL
    SELECT row_id, village_code, coalesce(member, contractor),
           CASE WHEN trim(coalesce(contractor_code, '')) <> '' THEN 'c' || contractor_code
                WHEN h.person_key IS NOT NULL THEN 'l' || h.person_key END,
           coalesce(relation, ''), 'land', coalesce(t.note, ''), NULL
    FROM land t LEFT JOIN person_key h ON h.mention_id = t.contractor
    UNION ALL
    SELECT t.row_id, village_code, beneficiary, 'l' || h.person_key, coalesce(relation, ''), 'subsidy', '', NULL
    FROM (SELECT village_code, beneficiary, head, arg_min_null(relation, row_id) AS relation, min(row_id) AS row_id
          FROM subsidy WHERE beneficiary IS NOT NULL AND head IS NOT NULL GROUP BY village_code, beneficiary, head) t
    JOIN person_key h ON h.mention_id = t.head
), first AS (
    SELECT w.village_code, w.household, k.person_key, w.roll, min(w.row_id) AS row_id, arg_min_null(w.person, w.row_id) AS person,
           arg_min(w.relation, w.row_id) AS relation, arg_min(w.remark, w.row_id) AS remark, arg_min_null(w.removed_on, w.row_id) AS removed_on
    FROM written w JOIN person_key k ON k.mention_id = w.person
    WHERE w.household IS NOT NULL AND w.village_code IS NOT NULL
    GROUP BY w.village_code, w.household, k.person_key, w.roll
)
SELECT village_code || '/' || household AS household_key, row_id, village_code, person, person_key, relation, roll, remark, removed_on
FROM first ORDER BY household_key, person_key, roll;

-- same_home: pairs of people (by person_key) who stand in one household on some roll.
CREATE OR REPLACE TABLE same_home AS
SELECT a.person_key AS a, b.person_key AS b, min(b.relation) AS relation, min(b.row_id) AS row_id
FROM household_member a JOIN household_member b USING (household_key)
WHERE a.person_key <> b.person_key
GROUP BY 1, 2;
