"""“Did you mean …”: words from what is on offer that look like what was typed but was not found."""

import difflib
import re

from django.db import connection

from bwob import dutch

SHORTEST = 4
AT_MOST = 6
ALIKE = 0.75

# For each word typed the likeliest known words, by trigrams; a swap of letters leaves few trigrams whole,
# so words with the same beginning count too. A known word with the same stem means that nothing was
# misspelt.
CANDIDATES = """
    SELECT typed, word, bwob_words(word) = bwob_words(typed)
    FROM unnest(%s::text[]) AS typed
    CROSS JOIN LATERAL (
        SELECT word FROM mobility_searchword
        WHERE word %% typed OR (word LIKE left(typed, 2) || '%%' AND abs(length(word) - length(typed)) < 2)
        ORDER BY similarity(word, typed) DESC, word LIMIT 8
    ) AS known
"""


def correction(typed: str) -> str:
    """What was typed with each unknown word replaced by the known word most like it; "" if there is
    none. One query.
    """
    words = sorted(set(re.findall(rf"(?<!-)\b[^\W\d_]{{{SHORTEST},40}}\b", typed.lower())))[:AT_MOST]
    if not words:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [words])
        rows = cursor.fetchall()
    known = {word for word, _candidate, is_same in rows if is_same}
    better = {word: best for word in set(words) - known if (best := _best(word, rows))}
    if not better:
        return ""
    pattern = r"\b(" + "|".join(map(re.escape, better)) + r")\b"
    return re.sub(pattern, lambda match: better[match[0].lower()], typed, flags=re.IGNORECASE)


def _best(word: str, rows: list[tuple[str, str, bool]]) -> str:
    """The candidate most like this word, if it is alike enough."""
    likeness = {
        candidate: difflib.SequenceMatcher(None, dutch.fold(word), dutch.fold(candidate)).ratio()
        for typed, candidate, _is_same in rows
        if typed == word
    }
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if likeness.get(best, 0) >= ALIKE else ""
