"""A chart in Apache Superset shows each person the totals of ./costlake sql that are theirs. Ends with 1 at the first difference."""

import contextlib
import datetime
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
from decimal import Decimal

import requests

import trino_server
from lake import SEEN, expected, free_port, listens, of, same, wait_for

CONF, TRINO, SUPERSET = (pathlib.Path(argument) for argument in sys.argv[1:4])
COLUMNS = ["billing_month", "receiver_id", "billing_currency"]
MONEY = ["total_cost", "billed_cost"]
# Answers are kept by person: without the flag Superset gives one person's answer to the next.
SETTINGS = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
FEATURE_FLAGS = {{"CACHE_IMPERSONATION": True}}
DATA_CACHE_CONFIG = {{"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": "{home}/cache", "CACHE_DEFAULT_TIMEOUT": 600}}
"""


@contextlib.contextmanager
def running(home, password):
    """Superset with the users of the lake; gives its address."""
    settings = home / "superset_config.py"
    settings.write_text(SETTINGS.format(secret=secrets.token_urlsafe(42), home=home))
    environment = os.environ | {"SUPERSET_CONFIG_PATH": str(settings)}
    log = (home / "superset.log").open("w")

    commands = [["db", "upgrade"], ["init"]]
    for user, teams in SEEN.items():
        person = ["--username", user, "--firstname", user, "--lastname", user, "--email", f"{user}@example.com"]
        role = "Admin" if teams is None else "Alpha"
        commands.append(["fab", "create-user", *person, "--password", password, "--role", role])
    # Isolated, since this folder has a superset.py that would hide the package.
    subprocess.run(
        [SUPERSET / "bin" / "python", "-I", pathlib.Path(__file__).with_name("superset_commands.py")],
        env=environment,
        input=json.dumps(commands),
        stdout=log,
        stderr=log,
        text=True,
        check=True,
    )
    port = free_port()
    run = [SUPERSET / "bin" / "superset", "run", "--port", str(port)]
    server = subprocess.Popen(run, env=environment, stdout=log, stderr=log)
    try:
        wait_for("Superset", lambda: listens(port), server)
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        server.terminate()
        server.wait(60)


class Person:
    def __init__(self, address, user, password):
        self.address = address
        self.session = requests.Session()
        signed_in = self.post("/security/login", username=user, password=password, provider="db")
        self.session.headers["Authorization"] = f"Bearer {signed_in['access_token']}"

    def post(self, path, **body):
        return self.answer(self.session.post(self.address + path, json=body))

    def get(self, path):
        return self.answer(self.session.get(self.address + path))

    def answer(self, response):
        assert response.ok, f"{response.request.method} {response.url}: {response.text}"
        return json.loads(response.text, parse_float=Decimal, parse_int=Decimal)


def chart(person, trino_port):
    """Makes the chart as a person would: a database, a dataset, what it shows; gives its number."""
    database = person.post(
        "/database/",
        database_name="Costlake",
        sqlalchemy_uri=f"trino://127.0.0.1:{trino_port}/costlake",
        impersonate_user=True,
    )["id"]
    dataset = person.post(
        "/dataset/", database=int(database), catalog="costlake", schema="reporting", table_name="statements"
    )["id"]
    sums = [{"expressionType": "SQL", "sqlExpression": f"sum({column})", "label": column} for column in MONEY]
    query = {"columns": COLUMNS, "metrics": sums, "filters": [], "row_limit": 1000}
    asked = {"datasource": {"id": int(dataset), "type": "table"}, "queries": [query]}
    return person.post(
        "/chart/",
        slice_name="Cost by team",
        viz_type="table",
        datasource_id=int(dataset),
        datasource_type="table",
        params=json.dumps({"viz_type": "table", "datasource": f"{dataset}__table"}),
        query_context=json.dumps(asked | {"result_format": "json", "result_type": "full"}),
    )["id"]


def shown(person, number):
    answer = person.get(f"/chart/{number}/data/")["result"][0]
    assert answer["error"] is None, answer["error"]
    return [(day(row["billing_month"]), *(row[column] for column in (COLUMNS + MONEY)[1:])) for row in answer["data"]]


def day(milliseconds):
    return datetime.datetime.fromtimestamp(int(milliseconds) / 1000, datetime.UTC).date()


rows = expected(CONF)
secret = secrets.token_urlsafe()
with (
    tempfile.TemporaryDirectory() as folder,
    trino_server.running(CONF, TRINO) as trino_port,
    running(pathlib.Path(folder), secret) as address,
):
    number = chart(Person(address, "finn", secret), trino_port)
    for from_where in ("Superset", "Superset, from its cache"):
        for who, seen in SEEN.items():
            same(f"{from_where}, as {who}", shown(Person(address, who, secret), number), of(seen, rows))
