-- Team lead: which runs cost most last month, in how many attempts, and how much of it was wasted?
select
    team_id,
    billing_currency,
    run_id,
    model_id,
    status,
    attempts,
    worked_hours,
    cost_shown,
    repeated_shown,
    waste_shown,
    cost_to_date_shown
from reporting.statement_runs
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_runs) and run_id is not null
order by cost_shown desc, line_id
limit 20
