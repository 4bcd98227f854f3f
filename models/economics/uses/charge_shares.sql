{% import "macros/uses.sql" %}{% import "macros/node_key.sql" %}with charges as (
    select *, {{ unit_of_charge() }} as unit, {{ charge_period() }} from {{ ref('allocation.allocated_charges') }}
),

-- names of managed endpoints as their records have them
endpoints as (
    select usage_date, {{ resource_key("labels['resource_id']") }} as resource_key, max(labels['endpoint']) as endpoint_id
    from {{ ref('telemetry.workload_hours') }}
    where workload_kind = 'endpoint' and labels['resource_id'] is not null
    group by all
),

resources as (
    select usage_date, resource_id from {{ ref('economics.resource_shares') }}
    union
    select usage_date, ResourceId from {{ ref('economics.billed_uses') }} where ResourceId is not null
),

named as (
    select
        charges.*, in_proportion(prices.contracted_cost, x_PricingQuantity, prices.quantity) as contracted_on_demand,
        -- on the bills of these providers the list price of a spot charge is the price on demand, elsewhere that of spot capacity
        if(PricingCategory = 'Dynamic' and listed.provider is not null, ListCost, null) as listed_on_demand,
        resources.resource_id, runs.shares as run_shares, runs.other_s, workloads.shares as workload_shares,
        if(billed.use_kind is null, null, array(struct({{ use(
            "billed.use_kind", endpoint="coalesce(endpoints.endpoint_id, billed.endpoint_id)", linked_by="billed.linked_by"
        ) }} as used_by, coalesce(runs.other_s, 1) as weight))) as billed_shares,
        if(x_EndpointId is null, null, array(struct(
            {{ use("'inference'", endpoint="x_EndpointId", linked_by="'rule'") }} as used_by, coalesce(runs.other_s, 1) as weight
        ))) as ruled_shares
    from charges
    left join {{ ref('economics.resource_shares') }} as runs
        on charges.x_AllocationDate = runs.usage_date and charges.ResourceId = runs.resource_id
        and charges.of_hour = runs.of_hour and charges.period_start = runs.period_start
    left join {{ ref('economics.billed_uses') }} as billed
        on charges.x_AllocationDate = billed.usage_date and charges.ResourceId <=> billed.ResourceId
        and charges.ServiceName <=> billed.ServiceName and charges.SkuMeter <=> billed.SkuMeter and charges.unit <=> billed.unit
    left join {{ source('reference.on_demand_list_prices') }} as listed on charges.ServiceProviderName = listed.provider
    left join resources on charges.x_AllocationDate = resources.usage_date and charges.ResourceId = resources.resource_id
    left join endpoints
        on charges.x_AllocationDate = endpoints.usage_date and {{ resource_key("charges.ResourceId") }} = endpoints.resource_key
    left join {{ ref('economics.workload_shares') }} as workloads
        on charges.x_AllocationDate = workloads.usage_date and charges.x_NodeId = workloads.provider_resource_id
        and charges.x_WorkloadId = workloads.workload_id
    left join {{ ref('economics.on_demand_prices') }} as prices
        on if(PricingCategory = 'Dynamic', get_json_object(SkuPriceDetails, '$.InstanceType'), null) = prices.instance_type
        and x_AllocationDate = prices.usage_date and ServiceProviderName <=> prices.provider and RegionId <=> prices.region_id
        and charges.PricingUnit <=> prices.pricing_unit and charges.BillingCurrency <=> prices.billing_currency
)

select
    x_AllocationId,
    x_ChargeId,
    x_AllocationDate,
    x_BillingMonth,
    x_NodeId,
    x_WorkloadId,
    resource_id,
    x_TeamId,
    x_ProjectId,
    x_Environment,
    x_ModelId,
    ServiceCategory,
    x_CostKind,
    BillingCurrency,
    x_OwnerRuleId,
    x_PoolId,
    AllocatedMethodId,
    x_PricingQuantity,
    PricingUnit,
    BilledCost,
    ContractedCost,
    EffectiveCost,
    ListCost,
    x_WorkloadIdleCost,
    PricingCategory,
    case
        when contracted_on_demand is not null then 'contracted price'
        when listed_on_demand is not null then 'list price'
    end as on_demand_basis,
    coalesce(contracted_on_demand, listed_on_demand) as on_demand_cost,
    case
        when other_s > 0 then concat(run_shares, coalesce(ruled_shares, billed_shares, array(struct({{ use() }} as used_by, other_s as weight))))
        -- what a record says of a workload comes before a rule for its machine
        when x_EndpointId is not null then coalesce(run_shares, workload_shares, ruled_shares)
        else coalesce(run_shares, billed_shares, workload_shares, {{ only(use()) }})
    end as shares
from named
