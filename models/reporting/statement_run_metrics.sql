{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    run_id,
    run_name,
    model_id,
    model_version,
    status,
    metric_name,
    metric_better,
    metric_value,
    cost_to_date_shown
from {{ ref('economics.receiver_run_metrics') }}
