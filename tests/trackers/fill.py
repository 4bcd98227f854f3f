"""Logs the same runs to the tracker at an address: fill.py URI [SQLITE_FILE]. Of this file, more than a page of runs is copied."""

import sqlite3
import sys

from mlflow import MlflowClient

TEN = 1788602400000  # 2026-09-05T10:00:00Z
MINUTE = 60_000


def main(uri):
    client = MlflowClient(uri)
    experiment = client.create_experiment("churn")

    def run(name, status, minutes, tags=None):
        created = client.create_run(experiment, start_time=TEN, run_name=name, tags=tags).info.run_id
        if status:
            client.set_terminated(created, status, TEN + minutes * MINUTE)
        return created

    sweep = run("sweep", "FINISHED", 60)
    first = run("first", None, 0, {"mlflow.parentRunId": sweep, "costlake.pod": "ml/first-0", "costlake.cluster": "gpu"})
    for key, value, minute, step in [
        ("accuracy", 0.5, 1, 0),
        ("accuracy", 0.913, 30, 10),
        ("accuracy", 0.9, 40, 5),
        ("loss", float("nan"), 1, 0),
        ("rate", 1e-05, 1, 0),
        ("zero", 0.0, 1, 0),
        ("saved", 1, 10, 1),
        ("saved", 2, 20, 2),
    ]:
        client.log_metric(first, key, value, TEN + minute * MINUTE, step)
    client.log_param(first, "lr", "0.1")
    client.set_terminated(first, "FINISHED", TEN + 60 * MINUTE)
    client.create_registered_model("ranker")
    client.create_model_version("ranker", "s3://artifacts/first", first, await_creation_for=0)
    client.create_model_version("ranker", "s3://artifacts/first", first, await_creation_for=0)
    client.delete_model_version("ranker", "2")
    own = run("its own parent", "KILLED", 5)
    client.set_tag(own, "mlflow.parentRunId", own)
    client.delete_run(run("deleted", "FAILED", 1))
    run("still running", None, 0)
    run("many", "FINISHED", 1)


def copy(file):
    """Makes 1100 runs of one, in the tables of the server, because logging so many takes minutes."""
    with sqlite3.connect(file) as database:
        columns = [row[1] for row in database.execute("pragma table_info(runs)")]
        others = ", ".join(column for column in columns if column != "run_uuid")
        database.execute(
            f"with recursive numbers(n) as (select 2 union all select n + 1 from numbers where n < 1100)"
            f" insert into runs (run_uuid, {others})"
            f" select substr(run_uuid, 1, 24) || printf('%08d', n), {others} from runs, numbers where name = 'many'"
        )


if __name__ == "__main__":
    main(sys.argv[1])
    if len(sys.argv) > 2:
        copy(sys.argv[2])
