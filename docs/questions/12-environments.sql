-- Platform engineer: how much goes to production, and how much to the rest?
select name as environment, billing_currency, sum(effective_cost) as effective_cost
from reporting.statement_lines
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements) and breakdown = 'environment'
group by all
order by effective_cost desc, environment, billing_currency
