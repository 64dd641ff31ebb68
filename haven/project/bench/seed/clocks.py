"""The clocks of each report and case: running where it is open, stopped at the moment that ended it where not."""

# A due moment is looked up by the London day and by whether the desk had closed, or is so many hours later.
STARTED = """
CREATE TEMP TABLE seed_clock ON COMMIT DROP AS
SELECT pg_temp.id_at(started_at, n, rule) AS id, rule, authority_id, case_id, NULL::uuid AS contact_id, started_at,
    stopped_at,
    (started_at AT TIME ZONE 'Europe/London') AS local_start
FROM seed_plan, LATERAL (VALUES
    ('decide_concern', at, decided_at),
    ('adult_spoken_to', at, coalesce(CASE WHEN NOT undecided AND heard THEN heard_at END, CASE WHEN spoken_at < :now
        THEN spoken_at END, closed_at)),
    ('first_reply', at, replied_at),
    ('allocate_concern', at, CASE WHEN NOT undecided OR pg_temp.chance(n, 'given') < 0.6 THEN given_at END),
    ('allocate_enquiry', CASE WHEN enquired THEN decided_at END, officer_at),
    ('enquiry', CASE WHEN enquired THEN decided_at END, authorised_at),
    ('feedback', decided_at, replied_at),
    ('plan_review', planned_at, plan_ended_at)
) AS clocks (rule, started_at, stopped_at)
WHERE started_at IS NOT NULL
"""

CLOCKS = """
INSERT INTO clocks_clock (id, rule, authority_id, case_id, contact_id, counting, amount, pausable, started_at,
    first_due_at, due_at,
    stopped_at, reason_late, horizon_warning)
SELECT c.id, c.rule, authority_id, case_id, contact_id, r.counting, r.amount, r.pausable, started_at, due, due,
    stopped_at, '', false
FROM seed_clock c
JOIN (VALUES :rules) AS r (rule, counting, amount, pausable) ON r.rule = c.rule
LEFT JOIN seed_due d ON d.rule = c.rule AND d.day = local_start::date AND d.late = (local_start::time >= '17:00'),
LATERAL (SELECT coalesce(d.due_at, started_at + make_interval(hours => r.amount)) AS due) due
"""

FIRST_LOOKS = """
INSERT INTO clocks_clock (id, rule, authority_id, contact_id, counting, amount, pausable, started_at, first_due_at,
    due_at, stopped_at,
    reason_late, horizon_warning)
SELECT pg_temp.id_at(at, m, 'first_look'), 'first_look', authority_id, contact_id, 'hours', 4, false, at,
    at + interval '4 hours',
    at + interval '4 hours', looked_at, '', false
FROM seed_report
"""

STEPS = (("clocks started", STARTED), ("clocks", CLOCKS), ("clocks of first looks", FIRST_LOOKS))
TABLES = ("clocks_clock",)
