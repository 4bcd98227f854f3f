{% import "macros/charge_columns.sql" %}{% import "macros/node_key.sql" %}{% import "macros/apportioned.sql" %}with charges as (
    select *, {{ node_period() }} from {{ ref('allocation.charge_days') }}
),

nodes as (
    select * from {{ ref('allocation.node_shares') }}
),

pools as (
    select
        pool_id, allocation_date, billing_currency, concat('pool-', part_of(max(driver), ' ', 1)) as method_id, max(driver) as unit,
        array_sort(collect_list(struct(
            team_id as share_id, team_id, cast(null as string) as project_id, cast(null as string) as environment,
            cast(null as string) as model_id, cast(null as string) as workload_id,
            concat('pool ', pool_id) as rule_id, 'shared' as cost_kind, cast(null as string) as tags,
            cast(units as decimal(38, 18)) as weight, cast(null as decimal(38, 18)) as unused_weight
        ))) as shares
    from {{ ref('allocation.pool_units') }}
    group by all
),

split as (
    select /*+ broadcast(pools) */
        charges.*,
        nodes.provider_resource_id as x_NodeId,
        if(nodes.shares is null, pools.method_id, nodes.method_id) as method_id,
        if(nodes.shares is null, pools.unit, null) as unit,
        coalesce(nodes.shares, pools.shares) as shares
    from charges
    left join nodes on {{ of_node("charges", "nodes") }}
    left join pools
        on charges.x_PoolId = pools.pool_id and charges.x_AllocationDate = pools.allocation_date
        and charges.BillingCurrency = pools.billing_currency
),

apportioned as (
    select
        *,
        if(shares is null, array(struct(
            cast(null as string) as share_id, x_TeamId as team_id, x_ProjectId as project_id,
            x_Environment as environment, x_ModelId as model_id, cast(null as string) as workload_id,
            x_OwnerRuleId as rule_id, x_CostKind as cost_kind, cast(null as string) as tags,
            cast(null as decimal(38, 18)) as weight, cast(null as decimal(38, 18)) as unused_weight
        )), shares) as share,
        {{ apportioned("1", "shares is null", "shares.weight") }} as ratio,
        {{ apportioned("BilledCost", "shares is null", "shares.weight") }} as billed,
        {{ apportioned("ContractedCost", "shares is null", "shares.weight") }} as contracted,
        {{ apportioned("EffectiveCost", "shares is null", "shares.weight") }} as effective,
        {{ apportioned("ListCost", "shares is null", "shares.weight") }} as listed,
        {{ apportioned("PricingCurrencyEffectiveCost", "shares is null or PricingCurrencyEffectiveCost is null", "shares.weight") }} as priced,
        {{ apportioned("x_PricingQuantity", "shares is null or x_PricingQuantity is null", "shares.weight") }} as quantities
    from split
),

allocated_rows as (
    select *, explode(arrays_zip(share, ratio, billed, contracted, effective, listed, priced, quantities)) as allocated from apportioned
)

select
    if(shares is null, null, to_json(named_struct('Elements', array(named_struct(
        'AllocatedRatio', allocated.ratio,
        'UsageUnit', unit,
        'UsageQuantity', if(unit is null, null, allocated.share.weight)
    ))))) as AllocatedMethodDetails,
    method_id as AllocatedMethodId,
    allocated.share.workload_id as AllocatedResourceId,
    allocated.share.workload_id as AllocatedResourceName,
    allocated.share.tags as AllocatedTags,
    AvailabilityZone, allocated.billed as BilledCost, BillingAccountId, BillingAccountName, BillingAccountType,
    BillingCurrency, BillingPeriodEnd, BillingPeriodStart, CapacityReservationId, CapacityReservationStatus,
    ChargeCategory, ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity,
    CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit, CommitmentProgramEligibilityDetails,
    ConsumedQuantity, ConsumedUnit, ContractApplied, allocated.contracted as ContractedCost, ContractedUnitPrice,
    allocated.effective as EffectiveCost, HostProviderName, InvoiceDetailId, InvoiceId, InvoiceIssuerName,
    allocated.listed as ListCost, ListUnitPrice, PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice,
    allocated.priced as PricingCurrencyEffectiveCost, PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, RegionId, RegionName,
    ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceProviderName, ServiceSubcategory,
    SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags, x_ChargeId,
    concat_ws('@', x_ChargeId, x_AllocationDate, allocated.share.share_id) as x_AllocationId,
    x_AllocationDate,
    to_date(date_trunc('month', BillingPeriodStart)) as x_BillingMonth,
    allocated.share.team_id as x_TeamId,
    allocated.share.project_id as x_ProjectId,
    allocated.share.environment as x_Environment,
    allocated.share.workload_id as x_WorkloadId,
    allocated.share.model_id as x_ModelId,
    x_NodeId,
    if(x_CostKind = 'direct', allocated.share.cost_kind, x_CostKind) as x_CostKind,
    allocated.share.rule_id as x_OwnerRuleId,
    x_OwnerRuleId as x_MatchedRuleId,
    x_TeamId as x_MatchedTeamId,
    x_ProjectId as x_MatchedProjectId,
    x_PoolId,
    x_EndpointId,
    x_EndpointRuleId,
    allocated.quantities as x_PricingQuantity,
    if(x_CostKind <> 'direct' or allocated.share.cost_kind = 'idle', null, in_proportion(allocated.effective, allocated.share.unused_weight, allocated.share.weight)) as x_WorkloadIdleCost,
    if(x_CostKind = 'direct' and allocated.share.cost_kind = 'idle', in_proportion(allocated.effective, allocated.share.unused_weight, allocated.share.weight), null) as x_FreeAcceleratorCost,
    x_SourceId
from allocated_rows
