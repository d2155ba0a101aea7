"""The whole installation under faults: what gets lost, doubled or late is counted, not asserted by a test."""
