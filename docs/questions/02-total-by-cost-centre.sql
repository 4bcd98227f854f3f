-- Finance: what does each cost centre owe for the last month?
select cost_centre, billing_currency, count(distinct team_id) as teams, sum(total_shown) as total_shown
from reporting.statements
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
group by all
order by cost_centre, billing_currency
