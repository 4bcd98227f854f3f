"""Compares the descriptions that were landed with what was created.

check.py CREATED PINS NIGHTS: the descriptions are those of the newest delivery of each month below PINS; NIGHTS is how often the
endpoint was described.
"""

import json
import pathlib
import sys

ARNS = [
    "ProcessingJobArn",
    "TrainingJobArn",
    "HyperParameterTuningJobArn",
    "EndpointArn",
    "EndpointConfigArn",
    "NotebookInstanceArn",
]


def arn(description):
    return next(description[name] for name in ARNS if name in description)


def landed(pins, name):
    """Returns the descriptions in the files of this name, of the newest delivery of each month."""
    found = []
    for month in sorted(pins.iterdir()):
        deliveries = [json.loads(receipt.read_text()) for receipt in month.glob("*/_delivery.json")]
        newest = max(deliveries, key=lambda one: one["landedAt"])
        file = month / newest["deliveryId"] / name
        if file.exists():
            found += [json.loads(line) for line in file.read_text().splitlines()]
    return found


def main():
    created = json.loads(pathlib.Path(sys.argv[1]).read_text())
    pins, nights = pathlib.Path(sys.argv[2]), int(sys.argv[3])
    jobs = landed(pins, "jobs.jsonl")
    assert sorted(map(arn, jobs)) == created["jobs"], sorted(map(arn, jobs))
    for job in jobs:
        assert job["CreationTime"].endswith("Z"), job
        assert job["Tags"] == [{"Key": "team", "Value": "vision"}], job
    fit = next(job for job in jobs if job.get("TrainingJobName") == "fit-007")
    assert fit["TrainingJobStatus"] == "Completed", fit
    assert fit["EnableManagedSpotTraining"] is True, fit
    assert fit["ResourceConfig"]["InstanceType"] == "ml.p4d.24xlarge", fit
    assert fit["ExperimentConfig"] == {"ExperimentName": "ranker"}, fit
    standing = landed(pins, "standing.jsonl")
    observed = [one["ObservedAt"] for one in standing if arn(one) == created["endpoint"]]
    assert len(observed) == nights and observed == sorted(observed), observed
    assert {arn(one) for one in standing} == {created["endpoint"], created["config"], created["notebook"]}, standing
    variants = next(one for one in standing if arn(one) == created["endpoint"])["ProductionVariants"]
    assert variants[0]["CurrentInstanceCount"] == 2, variants
    print(f"{len(jobs)} jobs, an endpoint described {nights} times and a notebook, as they were created")


main()
