"""Findings of `doctor`'s checks, each with what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; only `FAIL` makes `doctor` fail."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`: the check, its result, and what to do about a failure."""

    name: str
    severity: Severity
    detail: str
    advice: str = ""

    def line(self) -> str:
        """Return the line for the terminal."""
        said = f"{self.severity:<4} {self.name}: {self.detail}"
        return f"{said}; {self.advice}" if self.advice else said


def ok(name: str, detail: str) -> Finding:
    """Return a finding on what is well."""
    return Finding(name, Severity.OK, detail)


def warn(name: str, detail: str, advice: str) -> Finding:
    """Return a finding on what works but could be better."""
    return Finding(name, Severity.WARN, detail, advice)


def fail(name: str, detail: str, advice: str = "") -> Finding:
    """Return a finding on what keeps the service, or a part of it, from working."""
    return Finding(name, Severity.FAIL, detail, advice)
