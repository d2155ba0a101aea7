"""Records of the office console: accounts, sessions, cases, tasks, approvals, loads and figures."""
