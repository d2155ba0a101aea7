"""The hot statements read few rows, however many other people there are."""

from tests.support.hot_paths.filling import fill
from tests.support.hot_paths.paths import HOT
from tests.support.hot_paths.watching import seen
from tests.support.storage import filled

pytest_plugins = ["tests.support.storage.databases"]

PEOPLE = 3_000


async def test_no_hot_statement_reads_many_rows(engine):
    await filled.fill(engine)
    await fill(engine, PEOPLE)
    found = {}
    for path in HOT:
        if not path.reads_many:
            statements = await seen(engine, lambda conn, act=path.act: act(conn, filled.OLD))
            found |= {(path.name, one.words): one.reads for one in statements if one.reads}
    assert found == {}
