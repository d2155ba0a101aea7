"""The first page: figures of the day, the week and the registry as charts, a number next to each bar."""
