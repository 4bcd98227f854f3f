{% macro charges_of(relation, is_billed_only) %}select
    x_AllocationId,
    x_ChargeId,
    x_AllocationDate,
    x_BillingMonth,
    x_NodeId,
    x_WorkloadId,
    x_TeamId,
    x_ModelId,
    BillingCurrency,
    x_CostKind,
    x_OwnerRuleId,
    x_PoolId,
    AllocatedMethodId,
    accelerator_model,
    EffectiveCost,
    {{ is_billed_only }} as is_billed_only
from {{ relation }}{% endmacro %}
with charges as (
    select *, get_json_object(SkuPriceDetails, '$.InstanceType') as instance_type
    from {{ ref('allocation.allocated_charges') }}
),

nodes as (
    select usage_date, provider_resource_id, max(accelerator_model) as accelerator_model
    from {{ ref('telemetry.node_hours') }}
    where accelerator_model is not null
    group by all
),

idle as (
    select charges.*, nodes.accelerator_model
    from charges
    inner join nodes on charges.x_AllocationDate = nodes.usage_date and charges.x_NodeId = nodes.provider_resource_id
    where charges.x_CostKind = 'idle'
),

billed as (
    select charges.*, billed.accelerator_model
    from charges
    inner join {{ ref('economics.accelerator_charges') }} as billed
        on billed.is_billed_only and trunc(charges.x_AllocationDate, 'month') = billed.usage_month
        and charges.x_TeamId <=> billed.team_id and charges.BillingCurrency <=> billed.billing_currency
        and charges.SkuMeter <=> billed.sku_meter and charges.instance_type <=> billed.instance_type
    where charges.x_NodeId is null and charges.ChargeCategory = 'Usage' and charges.PricingUnit = 'Hours'
        and charges.x_CostKind in ('direct', 'idle', 'shared') and coalesce(charges.CommitmentDiscountStatus, '') <> 'Unused'
)

{{ charges_of(ref('economics.held_charges'), "false") }}
union all
{{ charges_of("idle", "false") }}
union all
{{ charges_of("billed", "true") }}
