-- Team lead: how much of my cost is direct, how much is shared or idle?
select team_id, billing_currency, position, name as cost_kind, cost_shown, previous_shown, share_ratio
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and breakdown = 'bridge'
order by team_id, billing_currency, position
