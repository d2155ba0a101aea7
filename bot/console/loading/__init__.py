"""Files of people or photos, loaded by the console: received, counted, reviewed, applied."""
