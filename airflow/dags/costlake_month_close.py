"""On the fifth: when every source has delivered, close the previous month and send statements."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag
from costlake_airflow.operator import CostlakeOperator, DeliveriesSensor

# The interval begins on the fifth of the month that is to be closed.
MONTH = "{{ data_interval_start.strftime('%Y-%m') }}"
CLOSE = ["close", "--period", MONTH, "--if-open"]

with costlake_dag(
    "costlake_month_close",
    cron="0 6 5 * *",
    within=timedelta(days=3),
    interval=timedelta(days=31),
    doc_md=__doc__,
):
    deliveries = DeliveriesSensor(
        task_id="deliveries",
        period=MONTH,
        poke_interval=timedelta(minutes=30),
        timeout=timedelta(days=5),
    )
    gates = CostlakeOperator(task_id="gates", arguments=[*CLOSE, "--preview"])
    close = CostlakeOperator(task_id="close", arguments=CLOSE)
    render = CostlakeOperator(task_id="render", arguments=["report", "--period", MONTH])
    send = CostlakeOperator(task_id="send", arguments=["send", "--period", MONTH])
    deliveries >> gates >> close >> render >> send
