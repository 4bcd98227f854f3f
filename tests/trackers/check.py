"""Checks the landed runs of each source: check.py BRONZE SOURCE=NUMBER..., with the number of runs named "many"."""

import json
import sys
from collections import Counter
from pathlib import Path

EXPECTED = {
    "sweep": {"status": "FINISHED", "ended_at": "2026-09-05T11:00:00Z"},
    "first": {
        "status": "FINISHED",
        "ended_at": "2026-09-05T11:00:00Z",
        "parent": "sweep",
        "metrics": {"accuracy": "0.913", "loss": "NaN", "rate": "0.00001", "zero": "0", "saved": "2"},
        "metrics.saved": "2026-09-05T10:10:00Z,2026-09-05T10:20:00Z",
        "params": {"lr": "0.1"},
        "tags": {"costlake.pod": "ml/first-0", "costlake.cluster": "gpu"},
    },
    "its own parent": {"status": "KILLED", "ended_at": "2026-09-05T10:05:00Z", "parent": "its own parent"},
    "deleted": {"status": "FAILED", "ended_at": "2026-09-05T10:01:00Z", "lifecycle_stage": "deleted"},
    "still running": {"status": "RUNNING"},
}
VERSIONS = [{"model": "ranker", "version": "1", "run": "first"}]


def lines(folder, name):
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def check(folder, many):
    runs = lines(folder, "runs.jsonl")
    names = {run["run_id"]: run["run_name"] for run in runs}
    counts = Counter(names.values())
    assert counts == Counter({**dict.fromkeys(EXPECTED, 1), "many": many}), counts
    for run in runs:
        if run["run_name"] == "many":
            continue
        tags = dict(run["tags"])
        assert tags.pop("mlflow.runName") == run["run_name"]
        parent = tags.pop("mlflow.parentRunId", None)
        found = {
            "status": run["status"],
            **{key: run[key] for key in ("ended_at", "metrics.saved") if key in run},
            **({"parent": names[parent]} if parent else {}),
            **({"lifecycle_stage": "deleted"} if run["lifecycle_stage"] == "deleted" else {}),
            **{key: value for key, value in {**run, "tags": tags}.items() if key in ("metrics", "params", "tags") and value},
        }
        assert found == EXPECTED[run["run_name"]], found
        assert (run["experiment_name"], run["started_at"]) == ("churn", "2026-09-05T10:00:00Z"), run
    versions = [
        {"model": one["model"], "version": one["version"], "run": names[one["run_id"]]}
        for one in lines(folder, "model_versions.jsonl")
    ]
    assert versions == VERSIONS, versions


for argument in sys.argv[2:]:
    source, many = argument.split("=")
    (delivery,) = (Path(sys.argv[1]) / source / "all").iterdir()
    check(delivery, int(many))
    print(f"{source}: {len(EXPECTED) + int(many)} runs as expected")
