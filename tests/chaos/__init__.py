"""The whole installation under faults: lost, duplicate and late messages are counted, not asserted."""
