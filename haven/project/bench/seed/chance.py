"""Chance that is the same every time: fractions, choices, ids and references from the seed, a number and a word."""

from django.db import connection

# 22 characters (haven.lib.references); a step that shares no factor with 22**8 gives each number its own reference.
SPACE = 22**8
STEP = 11_847_290_023
ALPHABET = "234679CDFGHJKMNPQRTWXY"
SALTS = 4096

FUNCTIONS = """
CREATE FUNCTION pg_temp.chance(n bigint, what text) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || substr(md5('{seed}/' || what || '/' || n), 1, 8))::bit(32)::bigint / 4294967296.0::float8
$$;
CREATE FUNCTION pg_temp.pick(choices text[], n bigint, what text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT choices[1 + floor(pg_temp.chance(n, what) * cardinality(choices))::int]
$$;
CREATE FUNCTION pg_temp.id_at(at timestamptz, n bigint, what text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT overlay(overlay(overlay(md5('{seed}/id/' || what || '/' || n) PLACING '7' FROM 13) PLACING '9' FROM 17)
        PLACING lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') FROM 1)::uuid
$$;
CREATE FUNCTION pg_temp.digits(x bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(substr('{alphabet}', (1 + x / (22 ^ place)::bigint % 22)::int, 1), '' ORDER BY place)
    FROM generate_series(0, 7) place
$$;
CREATE FUNCTION pg_temp.reference(prefix text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT prefix || '-' || substr(d, 1, 4) || '-' || substr(d, 5, 4)
    FROM (SELECT pg_temp.digits(mod(n * {step} + {start}, {space})) AS d) made
$$;
CREATE FUNCTION pg_temp.days(n float8) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
    SELECT make_interval(secs => n * 86400)
$$;
CREATE TEMP TABLE seed_salt ON COMMIT DROP AS
    SELECT i, salt, pg_temp.padded(salt, 54) AS inner_pad, pg_temp.padded(salt, 92) AS outer_pad
    FROM (SELECT i, decode(md5('{seed}/salt/' || i), 'hex') AS salt FROM generate_series(0, {salts} - 1) i) s;
CREATE UNIQUE INDEX ON seed_salt (i) INCLUDE (salt, inner_pad, outer_pad);
ANALYZE seed_salt;
"""

# HMAC-SHA-256 (RFC 2104): the key, filled up to 64 bytes, mixed with a constant. PostgreSQL has the hash, not the HMAC.
SEALING = """
CREATE FUNCTION pg_temp.padded(salt bytea, mix int) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE pad bytea := decode(repeat(lpad(to_hex(mix), 2, '0'), 64), 'hex');
BEGIN
    FOR i IN 0 .. length(salt) - 1 LOOP
        pad := set_byte(pad, i, get_byte(salt, i) # mix);
    END LOOP;
    RETURN pad;
END $$;
CREATE FUNCTION pg_temp.sealed(inner_pad bytea, outer_pad bytea, words text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(outer_pad || sha256(inner_pad || convert_to(words, 'UTF8')))
$$;
"""


def make_chance(seed: int) -> None:
    """Make the functions of this session; whatever they give is settled by the seed."""
    start = (seed * 7_368_787 + 3_141_592_653) % SPACE
    facts = {"seed": seed, "alphabet": ALPHABET, "step": STEP, "start": start, "space": SPACE, "salts": SALTS}
    with connection.cursor() as cursor:
        cursor.execute(SEALING)
        cursor.execute(FUNCTIONS.format(**facts))
