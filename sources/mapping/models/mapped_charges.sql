{% import "macros/focus_versions.sql" %}{% import "macros/upgraded.sql" %}{% import "macros/arithmetic.sql" %}{% import "sources/mapping/macros/mapped_days.sql" %}
{# The part of an amount that falls into the days of a month, as text: parts of all months add up to the amount. #}
{% macro share(amount) %}cast(less(
            {{ divided(multiplied("cast(" ~ amount ~ " as decimal(38, 21))", "cast(days_through as decimal(9, 0))"), "cast(days as decimal(9, 0))") }},
            {{ divided(multiplied("cast(" ~ amount ~ " as decimal(38, 21))", "cast(days_before as decimal(9, 0))"), "cast(days as decimal(9, 0))") }}
        ) as string){% endmacro %}
with lines as (
    select
        *,
        cast(_first_day as date) as first_day,
        cast(_end_day as date) as end_day,
        -- A purchase, and then its months; any other line is one charge.
        explode(concat(array(cast(null as date)), {{ months() }})) as month
    from {{ source('bronze.mapped') }}
    where _skipped is null
),

dated as (
    select
        *,
        _spread is not null and month is null as is_purchase,
        month is not null as is_share,
        greatest(month, first_day) as from_day,
        least(add_months(month, 1), end_day) as to_day,
        datediff(end_day, first_day) as days
    from lines
),

measured as (
    select
        *,
        datediff(from_day, first_day) as days_before,
        datediff(to_day, first_day) as days_through,
        greatest(cast(month as timestamp), cast(BillingPeriodStart as timestamp)) as billed_from
    from dated
),

parts as (
    select
        * except (
            BilledCost, EffectiveCost, ListCost, ContractedCost, CommitmentDiscountQuantity, PricingQuantity, ConsumedQuantity, ConsumedUnit, ChargeCategory,
            ChargeFrequency, ChargePeriodStart, ChargePeriodEnd, BillingPeriodStart, BillingPeriodEnd
        ),
        if(is_share, '0', BilledCost) as BilledCost,
        case when is_purchase then '0' when is_share then {{ share("BilledCost") }} else EffectiveCost end as EffectiveCost,
        if(is_share, '0', ListCost) as ListCost,
        if(is_share, '0', ContractedCost) as ContractedCost,
        if(is_share, {{ share("CommitmentDiscountQuantity") }}, CommitmentDiscountQuantity) as CommitmentDiscountQuantity,
        if(is_share, {{ share("PricingQuantity") }}, PricingQuantity) as PricingQuantity,
        case when is_purchase then null when is_share then {{ share("ConsumedQuantity") }} else ConsumedQuantity end as ConsumedQuantity,
        if(is_purchase, null, ConsumedUnit) as ConsumedUnit,
        case when is_purchase then 'Purchase' when is_share then 'Usage' else ChargeCategory end as ChargeCategory,
        case when is_purchase then 'One-Time' when is_share then 'Recurring' else ChargeFrequency end as ChargeFrequency,
        if(is_share and from_day > first_day, cast(from_day as string), ChargePeriodStart) as ChargePeriodStart,
        if(is_share and to_day < end_day, cast(to_day as string), ChargePeriodEnd) as ChargePeriodEnd,
        if(is_share, cast(billed_from as string), BillingPeriodStart) as BillingPeriodStart,
        if(is_share, cast(add_months(cast(billed_from as date), 1) as string), BillingPeriodEnd) as BillingPeriodEnd
    from measured
),

charges as (
    {{ upgraded("parts", "mapping", "if(is_share, date_format(month, 'yyyy-MM'), null)") }}
)

select
    {{ focus_columns() }},
    {{ own_columns() }}
from charges
