"""What is kept how long, and what a person may have deleted."""
