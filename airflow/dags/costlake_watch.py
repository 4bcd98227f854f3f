"""Every hour: what runs now, what it burns, and what is idle or forgotten."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag
from costlake_airflow.operator import CostlakeOperator

with costlake_dag(
    "costlake_watch",
    cron="10 * * * *",
    within=timedelta(minutes=50),
    interval=timedelta(hours=1),
    task_limit=timedelta(minutes=10),
    doc_md=__doc__,
):
    # It writes beside a night, so it does not wait for the pool of the one writer.
    CostlakeOperator(
        task_id="watch",
        arguments=["watch", "--at", "{{ data_interval_end.strftime('%Y-%m-%dT%H:%M:%SZ') }}"],
        pool="default_pool",
        retries=1,
    )
