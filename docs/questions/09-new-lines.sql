-- Team lead: which lines are new this month?
select team_id, billing_currency, breakdown, name, cost_shown
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and previous_shown is null and name is not null
order by cost_shown desc, line_id
limit 20
