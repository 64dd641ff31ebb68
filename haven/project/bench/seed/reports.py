"""What arrived: a report for each case, and those joined to another, declined, or still waiting at the desk."""

EXTRA = """
CREATE TEMP TABLE seed_extra ON COMMIT DROP AS
WITH refused AS (
    SELECT :cases + i AS m, 'refused' AS state, i % 4 AS a, NULL::bigint AS into_n,
        :starts_at + pg_temp.days((i - 0.5) / :refused * 3640) AS at
    FROM generate_series(1, :refused) i
),
joined AS (
    SELECT :cases + :refused + p.n AS m, 'merged' AS state, p.a, p.n AS into_n,
        p.at + (p.opened_at - p.at) * 0.5 AS at
    FROM seed_plan p WHERE p.n <= :joined * 20 AND p.n % 20 = 7 AND NOT p.live
),
waiting AS (
    SELECT 2 * :cases + :refused + i AS m, CASE WHEN i % 3 = 0 THEN 'looked_at' ELSE 'received' END AS state,
        i % 4 AS a,
        NULL::bigint AS into_n, :now - pg_temp.days((i / 4 + 0.3) / (:waiting + 1) * 1.2) AS at
    FROM generate_series(0, :waiting * 4 - 1) i
),
found AS (SELECT * FROM refused UNION ALL SELECT * FROM joined UNION ALL SELECT * FROM waiting)
SELECT f.m, f.state, f.a::int AS a, f.at, i.at AS into_at, f.into_n,
    CASE WHEN f.state <> 'received' THEN f.at + pg_temp.days(0.1 * pg_temp.chance(f.m, 'look')) END AS looked_at,
    au.id AS authority_id, officer.id AS officer, name.given, name.family, replace(story.story, '{name}',
        name.given) AS story,
    pg_temp.id_at(f.at, f.m, 'contact') AS contact_id, pg_temp.chance(f.m, 'professional') < 0.6 AS professional,
    (f.m % 4096)::int AS grain, i.contact_id AS into_id, i.person_id, i.case_id
FROM found f
LEFT JOIN seed_plan i ON i.n = f.into_n
JOIN seed_authority au ON au.a = f.a
JOIN seed_duty officer ON officer.a = f.a AND officer.i = f.m % 3
JOIN seed_name name ON name.i = floor(pg_temp.chance(coalesce(f.into_n, f.m), 'name') * :names)::int
JOIN seed_story story ON story.harm = pg_temp.pick(ARRAY['neglect','financial','physical','domestic','self_neglect'],
    f.m, 'harm')
    AND story.woman = (name.gender = 'female') AND story.i = floor(pg_temp.chance(f.m, 'story') * 6)::int;
CREATE TEMP TABLE seed_report ON COMMIT DROP AS
SELECT n AS m, 'accepted' AS state, a, at, looked_at, authority_id, officer, given, family, story, contact_id,
    professional, grain,
    NULL::uuid AS into_id, person_id, case_id, source, location
FROM seed_plan
UNION ALL
SELECT m, state, a, at, looked_at, authority_id, officer, given, family, story, contact_id, professional, grain,
    into_id, person_id,
    case_id, CASE WHEN professional THEN 'gp' ELSE 'neighbour' END, 'own_home'
FROM seed_extra;
ANALYZE seed_extra;
ANALYZE seed_report
"""

CONTACTS = """
INSERT INTO contacts_contact (id, version, salt, reference, pathway, channel, received_at, recorded_at,
    idempotency_key,
    body_digest, state, urgency, immediate_danger, about, answers, first_line, children_present, setting_code,
        claimed_at,
    looked_at, safe_tonight, authority_id, claimed_by_id, entered_by_id, merged_into_id)
SELECT contact_id, 1, s.salt, pg_temp.reference('C', m), 'adults',
    CASE WHEN pg_temp.chance(m, 'by phone') < 0.3 THEN 'phone' ELSE 'web' END,
    at, at, 'seed-:seed-' || m,
    encode(sha256(convert_to(story, 'UTF8')), 'hex'), state,
    CASE WHEN looked_at IS NULL THEN '' WHEN pg_temp.chance(m, 'urgency') < 0.08 THEN 'act_now'
         WHEN pg_temp.chance(m, 'urgency') < 0.5 THEN 'today' ELSE 'routine' END,
    CASE WHEN pg_temp.chance(m, 'danger') < 0.04 THEN 'yes' WHEN pg_temp.chance(m, 'danger') < 0.7 THEN 'no'
        ELSE 'not_sure' END,
    CASE WHEN professional THEN 'work' ELSE 'someone' END,
    jsonb_build_object('receipt', jsonb_build_array(jsonb_build_array('What you told us', jsonb_build_array(
        jsonb_build_array('What are you worried about?', story), jsonb_build_array('Who is it about?', given || ' '
            || family)))),
        'fields', '{}'::jsonb, 'missing', '[]'::jsonb),
    left(story, 200), CASE WHEN pg_temp.chance(m, 'child') < 0.05 THEN true ELSE false END, location,
    looked_at, looked_at, CASE WHEN looked_at IS NULL THEN '' ELSE 'yes' END, authority_id,
    CASE WHEN looked_at IS NOT NULL THEN officer END, NULL, into_id
FROM seed_report JOIN seed_salt s ON s.i = grain
ORDER BY into_id IS NOT NULL, m
"""

