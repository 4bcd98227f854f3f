{% import "macros/arithmetic.sql" %}{% import "sources/mapping/macros/mapped_days.sql" %}
-- Reads the stated costs and the priced quantities again, without the code that made the charges.
with lines as (
    select
        *,
        cast(cast(BillingPeriodStart as timestamp) as date) as period,
        -- Without the sign before or behind the number; a sign further in belongs to an exponent, as in 1,23E-05.
        regexp_replace(
            regexp_replace(_stated_cost, '^[(+-]|[)-]$', ''),
            if(_decimal_mark = ',', '[^0-9,eE+-]', '[^0-9.eE+-]'),
            ''
        ) as digits,
        if(_stated_cost rlike '^[(-]|-$', -1, 1) as stated_sign
    from {{ source('bronze.mapped') }}
    where _skipped is null
),

amounts as (
    select
        *,
        coalesce(
            if(_decimal_mark = '.', to_money(_stated_cost), null),
            {{ multiplied("to_money(replace(digits, ',', '.'))", "cast(stated_sign as decimal(1, 0))") }}
        ) as stated
    from lines
),

costs as (
    select
        _source_id,
        _delivery_id,
        period,
        BillingCurrency as currency,
        {{ divided(multiplied("stated", "cast(_cost_factor as decimal(38, 21))"), "cast(_cost_divisor as decimal(38, 21))") }} as cost
    from amounts
    union all
    -- Months that only have the share of a purchase.
    select _source_id, _delivery_id, greatest(month, period) as period, BillingCurrency as currency, cast(0 as decimal(38, 21)) as cost
    from amounts
    lateral view explode({{ months() }}) as month
)

select
    _source_id as source_id,
    _delivery_id as delivery_id,
    period,
    currency,
    cast(sum(cost) as decimal(38, 21)) as billed_cost,
    cast(null as decimal(38, 21)) as effective_cost
from costs
group by all
