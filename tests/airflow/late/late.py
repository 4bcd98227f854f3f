"""A DAG made as ours are, whose run is late: for the test of alerts."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag
from costlake_airflow.operator import CostlakeOperator

with costlake_dag("late", cron=None, within=timedelta(seconds=1)):
    CostlakeOperator(task_id="sleep", launcher="sleep", arguments=["600"])
