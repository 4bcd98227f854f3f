"""The dashboard of docs/examples/superset, imported into Apache Superset: it shows each person the totals of ./costlake sql that are theirs, and a
browser opens it. Ends with 1 at the first difference."""

import contextlib
import datetime
import io
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal

import requests

import trino_server
from lake import HERE, SEEN, costlake, expected, free_port, listens, of, same, wait_for

CONF, TRINO, SUPERSET, BROWSER, SCREEN = (pathlib.Path(argument) for argument in sys.argv[1:6])
BUNDLE = HERE / "docs" / "examples" / "superset"
TEAMS = "select distinct receiver_id from reporting.statements where receiver_kind = 'team'"
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

    def upload(self, path, archive):
        return self.answer(self.session.post(self.address + path, files={"formData": ("costlake.zip", archive)}))

    def get(self, path):
        return self.answer(self.session.get(self.address + path))

    def answer(self, response):
        assert response.ok, f"{response.request.method} {response.url}: {response.text}"
        return json.loads(response.text, parse_float=Decimal, parse_int=Decimal)


def bundle(trino_port):
    """The dashboards of docs/examples/superset as an archive, with the address of this Trino."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted(BUNDLE.rglob("*.yaml")):
            text = file.read_text().replace("localhost:8080", f"127.0.0.1:{trino_port}")
            zipped.writestr(f"costlake/{file.relative_to(BUNDLE)}", text)
    return archive.getvalue()


def charts(person):
    """Every chart by its name: its number, its dataset and what it shows."""
    listed = person.get("/chart/?q=(page_size:100)")["result"]
    return {chart["slice_name"]: (chart["datasource_id"], json.loads(chart["params"])) for chart in listed}


def asked(dataset, params):
    """The query that a browser sends for a chart."""
    columns = params.get("groupby", []) + params.get("all_columns", [])
    if "x_axis" in params:
        columns = [params["x_axis"], *columns]
    filters = [
        {"col": each["subject"], "op": each["operator"], "val": each["comparator"]} for each in params["adhoc_filters"]
    ]
    query = {"columns": columns, "filters": filters, "row_limit": int(params["row_limit"])}
    if "metrics" in params:
        query["metrics"] = params["metrics"]
    source = {"id": int(dataset), "type": "table"}
    return {"datasource": source, "queries": [query], "result_format": "json", "result_type": "full"}


def data(person, dataset, params):
    answer = person.post("/chart/data", **asked(dataset, params))["result"][0]
    assert answer["error"] is None, answer["error"]
    return answer["data"]


def shown(person, dataset, params):
    rows = data(person, dataset, params)
    return [(day(row["billing_month"]), *(row[column] for column in (COLUMNS + MONEY)[1:])) for row in rows]


def day(milliseconds):
    return datetime.datetime.fromtimestamp(int(milliseconds) / 1000, datetime.UTC).date()


teams = json.loads("[" + ",".join(costlake("sql", "--conf", CONF, "--format", "json", TEAMS).splitlines()) + "]")
rows = of({team["receiver_id"] for team in teams}, expected(CONF))
secret = secrets.token_urlsafe()
with (
    tempfile.TemporaryDirectory() as folder,
    trino_server.running(CONF, TRINO) as trino_port,
    running(pathlib.Path(folder), secret) as address,
):
    finn = Person(address, "finn", secret)
    finn.upload("/dashboard/import/", bundle(trino_port))
    imported = charts(finn)
    for from_where in ("Superset", "Superset, from its cache"):
        for who, seen in SEEN.items():
            totals = shown(Person(address, who, secret), *imported["Cost by team"])
            same(f"{from_where}, as {who}", totals, of(seen, rows))
    for name, chart in sorted(imported.items()):
        found = len(data(finn, *chart))
        assert found, f"{name} shows nothing"
        print(f"{name}: {found} rows", flush=True)
    opened = ["finn", secret, str(SCREEN), *sorted(imported)]
    subprocess.run([BROWSER, pathlib.Path(__file__).with_name("superset_dashboard.py"), address, *opened], check=True)
