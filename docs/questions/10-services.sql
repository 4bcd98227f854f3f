-- Finance: which services does the company spend most on?
select name as service, billing_currency, count(distinct team_id) as teams, sum(effective_cost) as effective_cost
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and breakdown = 'service' and name is not null
group by all
order by effective_cost desc, service, billing_currency
limit 20
