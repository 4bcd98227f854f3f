{% import "macros/cents.sql" %}with costs as (
    select * from {{ ref('economics.receiver_use_costs') }}
),

compared as (
    select
        latest.*, latest.effective_cost as cost, before.effective_cost as previous,
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
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    position,
    used_for,
    cast(cost as decimal(38,21)) as effective_cost,
    {{ cents_of() }} as cost_shown,
    cast(round(previous, 2) as decimal(38,2)) as previous_shown,
    {{ share_of_total() }} as share_ratio
from compared
