"""The office's changes to one person's records, for the commands and the console alike."""
