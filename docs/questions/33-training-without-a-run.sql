-- Platform engineer: which cost of jobs and workloads has no run, because no record names it, no run claims it, or several do?
select billing_month, team_id, billing_currency, part, cost_shown
from reporting.statement_runs
where receiver_kind = 'team' and part <> 'run'
order by billing_month, cost_shown desc, line_id
