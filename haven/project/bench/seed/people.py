"""People and the facts kept about them: adults, alleged sources of harm, addresses, numbers, flags, safe contact."""

ADULTS = """
INSERT INTO people_person (id, version, known_as, given_name, family_name, other_names, date_of_birth, age_estimate,
    age_estimated_on, gender, ethnicity, language, interpreter_needed, communication, primary_support_reason, died_on,
    nhs_number, description, search_name)
SELECT person_id, 1, '', given, family, '',
    CASE WHEN exact THEN born END, CASE WHEN exact THEN NULL ELSE years END, CASE WHEN exact THEN NULL ELSE at::date
        END,
    gender, ethnicity, language, language <> '' AND pg_temp.chance(n, 'interpreter') < 0.6,
    CASE WHEN pg_temp.chance(n, 'communication') < 0.06 THEN 'Large print' ELSE '' END,
    pg_temp.pick(ARRAY['physical','physical','memory','memory','learning_disability','mental_health','sensory',
        'social','none','not_known'], n, 'reason'),
    CASE WHEN NOT live AND pg_temp.chance(n, 'died') < 0.04 THEN (closed_at + interval '200 days')::date END,
    '', '', search
FROM (
    SELECT p.*, name.ethnicity, name.language, name.search, years, pg_temp.chance(n, 'estimate') > 0.06 AS exact,
        (p.at - make_interval(years => years) - pg_temp.days(1 + 360 * pg_temp.chance(n, 'birthday')))::date AS born
    FROM seed_plan p JOIN seed_name name ON name.i = p.name,
    LATERAL (SELECT CASE WHEN pg_temp.chance(n, 'old') < 0.66 THEN 65 + floor(31 * sqrt(pg_temp.chance(n,
        'years')))::int
        ELSE 19 + floor(45 * pg_temp.chance(n, 'years'))::int END AS years) aged
    WHERE p.adult = p.n
) adult
"""

ALLEGED = """
INSERT INTO people_person (id, version, known_as, given_name, family_name, other_names, gender, ethnicity, language,
    interpreter_needed, communication, primary_support_reason, nhs_number, description, search_name)
SELECT pg_temp.id_at(p.opened_at, n, 'alleged'), 1, '', name.given, name.family, '', name.gender, 'not_known', '',
    false, '',
    'not_known', '', '', name.search
FROM seed_plan p JOIN seed_name name ON name.i = floor(pg_temp.chance(n, 'alleged name') * :names)::int
WHERE p.risk_from = 'relative' AND p.adult = p.n
"""

RELATIONSHIPS = """
INSERT INTO people_relationship (id, person_id, other_id, kind, lives_with, risk_to, authority_id, from_at,
    ended_reasons)
SELECT pg_temp.id_at(opened_at, n, 'relationship'), person_id, pg_temp.id_at(opened_at, n, 'alleged'),
    pg_temp.pick(ARRAY['child','child','partner','sibling','grandchild','other_relative'], n, 'kinship'),
    pg_temp.chance(n, 'lives with') < 0.5, true, authority_id, opened_at, ''
FROM seed_plan WHERE risk_from = 'relative' AND adult = n
"""

KEPT = """
INSERT INTO people_protectedvalue (id, person_id, kind, text, fingerprint, because, source, author_id, authority_id,
    recorded_at, ended_reasons)
SELECT pg_temp.id_at(at, n, 'kept'), person_id, 'address', kept, kept_print, 'risk_link', 'GP', officer, authority_id,
    looked_at, ''
FROM seed_plan JOIN seed_authority held ON held.id = authority_id
WHERE adult = n AND pg_temp.chance(n, 'protected') < 0.02
"""

