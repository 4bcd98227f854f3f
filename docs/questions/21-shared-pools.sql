-- Team lead: which share of each shared pool do I pay, and by which units?
select
    team_id,
    pool_name,
    driver,
    units,
    all_units,
    try_cast(units / nullif(all_units, 0) as decimal(18, 9)) as units_ratio,
    share_shown,
    pool_shown,
    billing_currency
from reporting.statement_pools
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statements)
order by team_id, position
