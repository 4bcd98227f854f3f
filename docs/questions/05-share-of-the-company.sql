-- Finance: what is each team's share of the company's cost?
select
    team_id,
    billing_currency,
    total_shown,
    try_cast(
        total_cost / nullif(sum(total_cost) over (partition by billing_currency), 0) as decimal(18, 9)
    ) as share_ratio
from reporting.statements
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
order by share_ratio desc, team_id, billing_currency
