-- ML engineer: how much money went into runs that failed, were stopped or were pre-empted?
select billing_month, status, billing_currency, count(*) as runs, sum(attempts) as attempts, sum(cost_shown) as cost_shown
from reporting.statement_runs
where receiver_kind = 'team' and run_id is not null
group by all
order by billing_month, cost_shown desc, status, billing_currency
