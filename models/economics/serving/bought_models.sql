{% import "macros/meters.sql" %}with meters as (
    select distinct
        to_date(date_trunc('month', x_ChargeDate)) as usage_month,
        coalesce(SkuMeter, ChargeDescription) as meter
    from {{ ref('focus.cost_and_usage') }}
    where
        ChargeCategory = 'Usage' and ServiceCategory = 'AI and Machine Learning'
        and lower(concat_ws(' ', ConsumedUnit, PricingUnit, SkuMeter, ChargeDescription)) like '%token%'
),

{{ listed_models(source('reference.token_prices')) }},

found as (
    select usage_month, {{ listed_model("meter") }} as best
    from meters
    cross join listed_models
)

select distinct
    usage_month,
    best.vendor as vendor,
    best.model as vendor_model
from found
where best is not null
