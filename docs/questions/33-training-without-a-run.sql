-- Platform engineer: which cost of workloads does no run claim, or more than one?
select billing_month, team_id, billing_currency, part, cost_shown
from reporting.statement_runs
where receiver_kind = 'team' and part <> 'run'
order by billing_month, cost_shown desc, line_id
