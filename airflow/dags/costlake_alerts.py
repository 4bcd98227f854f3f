"""Every hour: send the alerts whose quiet hours are over or whose digest is due."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag
from costlake_airflow.operator import CostlakeOperator

with costlake_dag(
    "costlake_alerts",
    cron="30 * * * *",
    within=timedelta(hours=4),
    interval=timedelta(hours=1),
    doc_md=__doc__,
):
    CostlakeOperator(task_id="alerts", arguments=["alerts", "--send"])
