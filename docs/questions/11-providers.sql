-- Finance: how is cost distributed over providers?
select name as provider, billing_currency, sum(effective_cost) as effective_cost
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and breakdown = 'provider'
group by all
order by effective_cost desc, provider, billing_currency
