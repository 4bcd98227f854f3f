"""Logs the same runs to the tracker at an address: fill.py URI."""

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
    # More than a page.
    for _ in range(int(sys.argv[2])):
        run("many", None, 0)


if __name__ == "__main__":
    main(sys.argv[1])
