"""Capture links: their secrets, who may open one, the consent given there, and what follows a failed one."""
