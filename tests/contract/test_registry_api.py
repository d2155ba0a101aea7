"""`docs/registry-api.yaml` describes the registry that the service queries."""

from datetime import date

import pytest
import yaml

from dialogs.values import Beneficiary, BenefitStatus, IdType, Scheme
from storage.registry.http import _read
from storage.registry.row import COLUMNS
from tests.support.programs.copied_code import ROOT


@pytest.fixture(scope="module")
def api():
    return yaml.safe_load((ROOT / "docs" / "registry-api.yaml").read_text(encoding="utf-8"))


def test_api_columns_are_those_of_the_registry_file(api):
    described = api["components"]["schemas"]["Beneficiary"]["properties"]
    assert list(described) == list(COLUMNS)


@pytest.mark.parametrize(
    ("schema", "field", "kind"),
    [("Scheme", None, Scheme), ("IdType", None, IdType), ("Beneficiary", "benefit_status", BenefitStatus)],
)
def test_api_enum_values_are_those_of_the_code(api, schema, field, kind):
    found = api["components"]["schemas"][schema]
    assert set((found["properties"][field] if field else found)["enum"]) == set(kind)


def test_api_examples_are_parsed_as_described(api):
    examples = api["paths"]["/find"]["post"]["responses"]["200"]["content"]["application/json"]["examples"]
    found, unknown = (_read(examples[name]["value"], date(2026, 6, 1)) for name in ("found", "unknown"))
    assert isinstance(found, Beneficiary)
    assert found.last_certified == date(2025, 6, 7)
    assert unknown is None


def test_every_api_reference_resolves(api):
    for reference in references(api):
        place = api
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def references(node):
    """Yield each `$ref`."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from references(inner)
