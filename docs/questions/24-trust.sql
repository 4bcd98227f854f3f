-- Finance: do the statements agree with the bills, and how much cost was assigned by tags?
select team_id, billing_currency, measure, money_shown, ratio
from reporting.statement_quality
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
order by team_id, billing_currency, position
