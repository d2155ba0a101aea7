"""The demo: the entire service with invented people, next to the simulated WeChat."""
