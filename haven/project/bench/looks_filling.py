"""The statements that write looks in bulk: two months of ordinary work, and then millions over twenty-six months.

`id_of` makes ids in the order of time, as Haven's are. Statements are parted by an empty line after a semicolon.
"""

ID_OF = """
CREATE OR REPLACE FUNCTION id_of(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT encode(
        substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3)
            || substring(uuid_send(gen_random_uuid()) FROM 7), 'hex')::uuid
$$;

SELECT events_make_months((now() - interval '26 months')::date, 28);

"""

# Everything here is somebody's work: before each thing recorded its case is opened, and the step it belongs to; workers
# come back to what they hold, colleagues of the team cover, everybody searches.
ORDINARY = """
CREATE TABLE bench_look (at timestamptz, actor uuid, route text, case_id uuid, person_id uuid, read_id uuid);

INSERT INTO bench_look (at, actor, route, case_id, person_id)
SELECT CASE WHEN e.actor_id IN (c.worker_id, c.manager_id) AND random() > 0.04
            THEN date_trunc('day', e.at) + interval '8 hours' + (e.at - date_trunc('day', e.at)) * 0.42 ELSE e.at END
        - r.before, e.actor_id, r.route, c.id, c.person_id
FROM events_event e JOIN cases_case c ON c.id = e.case_id
CROSS JOIN LATERAL (VALUES ('case', interval '4 minutes', 1.0), ('record-hearing', interval '2 minutes', 0.8),
    ('person', interval '5 minutes', 0.2), ('case-timeline', interval '3 minutes', 0.3)) AS r(route, before, share)
WHERE e.actor_kind = 'user' AND e.at > now() - interval '60 days' AND random() < r.share
    AND (e.actor_id IN (c.worker_id, c.manager_id) OR extract(hour FROM e.at) BETWEEN 7 AND 20);

INSERT INTO bench_look (at, actor, route, case_id, person_id)
SELECT now() - d.day * interval '1 day' - interval '30 minutes' * (d.day % 7), c.worker_id, 'case', c.id, c.person_id
FROM cases_case c CROSS JOIN generate_series(1, 59) AS d(day)
WHERE c.worker_id IS NOT NULL AND c.closed_at IS NULL AND c.opened_at < now() - d.day * interval '1 day'
    AND random() < 0.08;

UPDATE bench_look SET at = date_trunc('day', at) + interval '9 hours' + random() * interval '8 hours'
WHERE extract(hour FROM at) NOT BETWEEN 6 AND 20 AND route = 'case' AND random() > 0.05;

INSERT INTO bench_look (at, actor, route, case_id, person_id)
SELECT date_trunc('day', now()) - d.day * interval '1 day' + interval '9 hours' + random() * interval '8 hours',
    m.user_id, 'case', c.id, c.person_id
FROM cases_case c CROSS JOIN generate_series(1, 59) AS d(day)
JOIN LATERAL (
    SELECT user_id FROM access_membership WHERE team_id = c.team_id AND c.id IS NOT NULL ORDER BY random() LIMIT 1
) m ON true
WHERE c.closed_at IS NULL AND c.restriction = 'open' AND c.opened_at < now() - (d.day + 1) * interval '1 day'
    AND random() < 0.01;

INSERT INTO bench_look (at, actor, route, person_id)
SELECT date_trunc('day', now()) - d.day * interval '1 day' + interval '8 hours' + random() * interval '9 hours',
    u.user_id, 'search', p.id
FROM (SELECT DISTINCT user_id FROM access_membership WHERE role IN ('duty_officer', 'manager', 'practitioner')) u
CROSS JOIN generate_series(1, 59) AS d(day)
JOIN LATERAL (
    SELECT id FROM people_person WHERE u.user_id IS NOT NULL AND d.day > 0 OFFSET floor(random() * 1500) LIMIT 4
) p ON true
WHERE random() < 0.8;

UPDATE bench_look SET read_id = id_of(at) WHERE route <> 'search';

UPDATE bench_look b SET read_id = s.read_id, at = s.at
FROM (
    SELECT actor, at::date AS day, id_of(min(at)) AS read_id, min(at) AS at
    FROM bench_look WHERE route = 'search' GROUP BY 1, 2
) s
WHERE b.route = 'search' AND b.actor = s.actor AND b.at::date = s.day;

INSERT INTO events_read (id, recorded_at, actor_kind, actor_id, route, method)
SELECT DISTINCT ON (read_id) read_id, at, 'user', actor, route, 'GET' FROM bench_look;

INSERT INTO events_readsubject (id, recorded_at, read_id, kind, subject_id)
SELECT id_of(at + s.after), at + s.after, read_id, s.kind, s.pk FROM bench_look
CROSS JOIN LATERAL (VALUES (CASE route WHEN 'person' THEN interval '2 ms' ELSE interval '1 ms' END, 'case', case_id),
    (CASE route WHEN 'person' THEN interval '1 ms' ELSE interval '2 ms' END, 'person', person_id)) AS s(after, kind, pk)
WHERE s.pk IS NOT NULL;

ANALYZE events_read, events_readsubject"""

