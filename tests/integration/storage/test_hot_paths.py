"""The hot statements read few rows, however many other people there are."""

from tests.support.hot_paths.filling import fill
from tests.support.hot_paths.paths import HOT
from tests.support.hot_paths.statement_watch import watch_statements
from tests.support.storage import filled_database

pytest_plugins = ["tests.support.storage.databases"]

PEOPLE = 3_000


async def test_no_hot_statement_reads_many_rows(engine):
    await filled_database.fill_sealed_fields(engine)
    await fill(engine, PEOPLE)
    found = {}
    for path in HOT:
        if not path.reads_many:
            statements = await watch_statements(
                engine, lambda conn, act=path.act: act(conn, filled_database.OLD)
            )
            found |= {(path.name, one.words): one.reads for one in statements if one.reads}
    assert found == {}
