-- Team lead: what does each of my models cost?
select team_id, billing_currency, name as model_id, cost_shown, share_ratio
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and breakdown = 'model'
order by cost_shown desc, line_id
