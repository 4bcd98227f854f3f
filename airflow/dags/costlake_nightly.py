"""Every night: land and build the deliveries for the month of the night and the month before."""

from datetime import timedelta

from costlake_airflow.common import costlake_dag, land_build_report

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
    land_build_report(MONTHS, ["night", "--period", MONTHS])
