"""The demo: the whole service with invented people, beside the simulated WeChat."""
