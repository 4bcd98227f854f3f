with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
),

-- the last day of a source may still grow; a source without charges for a week has ended
sources as (
    select x_SourceId, max(x_AllocationDate) as last_day
    from charges
    where ChargeCategory = 'Usage' and ChargePeriodEnd <= ChargePeriodStart + interval 1 day
    group by all
),

judged as (
    select date_sub(min(last_day), 1) as last_day
    from sources
    where last_day > (select date_sub(max(last_day), 7) from sources)
),

-- telemetry that begins moves cost between teams, so days before it and after it are not compared
measured as (
    select array_sort(array_agg(measured_from)) as days from {{ ref('economics.measured_clusters') }}
),

resources as (
    select
        x_AllocationDate as usage_date,
        BillingCurrency as billing_currency,
        size(filter(measured.days, d -> d <= x_AllocationDate)) as measured_clusters,
        case
            when CommitmentDiscountStatus = 'Unused' then 'unused'
            when x_CostKind = 'idle' then 'idle'
            when x_CostKind = 'direct' and ChargeCategory = 'Usage' and x_PricingQuantity > 0 then 'usage'
            else 'other'
        end as kind,
        x_TeamId as team_id,
        ServiceName as service,
        concat_ws(' ',
            coalesce(get_json_object(SkuPriceDetails, '$.InstanceType'), SkuMeter, x_CostKind), SkuId,
            if(PricingCategory = 'Dynamic', 'spot', null)
        ) as sku,
        PricingUnit as pricing_unit,
        CommitmentDiscountId as commitment_id,
        if(x_NodeId is null and x_PoolId is null, ResourceId, null) as resource_id,
        coalesce(nullif(regexp_extract(ResourceId, '(?i)/resourceGroups/([^/]+)', 1), ''), SubAccountId) as resource_group,
        x_ModelId as model_id,
        if(count(*) = count(x_PricingQuantity), sum(x_PricingQuantity), null) as quantity,
        sum(EffectiveCost) as cost
    from charges
    cross join judged
    cross join measured
    where x_AllocationDate <= judged.last_day
    group by all
)

select
    usage_date,
    billing_currency,
    measured_clusters,
    kind,
    team_id,
    service,
    sku,
    pricing_unit,
    commitment_id,
    if(abs(cost) >= 1, resource_id, null) as resource_id,
    resource_group,
    model_id,
    cast(if(count(*) = count(quantity), sum(quantity), null) as decimal(38,21)) as quantity,
    cast(sum(cost) as decimal(38,21)) as cost
from resources
where cost <> 0
group by all
