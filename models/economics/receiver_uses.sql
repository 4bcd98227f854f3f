{% import "macros/arithmetic.sql" %}with costs as (
    select * from {{ ref('economics.receiver_use_costs') }}
),

compared as (
    select
        latest.*, before.effective_cost as previous,
        cast(row_number() over (
            partition by latest.billing_month, latest.receiver_id, latest.billing_currency
            order by
                if(latest.used_for in ('compute', 'platform', 'correction'), array_position(array('compute', 'platform', 'correction'), latest.used_for), 0),
                latest.effective_cost desc, latest.used_for
        ) as int) as position
    from costs as latest
    left join costs as before
        on before.billing_month = add_months(latest.billing_month, -1)
        and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
        and before.used_for = latest.used_for
),

cents as (
    select
        *,
        floor(effective_cost, 2) as whole,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency
            order by effective_cost - floor(effective_cost, 2) desc, position
        ) as turn,
        sum(effective_cost) over (partition by billing_month, receiver_id, billing_currency) as total,
        sum(floor(effective_cost, 2)) over (partition by billing_month, receiver_id, billing_currency) as wholes
    from compared
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    position,
    used_for,
    effective_cost,
    cast(whole + if(turn <= (round(total, 2) - wholes) * 100, 0.01, 0.00) as decimal(38,2)) as cost_shown,
    cast(round(previous, 2) as decimal(38,2)) as previous_shown,
    try_cast({{ divided("effective_cost", "total", 9) }} as decimal(18,9)) as share_ratio
from cents
