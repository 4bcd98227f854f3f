-- Platform engineer: what does an hour of each accelerator cost, per provisioned, allocated and active hour?
select
    billing_month,
    team_id,
    billing_currency,
    accelerator_model,
    cost_per_provisioned_hour,
    cost_per_allocated_hour,
    cost_per_active_hour
from reporting.statement_accelerators
where receiver_kind = 'team'
order by billing_month, team_id, billing_currency, accelerator_model
