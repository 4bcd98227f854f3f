-- Finance: did spot capacity save money, after the work that its interruptions cost?
select
    billing_month,
    team_id,
    billing_currency,
    run_id,
    interruptions,
    paid_shown,
    on_demand_shown,
    basis,
    saving_gross_shown,
    repeated_shown,
    saving_net_shown
from reporting.statement_spot
where receiver_kind = 'team'
order by billing_month, team_id, billing_currency, position
