-- Team lead: what does each of my models cost, in the month and to date?
select team_id, billing_currency, model_id, cost_shown, complete_from, cost_to_date_shown
from reporting.statement_model_life
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
order by cost_shown desc, line_id
