-- Finance: what did the company spend each month, amortised and as invoiced?
select billing_month, billing_currency, total_cost as effective_cost, billed_cost
from reporting.statements
where receiver_kind = 'company'
order by billing_month, billing_currency
