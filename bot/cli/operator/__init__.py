"""What every command of an operator works with: words and arguments, the opened database, counted runs."""
