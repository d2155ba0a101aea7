"""Home visits (上门认证): who goes to whom on which day, and what came of it."""
