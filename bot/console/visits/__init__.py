"""Home visits (上门认证): their visitor, day and result."""
