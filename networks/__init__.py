"""Regional networks: who works together where, on a map and in a list, and how to join in."""
