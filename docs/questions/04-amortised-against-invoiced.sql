-- Finance: for which teams do the amortised cost and the invoiced cost differ most, and by how much?
select team_id, billing_currency, total_shown, billed_shown, billed_shown - total_shown as difference_shown
from reporting.statements
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
order by abs(billed_shown - total_shown) desc, team_id, billing_currency
