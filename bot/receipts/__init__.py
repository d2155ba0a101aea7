"""Records passes, and what proves them: receipt numbers, signed files, the export to the core system."""
