"""Many synthetic exchanges at once, for `./portal demo --rows N` and for measuring: 100,000 in half a
minute.

Their words are spread as in real texts: some stand everywhere, most seldom. Every row says that it is a
sample.
"""

from collections.abc import Callable
from typing import Any

import pgtrigger
from django.db import connection, models, transaction

from mobility.models import Exchange, SearchWord
from mobility.sample import synthetic_words as words

SOURCE = "synthetic"
MANY = 5_000

PIECES = """
    CREATE TEMPORARY TABLE piece ON COMMIT DROP AS
    SELECT of, row_number() OVER (PARTITION BY of ORDER BY md5(text)) - 1 AS position, text,
        bwob_words(text) AS words
    FROM unnest(%(of)s::text[], %(text)s::text[]) AS piece (of, text);
    CREATE TEMPORARY TABLE town ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY md5(code)) - 1 AS position, id,
        bwob_words(concat_ws(' ', name, also_called)) AS words
    FROM organisations_place;
    CREATE TEMPORARY TABLE body ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY md5(organisation.code)) - 1 AS position, organisation.id,
        bwob_words(name) AS words, town.position AS town
    FROM organisations_organisation AS organisation LEFT JOIN town ON town.id = place_id;
    ANALYZE piece; ANALYZE town; ANALYZE body;
    SET LOCAL bwob.search_is_given = 'yes';
    SET LOCAL enable_nestloop = off;
    SELECT setseed(0.42);
"""

# Squares and cubes of random(): a few organisations, kinds and subjects are common, most are rare.
ROWS = """
    INSERT INTO mobility_exchange (
        organisation_id, place_id, kind, field, title, summary, tasks, requirements, benefits, skills, search,
        hours_min, hours_max, duration, duration_unit, scale_min, scale_max, starts_on, closes_on, state,
        moved_at, published_at, slug, source, external_id, places, remote, pay_period,
        own_staff_welcome, alumni_welcome, language, tier, listed, hours_bands, duration_bands, scale_bands
    )
    SELECT
        body.id, town.id, kind, field, role.text || ' ' || subject.text, summary.text,
        story.text || ' Het gaat over ' || other.text || '.', 'Je hebt ervaring met ' || skill.text || '.',
        %(notice)s, ARRAY[skill.text, second.text],
        setweight(role.words || subject.words, 'A') || setweight(body.words || town.words, 'B')
        || setweight(skill.words || second.words, 'B') || setweight(summary.words, 'C')
        || setweight(story.words || other.words, 'D'),
        least(low, 36), least(low + more, 36),
        CASE WHEN kind = 'vacancy' AND luck < 0.7 THEN NULL
            WHEN kind = 'shadowing' THEN 1 + more / 4 ELSE length END,
        CASE kind WHEN 'shadowing' THEN 'day' WHEN 'gig' THEN 'week' ELSE 'month' END,
        CASE WHEN luck < 0.85 THEN scale END, CASE WHEN luck < 0.85 THEN scale + more / 8 END,
        CASE WHEN luck > 0.4 THEN current_date + 30 + length * 3 END,
        CASE WHEN is_open THEN CASE WHEN luck < 0.7 THEN current_date + (luck * 80)::int END
            ELSE moment::date + 30 END,
        CASE WHEN is_open OR luck < 0.5 THEN 'published' WHEN luck < 0.8 THEN 'filled' ELSE 'withdrawn' END,
        moment, moment, 'proef-' || n || '-' || left(md5(n::text), 6), %(source)s, n, 1 + more / 4,
        (ARRAY['none', 'partly', 'partly', 'fully'])[1 + length %% 4], '', luck > 0.9, false, 'nl', '',
        false, 0, 0, 0
    FROM (
        SELECT
            drawn.*,
            now() - interval '1 day' * CASE WHEN is_open THEN spread * 60 ELSE 70 + spread * 1000 END
                AS moment
        FROM (
            SELECT
                n, random() * 100 < %(open)s AS is_open, random() AS spread, random() AS luck,
                (%(kinds)s::text[])[1 + floor(random() ^ 2 * %(kind_count)s)::int] AS kind,
                (%(fields)s::text[])[1 + floor(random() * %(field_count)s)::int] AS field,
                4 * (1 + floor(random() * 9)::int) AS low, 4 * floor(random() * 3)::int AS more,
                1 + floor(random() * 12)::int AS length, 4 + floor(random() * 13)::int AS scale,
                floor(random() ^ 2 * body_count) AS body, floor(random() ^ 2 * town_count) AS town,
                floor(random() ^ 3 * subject_count) AS subject, floor(random() * subject_count) AS other,
                floor(random() * story_count) AS story
            FROM generate_series(%(first)s::int, %(last)s::int) AS n,
                (SELECT count(*) AS body_count FROM body) AS bodies,
                (SELECT count(*) AS town_count FROM town) AS towns,
                (SELECT count(*) AS subject_count FROM piece WHERE of = 'subject') AS subjects,
                (SELECT count(*) AS story_count FROM piece WHERE of = 'story') AS stories
        ) AS drawn
    ) AS row
    JOIN body ON body.position = row.body
    JOIN town ON town.position = coalesce(body.town, row.town)
    JOIN piece AS subject ON subject.of = 'subject' AND subject.position = row.subject
    JOIN piece AS other ON other.of = 'subject' AND other.position = row.other
    JOIN piece AS story ON story.of = 'story' AND story.position = row.story
    JOIN piece AS role ON role.of = 'role' AND role.position = n %% %(role_count)s
    JOIN piece AS summary ON summary.of = 'summary' AND summary.position = n %% %(summary_count)s
    JOIN piece AS skill ON skill.of = 'skill' AND skill.position = n %% %(skill_count)s
    JOIN piece AS second ON second.of = 'skill' AND second.position = n / 7 %% %(skill_count)s
"""


