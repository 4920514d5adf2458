"""The tags of heroicons under the same names, with each drawing remembered.

The package makes the text of a drawing anew at each use, and a page shows fifteen.
"""

import functools

from django import template
from heroicons.templatetags import heroicons

register = template.Library()
AT_MOST = 512
for _draw in (
    heroicons.heroicon_micro,
    heroicons.heroicon_mini,
    heroicons.heroicon_outline,
    heroicons.heroicon_solid,
):
    register.simple_tag(functools.lru_cache(AT_MOST)(_draw))
