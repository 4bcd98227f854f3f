"""What every client is measured by: what ./costlake sql answers, and who may see which rows of it."""

import json
import pathlib
import socket
import subprocess
import time
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parents[2]
TOTALS = (
    "select billing_month, receiver_id, billing_currency, total_cost, billed_cost"
    " from reporting.statements order by 1, 2, 3"
)
SEEN = {"ines": {"search"}, "otto": {"data", "platform"}, "finn": None}


def costlake(*arguments, text=None):
    return subprocess.run(
        [HERE / "costlake", *arguments], check=True, capture_output=True, text=True, input=text
    ).stdout


def expected(conf):
    lines = costlake("sql", "--conf", conf, "--format", "json", TOTALS).splitlines()
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
