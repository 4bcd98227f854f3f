-- Team lead: which models bring more than they cost?
select billing_month, team_id, model_id, benefit_kind, cost_shown, benefit_shown, roi, status
from reporting.statement_value
where receiver_kind = 'team'
order by billing_month, team_id, position