ADDRESSES = """
INSERT INTO people_address (id, person_id, lines, postcode, no_fixed_address, kind, from_on, confirmed_by, protected,
    protected_value_id, restriction, source, author_id, authority_id, recorded_at)
SELECT pg_temp.id_at(at, n, 'address'), person_id,
    CASE WHEN pg_temp.chance(n, 'protected') < 0.02 THEN '' ELSE
    (1 + floor(180 * pg_temp.chance(n, 'house')))::int || ' ' || pg_temp.pick(
        ARRAY['Example Row','Sample Gardens','Pattern Road','Model Street','Draft Mews','Trial Court','Fable Lane',
            'Proxy Walk',
              'Notion Crescent','Sketch Terrace','Mock Square','Specimen Way'], n, 'street') END,
    CASE WHEN pg_temp.chance(n, 'protected') < 0.02 THEN '' ELSE
    'ZZ' || (1 + a) || ' ' || (1 + floor(9 * pg_temp.chance(n, 'sector')))::int
        || substr('ABDEFGHJLN', 1 + floor(10 * pg_temp.chance(n, 'unit'))::int, 1)
        || substr('ABDEFGHJLNPQ', 1 + floor(12 * pg_temp.chance(n, 'unit end'))::int, 1) END,
    false, 'lives', (at - interval '9 years')::date, '', pg_temp.chance(n, 'protected') < 0.02,
    CASE WHEN pg_temp.chance(n, 'protected') < 0.02 THEN pg_temp.id_at(at, n, 'kept') END, 'open', 'GP',
        officer, authority_id, looked_at
FROM seed_plan WHERE adult = n
"""

NUMBERS = """
INSERT INTO people_contactpoint (id, person_id, kind, value, protected, restriction, source, author_id, authority_id,
    recorded_at)
SELECT pg_temp.id_at(at, n, 'number'), person_id, 'phone',
    '01632 960' || lpad((floor(1000 * pg_temp.chance(n, 'number')))::int::text, 3, '0'), false, 'open', 'GP',
        officer, authority_id, looked_at
FROM seed_plan WHERE adult = n AND pg_temp.chance(n, 'has number') < 0.5
"""

SAFE = """
INSERT INTO people_safecontact (id, version, person_id, authority_id, how, when_safe, who_must_not_know, no_post,
    no_voicemail,
    no_text, no_email, do_not_ring)
SELECT pg_temp.id_at(at, n, 'safe'), 1, person_id, authority_id, 'Mobile', 'Before noon', 'The family at home', true,
    true, false,
    false, false
FROM seed_plan WHERE adult = n AND pg_temp.chance(n, 'safe contact') < 0.1
"""

FLAGS = """
INSERT INTO people_flag (id, person_id, authority_id, kind, words, source, starts_on, review_on)
SELECT pg_temp.id_at(at, n, 'flag'), person_id, authority_id,
    pg_temp.pick(ARRAY['mobility','sensory','interpreter','learning_disability','visit_in_pairs','dnar','autism'], n,
        'flag'),
    '', 'GP', at::date, (at + interval '1 year')::date
FROM seed_plan WHERE adult = n AND pg_temp.chance(n, 'has flag') < 0.15
"""

PLACES = """
INSERT INTO organisations_organisation (id, name, kind, cqc_id, telephone, email)
SELECT pg_temp.id_at(:starts_at, i, 'organisation'), pg_temp.pick(ARRAY['Sampledene','Fablecourt','Patternlea',
    'Drafton','Exampleholme'], i, 'home')
    || ' Care ' || i, 'provider', '', '01632 960400', ''
FROM generate_series(1, 40) i
ON CONFLICT DO NOTHING;
INSERT INTO organisations_place (id, name, setting_code, address, postcode, ward, authority_id, organisation_id)
SELECT pg_temp.id_at(:starts_at, i * 4 + a, 'place'),
    pg_temp.pick(ARRAY['Notion House','Model Grange','Sample Lodge','Fable Court'], i * 4 + a, 'place') || ' ' || i,
    CASE WHEN i % 2 = 0 THEN 'care_home_nursing' ELSE 'care_home_residential' END,
    i || ' Pattern Road', 'ZZ' || (1 + a) || ' 1AA', '', au.id, pg_temp.id_at(:starts_at, i, 'organisation')
FROM generate_series(1, 40) i, seed_authority au
ON CONFLICT DO NOTHING
"""

STEPS = (
    ("homes and providers", PLACES),
    ("adults", ADULTS),
    ("alleged sources of harm", ALLEGED),
    ("who is a risk to whom", RELATIONSHIPS),
    ("what is protected", KEPT),
    ("addresses", ADDRESSES),
    ("telephone numbers", NUMBERS),
    ("safe contact and flags", SAFE + ";" + FLAGS),
)
TABLES = (
    "people_person", "people_relationship", "people_address", "people_contactpoint", "people_safecontact",
    "people_flag", "people_protectedvalue", "organisations_place", "organisations_organisation",
)  # fmt: skip
