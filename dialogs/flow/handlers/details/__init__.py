"""Details of people as they are typed: early, wrong, forgotten, corrected, or somebody else's."""
