{% import "macros/lines.sql" %}with lines as (
    select *, receiver_id as team_id
    from {{ ref('economics.receiver_pools') }}
    where receiver_kind = 'team'
)

select
    billing_month,
    team_id,
    billing_currency,
    position,
    {{ line_id("'k'") }} as line_id,
    pool_id,
    pool_name,
    driver,
    units,
    all_units,
    pool_shown,
    share_shown
from lines