# A hundred looks a person, the first of them fourteen times as many; one gets 2,000. Indexes are built afterwards.
# Beyond the seeded cases the records looked at are ids alone.
FILL = """
DROP INDEX events_read_by_actor, events_read_by_time, events_readsubject_by_read, events_readsubject_by_subject;

CREATE TABLE bench_person AS
SELECT c.person_id, c.id AS case_id FROM cases_case c JOIN access_membership m ON m.authority_id = c.authority_id
WHERE m.role = 'information_governance_officer' AND c.restriction = 'open' ORDER BY c.opened_at LIMIT 1;

CREATE TABLE bench_subject AS SELECT row_number() OVER (ORDER BY o, id)::int AS n, id, person_id FROM (
    SELECT 1 AS o, id, person_id FROM cases_case WHERE person_id NOT IN (SELECT person_id FROM bench_person)
    UNION ALL SELECT 2, gen_random_uuid(), gen_random_uuid() FROM generate_series(1, %(rows)s / 100)
) AS everybody;

CREATE UNIQUE INDEX ON bench_subject (n);

CREATE TABLE bench_reader AS SELECT row_number() OVER ()::int AS n, user_id FROM
    (SELECT DISTINCT user_id FROM access_membership WHERE role IN ('duty_officer', 'manager', 'practitioner')) m;

CREATE TABLE bench_fill AS
SELECT id_of(at) AS read_id, at, b.user_id, c.id AS case_id, c.person_id FROM (
    SELECT now() - interval '1 hour' - (1 - i / %(rows)s::float8) * make_interval(months => %(months)s) AS at,
        1 + floor(power(random(), 1.3) * (SELECT count(*) FROM bench_subject))::int AS s,
        1 + floor(random() * (SELECT count(*) FROM bench_reader))::int AS r
    FROM generate_series(1, %(rows)s) AS i
) x JOIN bench_subject c ON c.n = x.s JOIN bench_reader b ON b.n = x.r;

INSERT INTO bench_fill
SELECT id_of(at), at, b.user_id, p.case_id, p.person_id FROM bench_person p,
    (SELECT now() - random() * make_interval(months => %(months)s) AS at, i FROM generate_series(1, %(looked_at)s) i) x
JOIN bench_reader b ON b.n = 1 + x.i %% (SELECT count(*) FROM bench_reader);

INSERT INTO events_read (id, recorded_at, actor_kind, actor_id, route, method)
SELECT read_id, at, 'user', user_id, 'case', 'GET' FROM bench_fill;

INSERT INTO events_readsubject (id, recorded_at, read_id, kind, subject_id)
SELECT id_of(at + interval '1 ms'), at + interval '1 ms', read_id, 'case', case_id FROM bench_fill;

INSERT INTO events_readsubject (id, recorded_at, read_id, kind, subject_id)
SELECT id_of(at + interval '2 ms'), at + interval '2 ms', read_id, 'person', person_id FROM bench_fill;

DROP TABLE bench_fill;

CREATE INDEX events_read_by_actor ON events_read (actor_id, recorded_at DESC);

CREATE INDEX events_read_by_time ON events_read
USING brin (recorded_at) WITH (pages_per_range = 16, autosummarize = on);

CREATE INDEX events_readsubject_by_read ON events_readsubject (read_id);

CREATE INDEX events_readsubject_by_subject ON events_readsubject (subject_id, recorded_at DESC);

GRANT SELECT ON bench_person TO PUBLIC;

ANALYZE events_read, events_readsubject"""

EXPLAINED = """
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)
SELECT r.id, s.subject_id FROM events_readsubject s
JOIN events_read r ON r.id = s.read_id
    AND r.recorded_at BETWEEN s.recorded_at - interval '1 minute' AND s.recorded_at + interval '1 minute'
WHERE s.subject_id = ANY(ARRAY[%s]::uuid[]) ORDER BY s.recorded_at DESC
"""
