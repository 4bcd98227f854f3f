-- Platform engineer: for which runs is the cost unknown, and why?
select billing_month, run_id, run_name, run_kind, experiment_id, started_on, reason, attempts, members
from reporting.statement_unpriced_runs
where receiver_kind = 'company'
order by billing_month, billing_currency, position
