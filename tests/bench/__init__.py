"""How much a page costs, against a floor in the same run: `./portal bench` (see docs/performance.md)."""
