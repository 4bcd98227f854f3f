-- Finance: how did the cost of each service category develop over the months?
select history_month, series, billing_currency, sum(cost_shown) as cost_shown
from reporting.statement_history
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
group by all
order by history_month, series, billing_currency
