with redelivered as (
    select source_id, unsettled_days
    from {{ ref('governance.restatements') }}
    where as_of > (select date_sub(max(as_of), 180) from {{ ref('governance.restatements') }})
    union all
    -- all sources together have a lag also without evidence
    select null, null
),

counted as (
    select
        source_id, count(unsettled_days) as redeliveries,
        percentile_disc(0.9) within group (order by unsettled_days) as nine_of_ten
    from redelivered
    group by all
)

select
    source_id,
    redeliveries,
    redeliveries >= 5 as is_learnt,
    if(redeliveries >= 5, greatest(2, cast(nine_of_ten as int)), 2) as lag_days
from counted
