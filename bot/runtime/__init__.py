"""What a process sets for itself before it works: logs, memory, garbage collection."""
