"""Dutch full text as the ORM sees it; the words are made by the SQL functions of migration
`0001_text_search`.
"""

from django.contrib.postgres.search import SearchQuery
from django.db.models import TextField, Value


class TypedQuery(SearchQuery):
    """What somebody typed in a search box, as a query: words, "a phrase", -not this. Odd input is never
    an error.

    Its last word also finds words that begin with it. PostgreSQL refuses NUL, so the caller strips that.
    """

    def __init__(self, typed: str) -> None:
        super().__init__(Value(typed, output_field=TextField()))
        self.function = "bwob_query"
