-- Finance: what did accelerators cost that teams held without using them?
select team_id, billing_currency, workload_idle_shown, total_shown
from reporting.statements
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and workload_idle_shown is not null
order by workload_idle_shown desc, team_id
