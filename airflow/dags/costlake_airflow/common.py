"""What every DAG of Costlake is made with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import (
    DAG,
    AssetAlias,
    CronDataIntervalTimetable,
    DeadlineAlert,
    DeadlineReference,
    SyncCallback,
)

from costlake_airflow.alerts import deadline_missed, run_failed
from costlake_airflow.operator import CostlakeOperator

# One slot: the lake has one writer, whichever DAG it belongs to.
POOL = "costlake"
OWNER = "finops-platform"
# An event for each table that a publication moved, so that other DAGs can be scheduled on them.
TABLES = AssetAlias("costlake_tables")


def costlake_dag(
    dag_id: str,
    *,
    cron: str | None,
    within: timedelta,
    interval: timedelta = timedelta(),
    task_limit: timedelta = timedelta(hours=6),
    **kwargs: Any,
) -> DAG:
    """
    A DAG whose runs cannot overlap.

    :param cron: when a data interval ends and its run begins, UTC; None runs by hand only
    :param within: the deadline of a run, from the end of its data interval
    :param interval: how long a data interval is
    :param task_limit: the longest time of one task; it is stopped after that
    """
    return DAG(
        dag_id,
        schedule=None if cron is None else CronDataIntervalTimetable(cron, timezone="UTC"),
        start_date=datetime(2020, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        render_template_as_native_obj=False,
        on_failure_callback=run_failed,
        deadline=[
            DeadlineAlert(
                # Not from queued_at: a run of such a DAG cannot be cleared (apache/airflow#70368).
                reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
                interval=interval + within,
                callback=SyncCallback(
                    deadline_missed, kwargs={"dag_id": dag_id, "within": str(within)}
                ),
            )
        ],
        default_args={
            "owner": OWNER,
            "pool": POOL,
            "retries": 3,
            "retry_delay": timedelta(minutes=5),
            "retry_exponential_backoff": True,
            "execution_timeout": task_limit,
        },
        tags=["costlake"],
        **kwargs,
    )


def land_build_report(periods: str, build: Sequence[str]) -> None:
    """
    Land each source by itself, build and publish, print.

    :param periods: billing months as ``--period`` takes them
    :param build: verb and options that build, audit and publish
    """
    sources = CostlakeOperator(task_id="sources", arguments=["sources", "--json"])
    land = CostlakeOperator.partial(
        task_id="land",
        arguments=["land", "--period", periods],
        map_index_template="{{ task.more[-1] }}",
    ).expand(more=sources.output.map(source_options))
    publish = CostlakeOperator(
        task_id="build_audit_publish", arguments=[*build, "--json"], outlets=[TABLES]
    )
    report = CostlakeOperator(task_id="report", arguments=["report", "--period", periods])
    land >> publish >> report


def source_options(source: dict[str, str]) -> list[str]:
    return ["--source", source["id"]]
