{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'y'") }} as line_id,
    members,
    experiment_id,
    runs,
    completed_runs,
    effective_cost,
    cost_shown,
    waste_shown,
    cost_to_date_shown,
    best_run_id,
    metric_name,
    metric_better,
    metric_value,
    points_gained,
    cost_per_metric_point
from {{ ref('economics.receiver_experiments') }}
