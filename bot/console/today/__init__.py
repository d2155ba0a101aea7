"""The first page: the year's figures as charts, with the number beside each bar."""
