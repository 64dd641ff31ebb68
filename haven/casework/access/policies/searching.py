"""Looking for a person among everybody, past the wall and back behind it.

`%` is not leakproof, so that under a policy PostgreSQL would compare every name there is and not ask the trigram index.
`haven_people_like` asks it as the owner, and gives ids and likeness alone. `haven_find_people` is the reader's: it goes
through the candidates from the best downwards, asks the policy of each, and stops when it has enough that show. So the
cut comes after the policy: somebody who is kept from the reader takes no place from anybody and changes no count, and
costs what anybody of another authority costs.
"""

ASKED = ("haven_people_like(text)", "haven_find_people(text[], date[], text[], integer)")

FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION haven_people_like(wanted text) RETURNS TABLE (id uuid, near real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 500 AS $$ BEGIN
    RETURN QUERY SELECT p.id, similarity(p.search_name, wanted) FROM people_person p WHERE p.search_name % wanted;
END $$
""",
    """
CREATE OR REPLACE FUNCTION haven_find_people(names text[], births date[], codes text[], most integer)
RETURNS TABLE (place integer, id uuid, near real)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp ROWS 60 AS $$
DECLARE
    candidate record;
    found integer;
BEGIN
    FOR i IN 1 .. cardinality(names) LOOP
        found := 0;
        FOR candidate IN
            SELECT c.id, max(c.near) AS near FROM (
                SELECT l.id, l.near, 0 AS born, 0 AS lives FROM haven_people_like(names[i]) l WHERE names[i] <> ''
                UNION ALL
                SELECT p.id, similarity(p.search_name, names[i]), 1, 0 FROM people_person p
                WHERE p.date_of_birth = births[i]
                UNION ALL
                SELECT p.id, similarity(p.search_name, names[i]), 0, 1
                FROM people_address a JOIN people_person p ON p.id = a.person_id
                WHERE a.postcode = codes[i] AND codes[i] <> '' AND NOT a.protected AND a.restriction = 'open'
            ) c GROUP BY c.id ORDER BY max(c.near) + max(c.born) + max(c.lives) DESC, c.id
        LOOP
            EXIT WHEN found >= most;
            IF EXISTS (SELECT FROM people_person p WHERE p.id = candidate.id) THEN
                found := found + 1;
                place := i - 1;
                id := candidate.id;
                near := candidate.near;
                RETURN NEXT;
            END IF;
        END LOOP;
    END LOOP;
END $$
""",
)
