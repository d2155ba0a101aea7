"""Settings that a process makes for itself before it works: logs, memory, garbage collection."""
