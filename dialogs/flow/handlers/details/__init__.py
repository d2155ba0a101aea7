"""Details of people as they type them: early, wrong, forgotten, corrected, or somebody else's."""
