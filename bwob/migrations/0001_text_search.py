"""Dutch full text: the stemmer of PostgreSQL, helped over the plurals and accents that it misses."""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

WORDS = r"""
CREATE FUNCTION bwob_fold(body text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, body));

CREATE FUNCTION bwob_words(body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.dutch'::regconfig, bwob_fold(coalesce(body, '')));
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(WORDS, "DROP FUNCTION bwob_words(text); DROP FUNCTION bwob_fold(text);"),
    ]
