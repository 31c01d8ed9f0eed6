-- person_key: which mentions are one person, for grouping only (joins go through same_person).
-- A valid ID decides; without one, the closest person that has one; without that, the first look-alike.
-- home: the village on whose rolls this person stands, for bureau rows that name none.
CREATE OR REPLACE TABLE person_key AS
WITH by_id AS (
    SELECT a, min(b) AS k FROM same_person WHERE level = 1 GROUP BY a
), nearest AS (
    SELECT p.a, arg_min(coalesce(i.k, p.b), (i.k IS NULL, p.level, p.b)) AS k
    FROM same_person p LEFT JOIN by_id i ON i.a = p.b
    WHERE p.level <= 4 AND p.a NOT IN (SELECT a FROM by_id)
    GROUP BY p.a
), keyed AS (
    SELECT m.mention_id, coalesce(i.k, n.k, m.mention_id) AS person_key, m.village_code
    FROM mention m LEFT JOIN by_id i ON i.a = m.mention_id LEFT JOIN nearest n ON n.a = m.mention_id
), rolls AS (
    SELECT person AS mention_id, village_code, 1 AS rank FROM household
    UNION ALL SELECT person, village_code, 2 FROM committee
    UNION ALL SELECT coalesce(member, contractor), village_code, 3 FROM land
    UNION ALL SELECT mention_id, village_code, 4 FROM mention
), homes AS (
    SELECT k.person_key, arg_min(r.village_code, (r.rank, r.village_code)) AS home
    FROM rolls r JOIN keyed k USING (mention_id) WHERE r.village_code IS NOT NULL GROUP BY 1
)
SELECT k.mention_id, k.person_key, h.home
FROM keyed k LEFT JOIN homes h USING (person_key);

-- A name in a village's papers and nobody else of that name in the village: not yet a lead, but worth a question (L5, domain 3.5).
CREATE OR REPLACE MACRO is_lone_name(level, why) AS level = 5 AND NOT contains(why, '本村同名');

-- household_member: who lives in one household, from the household register, the land roll and subsidy rows with a head.
-- household_key is made of village and household number, or of the head where no number is written.
CREATE OR REPLACE TABLE household_member AS
WITH written AS (
    SELECT row_id, village_code, person, head,
           CASE WHEN trim(coalesce(household_no, '')) <> '' THEN 'n' || household_no
                WHEN h.person_key IS NOT NULL THEN 'h' || h.person_key END AS household,
           coalesce(relation, '') AS relation, 'household' AS roll,
           coalesce(removed_reason, '') || coalesce(t.note, '') AS remark, removed_on
    FROM household t LEFT JOIN person_key h ON h.mention_id = t.head
    UNION ALL
    SELECT row_id, village_code, coalesce(member, contractor), contractor,
           CASE WHEN trim(coalesce(contractor_code, '')) <> '' THEN 'c' || contractor_code
                WHEN h.person_key IS NOT NULL THEN 'l' || h.person_key END,
           coalesce(relation, ''), 'land', coalesce(t.note, ''), NULL
    FROM land t LEFT JOIN person_key h ON h.mention_id = t.contractor
    UNION ALL
    SELECT row_id, village_code, beneficiary, head, 'l' || h.person_key, coalesce(relation, ''), 'subsidy', '', NULL
    FROM subsidy t JOIN person_key h ON h.mention_id = t.head WHERE beneficiary IS NOT NULL
)
SELECT DISTINCT ON (household_key, k.person_key, w.roll)
       w.village_code || '/' || w.household AS household_key, w.row_id, w.village_code, w.person,
       k.person_key, w.relation, w.roll, w.remark, w.removed_on
FROM written w JOIN person_key k ON k.mention_id = w.person
WHERE w.household IS NOT NULL AND w.village_code IS NOT NULL
ORDER BY household_key, k.person_key, w.roll, w.row_id;

-- same_home: pairs of people (by person_key) who stand in one household on some roll.
CREATE OR REPLACE TABLE same_home AS
SELECT a.person_key AS a, b.person_key AS b, min(b.relation) AS relation, min(b.row_id) AS row_id
FROM household_member a JOIN household_member b USING (household_key)
WHERE a.person_key <> b.person_key
GROUP BY 1, 2;
