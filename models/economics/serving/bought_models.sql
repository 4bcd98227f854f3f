with meters as (
    select distinct
        to_date(date_trunc('month', x_ChargeDate)) as usage_month,
        regexp_replace(lower(coalesce(SkuMeter, ChargeDescription)), '[^a-z0-9]', '') as meter
    from {{ ref('focus.cost_and_usage') }}
    where
        ChargeCategory = 'Usage' and ServiceCategory = 'AI and Machine Learning'
        and lower(concat_ws(' ', ConsumedUnit, PricingUnit, SkuMeter, ChargeDescription)) like '%token%'
),

spellings as (
    select vendor, model, explode(split(concat_ws(' ', model, aliases), ' ')) as spelling
    from {{ source('reference.token_prices') }}
),

-- a shorter name than gpt-4 would be found by chance
names as (
    select distinct vendor, model, regexp_replace(lower(spelling), '[^a-z0-9]', '') as name
    from spellings
    where length(regexp_replace(spelling, '[^A-Za-z0-9]', '')) >= 4
),

-- gpt-4.1-mini is no gpt-4.1: the longest name counts
found as (
    select
        meters.usage_month, meters.meter,
        max(struct(length(names.name) as letters, names.vendor, names.model)) as best
    from meters
    inner join names on contains(meters.meter, names.name)
    group by all
)

select distinct
    usage_month,
    best.vendor as vendor,
    best.model as vendor_model
from found
