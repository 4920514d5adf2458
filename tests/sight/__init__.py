"""The sight matrix: every page × every role, with canaries in every personal row (rule R2)."""
