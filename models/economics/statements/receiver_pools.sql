{% import "macros/receivers.sql" %}with pools as (
    select * from {{ ref('economics.monthly_pools') }}
),

received as (
    {{ received("pools", "pools.billing_month", ref('economics.receivers')) }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    pool_id,
    max(driver) as driver,
    cast(sum(units) as decimal(38, 9)) as units
from received
group by all
