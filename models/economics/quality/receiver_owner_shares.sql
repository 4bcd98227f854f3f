{% import "macros/arithmetic.sql" %}with kinds as (
    select distinct rule_id, kind from {{ source('conf.owner_rules') }}
),

costs as (
    select
        costs.*,
        case
            when costs.rule_id = 'last_resort' then 'last_resort'
            when costs.rule_id = concat('pool ', pool_id) then 'pool'
            else coalesce(kinds.kind, 'other')
        end as found_by
    from {{ ref('economics.receiver_costs') }} as costs
    left join kinds on kinds.rule_id = costs.rule_id
),

found_costs as (
    select billing_month, receiver_kind, receiver_id, billing_currency, found_by, sum(effective_cost) as found_cost
    from costs
    group by all
    having sum(effective_cost) <> 0
    union all
    select billing_month, receiver_kind, receiver_id, billing_currency, 'untagged', sum(if(is_tagged, 0, effective_cost))
    from costs
    group by all
),

totals as (
    select *, sum(if(found_by = 'untagged', 0, found_cost)) over (partition by billing_month, receiver_id, billing_currency) as cost from found_costs
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    cast(array_position(
        array('tag', 'override', 'namespace', 'account', 'pool', 'other', 'last_resort', 'untagged'), found_by
    ) as int) as position,
    concat(found_by, '_share') as measure,
    try_cast({{ divided("found_cost", "cost", 9) }} as decimal(18,9)) as ratio
from totals
