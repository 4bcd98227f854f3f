-- Finance: what did each team cost last month, and how did that change?
select
    team_id,
    billing_currency,
    total_shown,
    previous_shown,
    total_shown - previous_shown as change_shown
from reporting.statements
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
order by total_shown desc, team_id, billing_currency
