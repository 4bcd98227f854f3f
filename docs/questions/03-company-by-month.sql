-- Finance: what did the company spend each month, amortised and as invoiced?
select billing_month, billing_currency, sum(total_cost) as effective_cost, sum(billed_cost) as billed_cost
from reporting.statements
group by all
order by billing_month, billing_currency
