"""On Sundays: expire old versions, remove orphan files, merge small files."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag
from costlake_airflow.operator import CostlakeOperator

with costlake_dag(
    "costlake_maintenance",
    cron="0 12 * * 0",
    within=timedelta(hours=4),
    interval=timedelta(days=7),
    doc_md=__doc__,
):
    CostlakeOperator(task_id="maintain", arguments=["maintain"])
