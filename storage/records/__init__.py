"""Records of people: the imported registry, templates, captures, consents, passes, tasks."""
