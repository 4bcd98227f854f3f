-- what a statement states, less what the charges of its month cost
with gaps as (
    select billing_month, receiver_kind, receiver_id, billing_currency, sum(gap) as gap, max(is_stated) as is_stated
    from (
        select billing_month, receiver_kind, receiver_id, billing_currency, effective_cost as gap, true as is_stated
        from {{ ref('economics.receiver_costs') }}
        union all
        select billing_month, receiver_kind, receiver_id, billing_currency, -effective_cost, false
        from {{ ref('economics.receiver_usage') }}
    )
    group by all
)

select
    latest.billing_month,
    latest.receiver_kind,
    latest.receiver_id,
    latest.billing_currency,
    cast(less(latest.gap, before.gap) as decimal(38,21)) as change_cost
from gaps as latest
inner join gaps as before
    on before.billing_month = add_months(latest.billing_month, -1)
    and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
where latest.is_stated and before.is_stated and latest.gap <> before.gap
