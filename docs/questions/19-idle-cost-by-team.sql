-- Finance: how much was paid for accelerators that teams held without use?
select team_id, billing_currency, workload_idle_shown, total_shown
from reporting.statements
where billing_month = (select max(billing_month) from reporting.statements) and workload_idle_shown is not null
order by workload_idle_shown desc, team_id
