-- Finance: which share of the cost of its runs did each team waste, by work done again and by attempts that produced nothing?
select
    billing_month,
    team_id,
    billing_currency,
    sum(cost_shown) as cost_shown,
    sum(repeated_shown) as repeated_shown,
    sum(waste_shown) as waste_shown,
    try_cast(sum(waste_shown) / nullif(sum(cost_shown), 0) as decimal(18, 9)) as waste_ratio
from reporting.statement_runs
where receiver_kind = 'team' and part = 'run'
group by all
order by billing_month, waste_ratio desc, team_id, billing_currency
