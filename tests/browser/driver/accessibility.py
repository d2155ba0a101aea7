"""axe-core (MPL-2.0, in `tests/browser/axe`): accessibility violations of the open page."""

from pathlib import Path

_AXE = (Path(__file__).parents[1] / "axe" / "axe.min.js").read_text(encoding="utf-8")
_RUN = """
const done = arguments[0];
if (!window.axe) return done(null);
const told = ({ id, nodes }) => [id, nodes.map((node) => node.html)];
axe.run({ resultTypes: ["violations"] }).then((found) => done(found.violations.map(told)));
"""


def violations(driver):
    """Return each broken rule with the elements that break it."""
    found = driver.execute_async_script(_RUN)
    if found is None:
        driver.execute_script(_AXE)
        found = driver.execute_async_script(_RUN)
    return found
