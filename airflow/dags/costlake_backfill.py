"""By hand: land and build a range of billing months again, and publish them together."""

from datetime import timedelta

from airflow.sdk import Param

from costlake_airflow.common import costlake_dag, land_build_report

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"

with costlake_dag(
    "costlake_backfill",
    cron=None,
    within=timedelta(hours=12),
    task_limit=timedelta(hours=12),
    doc_md=__doc__,
    params={
        "from": Param("2026-01", type="string", pattern=MONTH, description="First month"),
        "to": Param("2026-01", type="string", pattern=MONTH, description="Last month"),
    },
):
    land_build_report(
        "{{ params['from'] }}..{{ params['to'] }}",
        ["backfill", "--from", "{{ params['from'] }}", "--to", "{{ params['to'] }}"],
    )
