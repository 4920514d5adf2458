import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from bwob.privacy.labels import Impersonal
from mobility import bands

# The condition of the partial indexes of search. It may lag behind the closing date, see SEARCHABLE.
LISTED = Q(state="published", listed=True)

# For sorting: what stays open until it is filled comes last.
LAST_DAY = Coalesce("closes_on", Value(datetime.date.max))

# What search needs, noted on the row itself. `listed` says no more than "not long closed": pages still
# compare the closing date, so it may lag behind and only keeps the indexes small (see
# `ExchangeQuerySet.unlist_closed`). New words are skipped while another transaction adds some, since two
# imports could otherwise wait for each other; the nightly `SearchWordQuerySet.refresh` brings them in. A
# bulk load may say that it brings the search vector along, since making that is most of the work (1 ms a
# row).
SEARCHABLE = pgtrigger.Trigger(
    name="searchable",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[
        ("body", "organisations_organisation%ROWTYPE"),
        ("town", "organisations_place%ROWTYPE"),
        ("fresh", "text[]"),
    ],
    func=f"""
        SELECT * INTO body FROM organisations_organisation WHERE id = NEW.organisation_id;
        SELECT * INTO town FROM organisations_place WHERE id = NEW.place_id;
        NEW.tier = body.tier;
        NEW.region_id = town.region_id;
        NEW.listed = NEW.state = 'published' AND coalesce(NEW.closes_on >= current_date - 2, true);
        NEW.hours_bands = {bands.touched(bands.HOURS, "NEW.hours_min", "NEW.hours_max")};
        NEW.duration_bands = {bands.lasting("NEW.duration", "NEW.duration_unit")};
        NEW.scale_bands = {bands.touched(bands.SCALES, "NEW.scale_min", "NEW.scale_max")};
        IF current_setting('bwob.search_is_given', true) IS DISTINCT FROM 'yes' THEN
            NEW.search =
                setweight(bwob_words(NEW.title), 'A')
                || setweight(bwob_words(concat_ws(' ', body.name, town.name, town.also_called)), 'B')
                || setweight(bwob_words(array_to_string(NEW.skills, ' ')), 'B')
                || setweight(bwob_words(NEW.summary), 'C')
                || setweight(bwob_words(concat_ws(' ', NEW.tasks, NEW.requirements)), 'D');
        END IF;
        IF NEW.listed THEN
            SELECT array_agg(fresh_word ORDER BY fresh_word) INTO fresh
            FROM mobility_words_of(
                concat_ws(' ', NEW.title, body.name, town.name, town.also_called, array_to_string(NEW.skills, ' '))
            ) AS fresh_word
            WHERE (SELECT known.word FROM mobility_searchword AS known WHERE known.word = fresh_word) IS NULL;
            IF fresh IS NOT NULL AND pg_try_advisory_xact_lock(hashtext('mobility_searchword')) THEN
                INSERT INTO mobility_searchword (word) SELECT unnest(fresh) ON CONFLICT DO NOTHING;
            END IF;
        END IF;
        RETURN NEW;
    """,  # noqa: E501, S608 - only words of our own
)


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    @transaction.atomic
    def refresh(self) -> None:
        """Bring the words in line with what is listed now; for the nightly task."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('mobility_searchword'))")
            cursor.execute(REFRESH)


REFRESH = """
    WITH used AS MATERIALIZED (
        SELECT DISTINCT word
        FROM mobility_exchange AS exchange
        JOIN organisations_organisation AS body ON body.id = organisation_id
        JOIN organisations_place AS town ON town.id = exchange.place_id
        CROSS JOIN LATERAL mobility_words_of(
            concat_ws(' ', title, body.name, town.name, also_called, array_to_string(skills, ' '))
        ) AS word
        WHERE state = 'published' AND listed
    ),
    gone AS (DELETE FROM mobility_searchword WHERE word NOT IN (SELECT word FROM used))
    INSERT INTO mobility_searchword (word) SELECT word FROM used ON CONFLICT DO NOTHING
"""


class SearchWord(models.Model):
    """A word of a listed title, organisation, place or skill: the source of “did you mean …”.

    The trigger `searchable` adds words when an exchange is published.
    """

    privacy = Impersonal("words of published titles, names of organisations and places")

    word = models.CharField(max_length=40, primary_key=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["word"], name="search_word_alike", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word
