"""Parts shared by the operator's commands: arguments, the opened database, counted runs."""
