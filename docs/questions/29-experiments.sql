-- ML engineer: what did each experiment cost up to now, and what did a point of its metric cost?
select
    team_id,
    billing_currency,
    experiment_id,
    runs,
    completed_runs,
    cost_to_date_shown,
    best_run_id,
    metric_name,
    metric_value,
    points_gained,
    cost_per_metric_point
from reporting.statement_experiments
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_experiments)
    and experiment_id is not null
order by cost_to_date_shown desc, line_id
