-- Team lead: which projects cost most?
select team_id, billing_currency, position, name as project_id, members, cost_shown, previous_shown
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and breakdown = 'project'
order by team_id, billing_currency, position
