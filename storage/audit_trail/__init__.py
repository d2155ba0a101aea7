"""Chains, signs, checks and compares the audit trail."""
