{% import "macros/arithmetic.sql" %}with charges as (
    select
        x_BillingMonth as billing_month, ServiceProviderName as provider, RegionId as region_id, ServiceCategory as service_category,
        ServiceName as service, x_TeamId as team_id, BillingCurrency as billing_currency, PricingCategory as pricing_category,
        get_json_object(SkuPriceDetails, '$.InstanceType') as instance_type, EffectiveCost as effective_cost, ListCost as list_cost,
        x_PricingQuantity as hours
    from {{ ref('allocation.allocated_charges') }}
    where ServiceCategory in ('Compute', 'AI and Machine Learning') and SkuPriceDetails is not null
        and lower(PricingUnit) in ('hour', 'hours', 'hrs', 'hr', '1 hour') and ChargeCategory = 'Usage' and x_PricingQuantity is not null
),

known as (
    select
        charges.*, substr(instance_type, 1 + coalesce(length(instance_prefix), 0)) as plain_type,
        service_category = 'AI and Machine Learning' or instance_prefix is not null as is_managed
    from charges
    left join {{ source('reference.managed_platforms') }} as platforms on startswith(instance_type, instance_prefix)
    where instance_type is not null
),

-- spot lines are left out, because their list price is not that of plain instances on every bill
plain as (
    select
        billing_month, provider, region_id, plain_type, billing_currency, sum(hours) as hours, sum(list_cost) as list_cost,
        sum(effective_cost) as effective_cost
    from known
    where not is_managed and coalesce(pricing_category, '') <> 'Dynamic'
    group by all
    having sum(hours) > 0
),

managed as (
    select
        billing_month, provider, region_id, service, instance_type, plain_type, team_id, billing_currency, sum(hours) as hours,
        sum(list_cost) as list_cost, sum(effective_cost) as effective_cost
    from known
    where is_managed
    group by all
),

compared as (
    select
        managed.*, plain.hours as plain_hours,
        in_proportion(plain.list_cost, managed.hours, plain.hours) as plain_list_cost,
        in_proportion(plain.effective_cost, managed.hours, plain.hours) as plain_effective_cost
    from managed
    left join plain
        on managed.billing_month = plain.billing_month and managed.provider = plain.provider
        and managed.region_id <=> plain.region_id and managed.plain_type = plain.plain_type
        and managed.billing_currency = plain.billing_currency
)

select
    billing_month,
    provider,
    region_id,
    service,
    instance_type,
    plain_type,
    team_id,
    billing_currency,
    cast(hours as decimal(38, 21)) as managed_hours,
    cast(plain_hours as decimal(38, 21)) as plain_hours,
    cast(list_cost as decimal(38, 21)) as managed_list_cost,
    plain_list_cost,
    less(list_cost, plain_list_cost) as list_premium,
    try_cast({{ divided("less(list_cost, plain_list_cost)", "plain_list_cost", 9) }} as decimal(18, 9)) as list_premium_ratio,
    cast(effective_cost as decimal(38, 21)) as managed_effective_cost,
    plain_effective_cost,
    less(effective_cost, plain_effective_cost) as effective_premium
from compared
