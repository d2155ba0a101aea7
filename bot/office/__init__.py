"""What the office does to one person's records, whoever asks for it: a command, or a clerk at the console."""
