"""Dutch full text: the stemmer of PostgreSQL, helped over the plurals, inflections and accents that it misses.

`bwob_words` makes the searchable words of a document and `bwob_query` those of what somebody typed; both first
bring words to their singular, so that they meet. `tests/bwob/test_text_search.py` holds the table of word pairs.
"""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

FOLD = """
CREATE FUNCTION bwob_fold(body text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, body));
"""

# Each rule brings an inflected ending to the form that the singular has. They apply from top to bottom, to documents
# and queries alike, so a word that is cut too short ("advies" to "advie") still meets its own plural.
RULES = [
    (r"([[:alpha:]])['’‘`]s\M", r"\1", "agenda's: agenda"),
    (r"(aa|au|ee|ei|eu|ie|ij|oe|oo|ou|ui|uu|l|n|r)z(?:e|en|es|ing|ingen)\M", r"\1s", "adviezen: advies; not leven: lef"),
    (r"(aa|au|ee|ei|eu|ie|ij|oe|oo|ou|ui|uu)v(?:e|en|es|ing|ingen)\M", r"\1f", "brieven: brief"),
    (r"([^aeiouys\W])sen?\M", r"\1s", "kansen: kans; nederlandse: nederlands"),
    (r"\m(?!hebben|kunnen|alles)(\w+)([bdfgklmnprst])\2en?\M", r"\1\2", "waterschappen: waterschap"),
    (r"(?<!\mbe|\mge|\mver)leden\M", "lid", "raadsleden: raadslid"),
    (r"(?<!\mbe|\muitbe|\maanbe)steden\M", "stad", "binnensteden: binnenstad"),
    (r"kinderen\M", "kind", "kinderen: kind"),
    (r"(\w\w)ici\M", r"\1icus", "technici: technicus"),
    (r"(\w\w[^e\W])es\M", r"\1e", "functies: functie"),
    (r"(\w\w\we)ns\M", r"\1n", "gegevens: gegeven"),
    (r"(\w(?:ie|ee)(?=en\M)|\w\w[ctr]ie(?=n\M))e?n\M", r"\1", "strategieën: strategie"),
    (r"i([ae])\1l\M", r"i\1l", "sociaal: sociale"),
]


def singular() -> str:
    """The rules as one SQL expression, each around the one before."""
    expression = "bwob_fold(body)"
    for pattern, replacement, _example in RULES:
        expression = f"regexp_replace({expression}, $r${pattern}$r$, $r${replacement}$r$, 'g')"
    return expression


# A minus before nothing is dropped: some thirty of them in a row are an error in PostgreSQL ("stack too small").
WORDS = f"""
CREATE FUNCTION bwob_singular(body text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {singular()};

CREATE FUNCTION bwob_words(body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.dutch'::regconfig, bwob_singular(coalesce(body, '')));

CREATE FUNCTION bwob_asked(typed text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN websearch_to_tsquery(
    'pg_catalog.dutch'::regconfig, regexp_replace(bwob_singular(typed), '-(?![[:alnum:]"])', ' ', 'g')
);
"""

# The last word may still be half typed, so a plain one of four letters or more also finds what begins with it.
# Not inside quotes, after a minus or after "or" (it would bind to the wrong side), and not for a stop word.
QUERY = r"""
CREATE FUNCTION bwob_query(typed text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT CASE
        WHEN last IS NULL OR folded ~ '"|\mor\s+\S+\s*$' OR numnode(bwob_asked(last)) = 0 THEN bwob_asked(typed)
        ELSE bwob_asked(regexp_replace(folded, '\S+\s*$', '')) && (bwob_asked(last) || (last || ':*')::tsquery)
    END
    FROM (SELECT bwob_fold(typed) AS folded, substring(bwob_fold(typed) FROM '(?:^|\s)([[:alpha:]]{4,})\s*$') AS last) AS parts
);
"""

DROP = """
DROP FUNCTION bwob_query(text);
DROP FUNCTION bwob_asked(text);
DROP FUNCTION bwob_words(text);
DROP FUNCTION bwob_singular(text);
DROP FUNCTION bwob_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(FOLD + WORDS + QUERY, DROP),
    ]
