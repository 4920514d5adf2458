"""The programme line of shared questions: challenges, the Doetanks that work on them, cafés."""
