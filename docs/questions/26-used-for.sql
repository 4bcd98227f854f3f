-- Finance: how much of each team's cost is training, inference, notebooks, data, storage and network?
select team_id, billing_currency, position, used_for, cost_shown, previous_shown, share_ratio
from reporting.statement_uses
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_uses)
order by team_id, billing_currency, position
