"""Runs the official FOCUS validator on charges that Costlake wrote, and judges which of its failures are its own.

check.py RULES VERSION NAME FILES [COLUMNS]: FILES are charges in that version, Parquet files or what ./costlake sql --format json
printed, of which those of the source NAME are taken. COLUMNS is what it printed for 'describe', because JSON has no types. allowed.csv
calls the charges by NAME.
It fails when a rule fails that allowed.csv does not list for NAME, and when one that it lists no longer fails.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from datetime import datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

ALLOWED = Path(__file__).with_name("allowed.csv")
PACKAGE = Path(find_spec("focus_validator").submodule_search_locations[0])
CURRENCIES = Path("focus_validator/rules/currency_codes.csv")


def printed(file):
    """The rows that ./costlake sql --format json printed."""
    return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in file.read_text().splitlines()]


def charges(files, source, columns):
    """The charges in the types that the validator expects. It guesses those of text files, and fails ids that are all digits."""
    if files.suffix != ".json":
        return parquet.read_table(files)
    read = {"date": lambda text: datetime.fromisoformat(text).date(), "timestamp": datetime.fromisoformat}
    types = {"date": pa.date32(), "timestamp": pa.timestamp("us", "UTC"), "decimal(38,21)": pa.decimal128(38, 21)}
    rows = [row for row in printed(files) if row["x_SourceId"] == source]
    described = {column["col_name"]: column["data_type"] for column in printed(columns)}
    return pa.table(
        {
            name: pa.array(
                [None if row[name] is None else read.get(kind, lambda value: value)(row[name]) for row in rows],
                types.get(kind, pa.string()),
            )
            for name, kind in described.items()
            if not name.startswith("x_")
        }
    )


def validate(rules, version, table, work):
    """Asks the validator: how many rules were checked, and those that fail with its words. It exits with 0 either way."""
    parquet.write_table(table, work / "charges.parquet")
    (work / CURRENCIES).parent.mkdir(parents=True)
    shutil.copy(PACKAGE.parent / CURRENCIES, work / CURRENCIES)
    done = subprocess.run(
        [
            Path(sys.executable).with_name("focus-validator"),
            *("--data-file", "charges.parquet", "--output-type", "unittest", "--output-destination", "report.xml"),
            *("--validate-version", version, "--rule-set-path", rules.resolve(), "--block-download"),
            *("--applicability-criteria", "ALL"),
        ],
        cwd=work,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode or not (work / "report.xml").exists():
        sys.exit(f"The validator stopped with {done.returncode}:\n{done.stdout}")
    cases = list(xml.parse(work / "report.xml").iter("testcase"))
    failures = [failure for case in cases for failure in case.iter("failure")]
    checked = sum(case.find("skipped") is None for case in cases)
    return checked, {failure.get("name"): failure.get("message") for failure in failures}


def parts(requirement):
    """The rules that a rule is composed of."""
    if requirement.get("CheckFunction") == "CheckModelRule":
        return [requirement["ModelRuleId"]]
    return [rule for item in requirement.get("Items", []) for rule in parts(item)]


def causes(failed, rules, version):
    """The failures that do not follow from another: a composite rule fails with any of its parts."""
    (model,) = rules.glob(f"model-{version}*.json")
    known = json.loads(model.read_text())["ModelRules"]
    return {
        rule: words
        for rule, words in failed.items()
        if not any(part in failed for part in parts(known[rule]["ValidationCriteria"]["Requirement"]))
    }


def allowed(version, name):
    with ALLOWED.open(newline="") as rows:
        return {row["rule"] for row in csv.DictReader(rows) if row["version"] == version and name in row["charges"].split()}


def main(rules, version, name, files, columns=None):
    table = charges(Path(files), name, columns and Path(columns))
    if not table.num_rows:
        sys.exit(f"{files} holds no charges of {name}")
    with tempfile.TemporaryDirectory() as work:
        checked, failed = validate(Path(rules), version, table, Path(work))
    failed = causes(failed, Path(rules), version)
    listed = allowed(version, name)
    wrong = [f"fails: {rule}: {words}" for rule, words in sorted(failed.items()) if rule not in listed]
    wrong += [f"is listed in allowed.csv, but no longer fails: {rule}" for rule in sorted(listed - failed.keys())]
    print(f"{name}, FOCUS {version}: {table.num_rows} charges, {checked} rules checked, {len(failed)} fail, {len(listed)} expected to")
    if not checked:
        wrong.append("no rule was checked")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
