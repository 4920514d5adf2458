"""Sample content for the demo: challenges and Doetanks in every phase."""
