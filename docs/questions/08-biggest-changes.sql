-- Team lead: which lines changed most against the month before?
select team_id, billing_currency, breakdown, name, previous_shown, cost_shown, cost_shown - previous_shown as change_shown
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
    and breakdown in ('service', 'project') and previous_shown is not null
order by abs(cost_shown - previous_shown) desc, line_id
limit 20
