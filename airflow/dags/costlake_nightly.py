"""Every night: land and build the deliveries of two months, then send what budgets reached."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag, land_build_report
from costlake_airflow.operator import CostlakeOperator

MONTHS = (
    "{{ data_interval_start.subtract(months=1).strftime('%Y-%m') }}"
    ",{{ data_interval_start.strftime('%Y-%m') }}"
)

with costlake_dag(
    "costlake_nightly",
    cron="0 3 * * *",
    within=timedelta(hours=3),
    interval=timedelta(days=1),
    doc_md=__doc__,
):
    published = land_build_report(MONTHS, ["night", "--period", MONTHS])
    budgets = CostlakeOperator(task_id="budgets", arguments=["budgets", "--send"])
    alerts = CostlakeOperator(task_id="alerts", arguments=["alerts", "--send"])
    published >> [budgets, alerts]
