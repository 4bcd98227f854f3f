{% import "macros/arithmetic.sql" %}with before as (
    select max(as_of) as as_of from {{ source('published.forecasts') }}
),

sources as (
    select source_id from {{ ref('governance.source_days') }}
    intersect
    select source_id from {{ source('published.source_days') }}
),

both as (
    select source_id, billing_currency, usage_date, cost, cast(0 as decimal(38,21)) as cost_before
    from {{ ref('governance.source_days') }}
    union all
    select source_id, billing_currency, usage_date, 0, cost
    from {{ source('published.source_days') }}
),

-- without a source: all together
days as (
    select both.source_id, billing_currency, usage_date, sum(cost) as cost, sum(cost_before) as cost_before
    from both
    inner join sources on both.source_id = sources.source_id
    group by grouping sets ((both.source_id, billing_currency, usage_date), (billing_currency, usage_date))
),

compared as (
    select
        days.source_id, before.as_of,
        max(if(
            usage_date <= as_of and abs(less(cost, cost_before)) > abs({{ divided("cost_before", 100) }}),
            datediff(as_of, usage_date) + 1, 0
        )) as unsettled_days
    from days
    inner join before on usage_date > date_sub(as_of, 62)
    where cost <> cost_before
    group by all
)

select source_id, as_of, max(unsettled_days) as unsettled_days
from (
    select * from compared
    union all
    select source_id, as_of, unsettled_days from {{ source('published.restatements') }}
)
group by all
