{% import "macros/receivers.sql" %}with receivers as (
    {{ receivers_of("statements", ref('reporting.statements')) }}
    union all
    {{ receivers_of("statement_accelerators", ref('reporting.statement_accelerators')) }}
    union all
    {{ receivers_of("statement_actions", ref('reporting.statement_actions')) }}
    union all
    {{ receivers_of("statement_attempts", ref('reporting.statement_attempts')) }}
    union all
    {{ receivers_of("statement_commitments", ref('reporting.statement_commitments')) }}
    union all
    {{ receivers_of("statement_changes", ref('reporting.statement_changes')) }}
    union all
    {{ receivers_of("statement_days", ref('reporting.statement_days')) }}
    union all
    {{ receivers_of("events", ref('reporting.events')) }}
    union all
    {{ receivers_of("statement_experiments", ref('reporting.statement_experiments')) }}
    union all
    {{ receivers_of("statement_endpoints", ref('reporting.statement_endpoints')) }}
    union all
    {{ receivers_of("statement_history", ref('reporting.statement_history')) }}
    union all
    {{ receivers_of("statement_idle_hours", ref('reporting.statement_idle_hours')) }}
    union all
    {{ receivers_of("statement_idle_calendar", ref('reporting.statement_idle_calendar')) }}
    union all
    {{ receivers_of("statement_idle_costs", ref('reporting.statement_idle_costs')) }}
    union all
    {{ receivers_of("statement_life_months", ref('reporting.statement_life_months')) }}
    union all
    {{ receivers_of("statement_invoices", ref('reporting.statement_invoices')) }}
    union all
    {{ receivers_of("statement_inference_months", ref('reporting.statement_inference_months')) }}
    union all
    {{ receivers_of("statement_lines", ref('reporting.statement_lines')) }}
    union all
    {{ receivers_of("statement_model_life", ref('reporting.statement_model_life')) }}
    union all
    {{ receivers_of("statement_pools", ref('reporting.statement_pools')) }}
    union all
    {{ receivers_of("statement_parent_runs", ref('reporting.statement_parent_runs')) }}
    union all
    {{ receivers_of("statement_quality", ref('reporting.statement_quality')) }}
    union all
    {{ receivers_of("statement_run_metrics", ref('reporting.statement_run_metrics')) }}
    union all
    {{ receivers_of("statement_runs", ref('reporting.statement_runs')) }}
    union all
    {{ receivers_of("statement_spot", ref('reporting.statement_spot')) }}
    union all
    {{ receivers_of("statement_team_uses", ref('reporting.statement_team_uses')) }}
    union all
    {{ receivers_of("statement_unpriced_runs", ref('reporting.statement_unpriced_runs')) }}
    union all
    {{ receivers_of("statement_tenants", ref('reporting.statement_tenants')) }}
    union all
    {{ receivers_of("statement_use_months", ref('reporting.statement_use_months')) }}
    union all
    {{ receivers_of("statement_uses", ref('reporting.statement_uses')) }}
    union all
    {{ receivers_of("statement_value", ref('reporting.statement_value')) }}
    union all
    {{ receivers_of("statement_workloads", ref('reporting.statement_workloads')) }}
)

select table_name, billing_month, receiver_kind, receiver_id, team_id, count(*) as lines
from receivers
where team_id is distinct from if(receiver_kind = 'team', receiver_id, null) or team_id like '%.%'
group by all
