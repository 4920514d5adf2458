"""Alumni: who left stays in touch with a former employer, for the purposes that he or she chose."""
