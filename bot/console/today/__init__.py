"""The first page: the year's figures as charts, with the number next to each bar."""
