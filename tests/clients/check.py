"""Compares what clients of other makers read with what ./costlake sql reads. Ends with 1 at the first difference."""

import pathlib
import secrets
import sqlite3
import subprocess
import sys

import trino

import trino_server
from lake import HERE, SEEN, TOTALS, costlake, expected, free_port, listens, of, same, wait_for

CONF, DELTA, TRINO = (pathlib.Path(argument) for argument in sys.argv[1:4])
DELTA_MONTH = sys.argv[4]


def adbc(wanted):
    import adbc_driver_flightsql.dbapi as flight

    port = free_port()
    users = CONF / "users"
    users.unlink(missing_ok=True)
    password = secrets.token_urlsafe()
    for user in SEEN:
        costlake("serve", "user", "--conf", CONF, "--stdin", user, text=password + "\n")
    server = subprocess.Popen([HERE / "costlake", "serve", "sql", "--conf", CONF, "--port", str(port)])
    try:
        wait_for("serve sql", lambda: listens(port), server)
        for user, teams in SEEN.items():
            sign_in = {"username": user, "password": password}
            with flight.connect(f"grpc://127.0.0.1:{port}", db_kwargs=sign_in, autocommit=True) as connection:
                with connection.cursor() as cursor:
                    cursor.execute(TOTALS)
                    same(f"ADBC as {user}", cursor.fetchall(), of(teams, wanted))
    finally:
        server.terminate()
        server.wait(60)


def trino_as_each(wanted):
    with trino_server.running(CONF, TRINO) as port:

        def ask(user, sql):
            return trino_server.ask(port, user, sql)

        def refused(user, sql):
            try:
                rows = ask(user, sql)
            except trino.exceptions.TrinoUserError as error:
                assert error.error_name in ("PERMISSION_DENIED", "TABLE_NOT_FOUND"), error
                return
            raise AssertionError(f"Trino answers {user}: {sql}: {rows[:3]}")

        for user, teams in SEEN.items():
            same(f"Trino as {user}", ask(user, TOTALS), of(teams, wanted))
        for sql in (
            "select * from focus.cost_and_usage",
            "select * from ops.runs",
            'select * from reporting."statements$snapshots"',
            'select * from reporting."statements$files"',
        ):
            refused("ines", sql)
        refused("nobody", "select * from reporting.statements")
        listed = "select table_name from system.metadata.table_comments where catalog_name = 'costlake'"
        assert ["statements"] in ask("finn", listed) and ["statements"] in ask("ines", listed)
        assert ask("ines", "select version from reporting.schema_version") == [[2]]
        groups = "select count(*) from reporting.statements where receiver_kind <> 'team'"
        assert ask("ines", groups) == [[0]], "Trino shows a team the totals of groups"
        assert ask("finn", groups)[0][0] > 0
        stats = ask("ines", "show stats for (select * from reporting.statements where billing_month > date '2000-01-01')")
        bounds = {row[0]: row[5:] for row in stats if row[0] != "billing_month"}
        assert {"total_cost", "billed_cost"} <= bounds.keys()
        assert not any(any(pair) for pair in bounds.values()), f"Trino shows a team the largest figures: {bounds}"
        assert ask("nobody", listed) == [], "Trino lists tables for who may see none"
        failing = "select cast(receiver_name as integer) from reporting.statements where team_id <> 'search'"
        assert ask("ines", failing) == [], "Trino evaluates rows of other teams"
        print("Trino: other tables, metadata tables and unknown users are refused", flush=True)


def metadata_location():
    catalog = CONF.parent / "lake" / "catalog.db"
    with sqlite3.connect(f"file:{catalog}?mode=ro", uri=True) as connection:
        return connection.execute(
            "select metadata_location from iceberg_tables where table_namespace = 'reporting' and table_name = 'statements'"
        ).fetchone()[0]


def iceberg(wanted):
    from pyiceberg.catalog.sql import SqlCatalog

    lake = CONF.parent / "lake"
    catalog = SqlCatalog(
        "lake",
        uri=f"sqlite:///{lake}/catalog.db",
        warehouse=f"file://{lake}/warehouse",
        init_catalog_tables="false",
    )
    columns = ("billing_month", "receiver_id", "billing_currency", "total_cost", "billed_cost")
    table = catalog.load_table("reporting.statements").scan(selected_fields=columns).to_arrow()
    same("pyiceberg", [tuple(row[c] for c in columns) for row in table.to_pylist()], wanted)


def duck(wanted):
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "allow_unsigned_extensions": "true"})
    for name in ("avro", "iceberg", "delta"):
        package = __import__(f"duckdb_extension_{name}")
        file = next(pathlib.Path(package.__file__).parent.rglob(f"{name}.duckdb_extension"))
        connection.execute(f"load '{file}'")
    of_month = [row for row in wanted if row[0] == f"{DELTA_MONTH}-01"]
    for who, relation, rows_there in (
        ("DuckDB iceberg", f"iceberg_scan('{metadata_location()}')", wanted),
        ("DuckDB delta", f"delta_scan('{DELTA / 'tables/reporting/statements'}')", of_month),
    ):
        sql = TOTALS.replace("reporting.statements", relation)
        same(who, connection.execute(sql).fetchall(), rows_there)


rows = expected(CONF)
iceberg(rows)
duck(rows)
adbc(rows)
trino_as_each(rows)
