"""Creates the DAGs of Costlake with common settings."""

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

# This pool has one slot, because the lake allows only one writer across all DAGs.
POOL = "costlake"
OWNER = "finops-platform"
# Gets an event for each table that a publication changed, so that other DAGs can follow it.
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
    Create a DAG whose runs cannot overlap.

    :param cron: schedule (UTC) at which a data interval ends and its run begins; None: by hand only
    :param within: time from the end of a data interval to the deadline of its run
    :param interval: length of a data interval
    :param task_limit: maximum time of one task, after which Airflow stops it
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
                # With a deadline from queued_at, a run could not be cleared
                # (apache/airflow#70368).
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


def land_build_report(periods: str, build: Sequence[str]) -> CostlakeOperator:
    """
    Land each source in its own task, then build and publish, then print statements.

    :param periods: billing months in the form of the option ``--period``
    :param build: command and options that build, audit and publish
    :return: the task that builds, audits and publishes
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
    return publish


def source_options(source: dict[str, str]) -> list[str]:
    return ["--source", source["id"]]
