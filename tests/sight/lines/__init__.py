"""What the sight tests know of each programme line: its records with their canaries, and who may see them.

A line's module has `build(world)` (records, links, canaries, people in roles of its own), `state_of(world)`
(what its acts could change at A), `hide_more(world)` (more that strangers may not notice), `SHADOWED` and
`QUERIES` (pages whose counts must not tell), `KEYS_THEMSELVES` (links that open a page for whoever holds
them), `PUBLIC` (how names of records begin that anybody may see), and for the admin `OF_ALL` (records all
staff may see), `HIDDEN` (what the own HR and the programme office may not) and `VISIBLE` (what others may).
"""

from tests.sight.lines import alumni, days, doetanks, keeping, mobility, networks, pitch, profile, swaps

LINES = [mobility, keeping, profile, swaps, networks, doetanks, pitch, alumni, days]