ADULTS = """
INSERT INTO contacts_contactperson (id, contact_id, position, given_name, family_name, description, whereabouts,
    date_of_birth,
    age_estimate, postcode, no_fixed_address, person_id, case_id)
SELECT pg_temp.id_at(at, m, 'reported'), contact_id, 0, given, family, '', CASE location WHEN 'own_home'
    THEN 'At home' ELSE '' END,
    NULL, 20 + floor(75 * pg_temp.chance(m, 'about age'))::int, '', false, person_id, case_id
FROM seed_report
"""

REFERRERS = """
INSERT INTO contacts_referrer (contact_id, name, role, organisation, email, telephone, relationship, identity,
    safe_ways,
    wants_feedback, is_professional, source_code, source_reason, their_reference)
SELECT contact_id, name.given || ' ' || name.family,
    CASE WHEN professional THEN pg_temp.pick(ARRAY['Nurse','Social worker','Care worker','Housing officer'], m,
        'role') ELSE '' END,
    CASE WHEN professional THEN pg_temp.pick(ARRAY['Example General Hospital','Pattern Surgery','Notion Homes',
        'Fablecourt Home Care'], m, 'employer') ELSE '' END,
    CASE WHEN professional THEN 'somebody.' || m || '@sender.example' ELSE '' END, '01632 960555',
    CASE WHEN professional THEN '' ELSE 'Neighbour' END,
    CASE WHEN pg_temp.chance(m, 'identity') < 0.2 AND NOT professional THEN 'inside' ELSE 'use' END,
        '["ring"]'::jsonb,
    true, professional, source, '', ''
FROM seed_report JOIN seed_name name ON name.i = floor(pg_temp.chance(m, 'referrer') * :names)::int
"""

LOOKS = """
INSERT INTO contacts_firstlook (id, salt, contact_id, safe_tonight, urgency, words, at, by_id)
SELECT pg_temp.id_at(looked_at, m, 'look'), s.salt, contact_id, 'yes',
    CASE WHEN pg_temp.chance(m, 'urgency') < 0.08 THEN 'act_now' WHEN pg_temp.chance(m, 'urgency') < 0.5 THEN 'today'
        ELSE 'routine' END,
    'Rang and checked. Safe for now.', looked_at, officer
FROM seed_report JOIN seed_salt s ON s.i = grain WHERE looked_at IS NOT NULL
"""

OUTCOMES = """
INSERT INTO contacts_outcome (id, salt, contact_id, reasons, advice, at, by_id)
SELECT pg_temp.id_at(looked_at, m, 'outcome'), s.salt, contact_id,
    CASE state WHEN 'merged' THEN 'The same incident, told by another person.'
        ELSE 'A complaint about a service; no sign of abuse or neglect.' END,
    CASE state WHEN 'merged' THEN '' ELSE 'How to complain, and whom to ring if things change.' END,
        looked_at + interval '10 minutes', officer
FROM seed_extra JOIN seed_salt s ON s.i = grain WHERE state IN ('merged', 'refused')
"""

STEPS = (
    ("what else arrived", EXTRA),
    ("reports", CONTACTS),
    ("first looks and outcomes", LOOKS + ";" + OUTCOMES),
)
AFTER_CASES = (("whom reports are about", ADULTS), ("who told us", REFERRERS))
TABLES = ("contacts_contact", "contacts_contactperson", "contacts_referrer", "contacts_firstlook", "contacts_outcome")
