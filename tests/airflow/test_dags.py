"""The DAGs as Airflow reads them."""

from __future__ import annotations

import re

import pytest
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import CronDataIntervalTimetable

from conftest import DAGS, REPO
from costlake_airflow.common import POOL

DEFAULT_POOL = "default_pool"


@pytest.fixture(scope="module")
def bag() -> BundleDagBag:
    return BundleDagBag(
        dag_folder=str(DAGS),
        bundle_path=DAGS,
        bundle_name="costlake",
        known_pools={POOL, DEFAULT_POOL},
    )


def test_exactly_these_dags_are_read_without_a_warning(bag: BundleDagBag) -> None:
    assert set(bag.dags) == {
        "costlake_alerts",
        "costlake_backfill",
        "costlake_maintenance",
        "costlake_month_close",
        "costlake_nightly",
        "costlake_watch",
    }
    assert bag.import_errors == {}
    assert bag.captured_warnings == {}


def test_arrows_are_these(bag: BundleDagBag) -> None:
    arrows = {
        dag_id: {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks}
        for dag_id, dag in bag.dags.items()
    }
    night = {
        "sources": ["land"],
        "land": ["build_audit_publish"],
        "build_audit_publish": ["report"],
        "report": [],
    }
    assert arrows == {
        "costlake_alerts": {"alerts": []},
        "costlake_backfill": night,
        "costlake_maintenance": {"maintain": []},
        "costlake_month_close": {
            "deliveries": ["gates"],
            "gates": ["close"],
            "close": ["render"],
            "render": ["send"],
            "send": [],
        },
        "costlake_nightly": {
            **night,
            "build_audit_publish": ["alerts", "budgets", "report"],
            "budgets": [],
            "alerts": [],
        },
        "costlake_watch": {"watch": []},
    }


def test_no_two_runs_write_at_once_and_each_has_a_deadline(bag: BundleDagBag) -> None:
    for dag in bag.dags.values():
        assert dag.max_active_runs == 1
        assert dag.catchup is False
        assert len(dag.deadline) == 1
        beside_nights = dag.dag_id == "costlake_watch"
        assert {task.pool for task in dag.tasks} == {DEFAULT_POOL if beside_nights else POOL}


def test_scheduled_dags_have_intervals(bag: BundleDagBag) -> None:
    scheduled = {
        dag_id: dag.timetable.expression
        for dag_id, dag in bag.dags.items()
        if isinstance(dag.timetable, CronDataIntervalTimetable)
    }
    assert scheduled == {
        "costlake_alerts": "30 * * * *",
        "costlake_maintenance": "0 12 * * 0",
        "costlake_month_close": "0 6 5 * *",
        "costlake_nightly": "0 3 * * *",
        "costlake_watch": "10 * * * *",
    }


def test_no_dag_reads_the_clock_or_a_short_hand_date() -> None:
    for file in DAGS.rglob("*.py"):
        assert not re.search(r"\bnow\(|today|\bds\b|ts_nodash|macros\.", file.read_text()), file


def test_the_readme_lists_every_dag(bag: BundleDagBag) -> None:
    table = (REPO / "airflow" / "README.md").read_text().split("## Install")[0]
    listed = re.findall(r"^\| `(costlake_\w+)` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(bag.dags)
