{% import "macros/charge_columns.sql" %}{% import "macros/node_key.sql" %}{% import "macros/settled.sql" %}with charges as (
    select *, {{ node_period() }} from {{ ref('allocation.charge_days') }}
),

nodes as (
    select * from {{ ref('allocation.node_shares') }}
),

pools as (
    select
        pool_id, allocation_date, billing_currency, concat('pool-', part_of(max(driver), ' ', 1)) as method_id, max(driver) as unit,
        array_sort(collect_list(struct(
            team_id as receiver_id, team_id, cast(null as string) as project_id, cast(null as string) as environment,
            cast(null as string) as model_id, cast(null as string) as workload_id,
            concat('pool ', pool_id) as rule_id, 'shared' as cost_kind, cast(null as string) as tags,
            cast(units as decimal(38, 18)) as weight, cast(null as decimal(38, 18)) as unused_weight
        ))) as receivers
    from {{ ref('allocation.pool_units') }}
    group by pool_id, allocation_date, billing_currency
),

split as (
    select /*+ broadcast(pools) */
        charges.*,
        nodes.provider_resource_id as x_NodeId,
        if(nodes.receivers is null, pools.method_id, nodes.method_id) as method_id,
        if(nodes.receivers is null, pools.unit, null) as unit,
        coalesce(nodes.receivers, pools.receivers) as receivers
    from charges
    left join nodes on {{ of_node("charges", "nodes") }}
    left join pools
        on charges.x_PoolId = pools.pool_id and charges.x_AllocationDate = pools.allocation_date
        and charges.BillingCurrency = pools.billing_currency
),

settled as (
    select
        *,
        if(receivers is null, array(struct(
            cast(null as string) as receiver_id, x_TeamId as team_id, x_ProjectId as project_id,
            x_Environment as environment, x_ModelId as model_id, cast(null as string) as workload_id,
            x_OwnerRuleId as rule_id, x_CostKind as cost_kind, cast(null as string) as tags,
            cast(null as decimal(38, 18)) as weight, cast(null as decimal(38, 18)) as unused_weight
        )), receivers) as receiver,
        {{ settled("1", "receivers is null", "receivers.weight") }} as ratio,
        {{ settled("BilledCost", "receivers is null", "receivers.weight") }} as billed,
        {{ settled("ContractedCost", "receivers is null", "receivers.weight") }} as contracted,
        {{ settled("EffectiveCost", "receivers is null", "receivers.weight") }} as effective,
        {{ settled("ListCost", "receivers is null", "receivers.weight") }} as listed,
        {{ settled("PricingCurrencyEffectiveCost", "receivers is null or PricingCurrencyEffectiveCost is null", "receivers.weight") }} as priced,
        {{ settled("x_PricingQuantity", "receivers is null or x_PricingQuantity is null", "receivers.weight") }} as quantities
    from split
),

parts as (
    select *, explode(arrays_zip(receiver, ratio, billed, contracted, effective, listed, priced, quantities)) as part from settled
)

select
    if(receivers is null, null, to_json(named_struct('Elements', array(named_struct(
        'AllocatedRatio', part.ratio,
        'UsageUnit', unit,
        'UsageQuantity', if(unit is null, null, part.receiver.weight)
    ))))) as AllocatedMethodDetails,
    method_id as AllocatedMethodId,
    part.receiver.workload_id as AllocatedResourceId,
    part.receiver.workload_id as AllocatedResourceName,
    part.receiver.tags as AllocatedTags,
    AvailabilityZone, part.billed as BilledCost, BillingAccountId, BillingAccountName, BillingAccountType,
    BillingCurrency, BillingPeriodEnd, BillingPeriodStart, CapacityReservationId, CapacityReservationStatus,
    ChargeCategory, ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity,
    CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit, CommitmentProgramEligibilityDetails,
    ConsumedQuantity, ConsumedUnit, ContractApplied, part.contracted as ContractedCost, ContractedUnitPrice,
    part.effective as EffectiveCost, HostProviderName, InvoiceDetailId, InvoiceId, InvoiceIssuerName,
    part.listed as ListCost, ListUnitPrice, PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice,
    part.priced as PricingCurrencyEffectiveCost, PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, RegionId, RegionName,
    ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceProviderName, ServiceSubcategory,
    SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags, x_ChargeId,
    concat_ws('@', x_ChargeId, x_AllocationDate, part.receiver.receiver_id) as x_AllocationId,
    x_AllocationDate,
    to_date(date_trunc('month', BillingPeriodStart)) as x_BillingMonth,
    part.receiver.team_id as x_TeamId,
    part.receiver.project_id as x_ProjectId,
    part.receiver.environment as x_Environment,
    part.receiver.workload_id as x_WorkloadId,
    part.receiver.model_id as x_ModelId,
    x_NodeId,
    if(method_id like 'pool-%' and x_CostKind <> 'direct', x_CostKind, part.receiver.cost_kind) as x_CostKind,
    part.receiver.rule_id as x_OwnerRuleId,
    x_OwnerRuleId as x_MatchedRuleId,
    x_PoolId,
    part.quantities as x_PricingQuantity,
    in_proportion(part.effective, part.receiver.unused_weight, part.receiver.weight) as x_WorkloadIdleCost,
    x_SourceId
from parts
