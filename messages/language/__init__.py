"""What every language has: a code, keys of sentences, labels of choices, and the pack of its texts."""
