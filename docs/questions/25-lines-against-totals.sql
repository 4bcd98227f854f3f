-- Finance: does every breakdown sum to the total of its statement? The right answer has no rows.
select l.billing_month, l.receiver_id, l.billing_currency, l.breakdown, s.total_shown, sum(l.cost_shown) as lines_shown
from reporting.statement_lines as l
inner join reporting.statements as s
    on s.billing_month = l.billing_month and s.receiver_id = l.receiver_id and s.billing_currency = l.billing_currency
group by all
having sum(l.cost_shown) <> s.total_shown
order by l.billing_month, l.receiver_id, l.billing_currency, l.breakdown
