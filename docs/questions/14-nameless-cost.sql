-- Platform engineer: how much of each team's cost has no project?
select team_id, billing_currency, cost_shown, share_ratio
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
    and breakdown = 'project' and name is null and members = 1
order by cost_shown desc, team_id, billing_currency
