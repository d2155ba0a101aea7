"""Every surface withstands broken input; the counts are printed at the end of the suite's output."""

import pytest

from tests.fuzz.run import fuzz
from tests.fuzz.surfaces import SURFACES

SEED = 1


@pytest.mark.filterwarnings("ignore:::aiohttp.multipart")  # as our servers do
@pytest.mark.parametrize("name", SURFACES)
def test_broken_input_gives_a_value_or_a_defined_error(name, record_property):
    ran = fuzz(name, SEED, SURFACES[name].count)
    record_property("fuzzed", f"{name} {ran.count}")
