"""Parts that every language has: a code, keys of sentences, labels of choices, the pack of its texts."""
