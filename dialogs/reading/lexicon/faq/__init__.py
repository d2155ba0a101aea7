"""Words that say which topic a question is about, for the search in questions and answers."""
