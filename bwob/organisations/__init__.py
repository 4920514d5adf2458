"""The bodies of public administration, the regions and the places: dated data with natural keys."""