def make_rows(count: int, *, open_percent: float = 100, tell: Callable[[str], object] = print) -> int:
    """Add synthetic exchanges until there are `count`, so that a second run adds none. How many were added.

    Of each hundred `open_percent` are open; the others were filled, withdrawn, or closed by their date in
    the last three years. They get no history, and stand in no feed. Needs the register of organisations and
    places, and no transaction around it. Not while the portal runs: searches wait for the new text index.
    """
    there = Exchange.objects.filter(source=SOURCE).count()
    added = count - there
    if added <= 0:
        return 0
    tell(f"Adding {added} synthetic exchanges")
    unheard = pgtrigger.registered("mobility.Exchange:insert_insert", "mobility.Exchange:noted")
    with transaction.atomic(), connection.cursor() as cursor:
        names = ",".join(trigger.get_pgid(model) for model, trigger in unheard)
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
        dropped = _drop_text_index() if added > MANY else None
        cursor.execute(PIECES, _pieces())
        cursor.execute(ROWS, {"first": there + 1, "last": count, "open": open_percent, **_choices()})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if dropped:
            _add_index(dropped)
    SearchWord.objects.refresh()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) mobility_exchange")
        cursor.execute("ANALYZE mobility_searchword")
    return added


def _pieces() -> dict[str, list[str]]:
    """All the texts from which rows are put together, each with what it is."""
    stories = [
        " ".join(words.SENTENCES[(k + 7 * j * (1 + k // 30)) % 30] for j in range(9)) for k in range(120)
    ]
    subjects = [first + last for first in words.FIRST_HALVES for last in words.LAST_HALVES]
    kinds = {
        "role": words.ROLES,
        "subject": subjects,
        "skill": words.SKILLS,
        "summary": words.SUMMARIES,
        "story": stories,
    }
    pairs = [(of, text) for of, texts in kinds.items() for text in texts]
    return {"of": [of for of, _text in pairs], "text": [text for _of, text in pairs]}


def _choices() -> dict[str, Any]:
    return {
        "kinds": Exchange.Kind.values,
        "kind_count": len(Exchange.Kind),
        "fields": Exchange.Field.values,
        "field_count": len(Exchange.Field),
        "role_count": len(words.ROLES),
        "summary_count": len(words.SUMMARIES),
        "skill_count": len(words.SKILLS),
        "notice": words.NOTICE,
        "source": SOURCE,
    }


def _drop_text_index() -> models.Index:
    """Making the text index anew takes a tenth of the time of filling it row by row."""
    index = next(index for index in Exchange._meta.indexes if index.name == "exchange_open_search")
    with connection.schema_editor() as editor:
        editor.remove_index(Exchange, index)
    return index


def _add_index(index: models.Index) -> None:
    with connection.schema_editor() as editor:
        editor.add_index(Exchange, index)
