"""Writes the bill of materials of what runs (CycloneDX 1.6, JSON): `python -m tests.supply.sbom FILE`.

Versions and hashes are those of `deploy/requirements.lock`, licences those that installed packages declare.
"""

import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "deploy" / "requirements.lock"
_ENTRY = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LONGEST_NAME = 100
"""Characters: what is longer is the licence itself, not its name."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package of the lock, with the SHA-256 of each of its files; `marker` says where it is installed."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def read_lock(text: str) -> Iterator[Locked]:
    """Read a lock as uv writes it."""
    for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
        first = _ENTRY.match(entry.partition("\n")[0])
        if first is None:
            message = "the lock is not as uv writes it"
            raise ValueError(message)
        yield Locked(first["name"], first["version"], first["marker"] or "", tuple(_HASH.findall(entry)))


def licence_of(name: str) -> str:
    """Return what an installed package declares, best as SPDX; "" for one that is not, or says nothing."""
    try:
        declared = metadata(name)
    except PackageNotFoundError:
        return ""
    return declared.get("License-Expression") or _named(declared) or _classified(declared)


def _named(declared: PackageMetadata) -> str:
    text = declared.get("License") or ""
    return text if len(text) <= _LONGEST_NAME and "\n" not in text and text != "UNKNOWN" else ""


def _classified(declared: PackageMetadata) -> str:
    kinds = [line for line in declared.get_all("Classifier") or () if line.startswith("License ::")]
    return " AND ".join(line.rpartition(":: ")[2] for line in kinds)


def component_of(locked: Locked) -> Component:
    """Return a package as the bill names it; a package for another platform keeps its marker."""
    address = PackageURL("pypi", name=locked.name, version=locked.version)
    licence = licence_of(locked.name)
    return Component(
        type=ComponentType.LIBRARY,
        name=locked.name,
        version=locked.version,
        purl=address,
        bom_ref=str(address),
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in locked.hashes],
        properties=[Property(name="marker", value=locked.marker)] if locked.marker else [],
    )


def bill(locked: list[Locked]) -> Bom:
    """Return the bill; the same lock has the same serial number."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = [component_of(one) for one in locked]
    service = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        bom_ref=project["name"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
    made = Bom(
        components=components, serial_number=uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(map(repr, locked)))
    )
    made.metadata.component = service
    made.register_dependency(service, components)
    return made


def main(target: Path) -> None:
    """Write the bill, and say what it lacks."""
    locked = list(read_lock(LOCK.read_text(encoding="utf-8")))
    target.write_text(JsonV1Dot6(bill(locked)).output_as_string(indent=1), encoding="utf-8")
    unnamed = [one.name for one in locked if not licence_of(one.name)]
    files = sum(len(one.hashes) for one in locked)
    sys.stdout.write(
        f"{target}: {len(locked)} packages, {files} files\n"
        f"without a declared licence: {', '.join(unnamed) or 'none'}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
