"""`doctor`: checks whether this installation can serve; a line per check, with what to do about a failure."""

import json
from dataclasses import asdict

from bot.cli.doctor.findings import Finding, Severity
from bot.cli.operator.terminal import Subcommands

ORDER = 11
"""Position of the commands in `--help`."""


def add_to(subcommands: Subcommands) -> None:
    """Add the command."""
    doctor = subcommands.add_parser("doctor", help="check this installation")
    doctor.add_argument("--json", action="store_true", help="one JSON object, for a program to read")
    doctor.add_argument(
        "--offline", action="store_true", help="ask neither the platform nor the public address"
    )
    doctor.set_defaults(run=lambda options: run_doctor(as_json=options.json, offline=options.offline))


async def run_doctor(*, as_json: bool, offline: bool) -> int:
    """Run every check, whatever the others say; exit 1 if any fails."""
    from bot.cli.doctor.installation import installation
    from bot.cli.doctor.machine import machine
    from bot.cli.doctor.outside import outside

    findings = [*await installation(), *machine()]
    if not offline:
        findings += await outside()
    is_well = all(one.severity is not Severity.FAIL for one in findings)
    _show(findings, is_well=is_well, as_json=as_json)
    return 0 if is_well else 1


def _show(findings: list[Finding], *, is_well: bool, as_json: bool) -> None:
    if not as_json:
        for one in findings:
            print(one.line())
        return
    checks = [{**asdict(one), "severity": one.severity.lower()} for one in findings]
    print(json.dumps({"well": is_well, "checks": checks}, ensure_ascii=False, indent=2))
