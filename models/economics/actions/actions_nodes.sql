select
    x_BillingMonth as billing_month,
    x_TeamId as team_id,
    x_ProjectId as project_id,
    BillingCurrency as billing_currency,
    'idle_nodes' as action,
    x_TeamId as subject_id,
    x_TeamId as owner_id,
    x_NodeId as item_id,
    concat_ws(' ', max(get_json_object(SkuPriceDetails, '$.InstanceType')), x_NodeId) as item_name,
    cast(null as string) as compared_with,
    concat_ws(' ', x_AllocationDate, x_NodeId) as part,
    cast(1 as decimal(38,9)) as quantity,
    cast(sum(EffectiveCost) as decimal(38,21)) as whole_cost,
    cast(sum(EffectiveCost) as decimal(38,21)) as saved
from {{ ref('allocation.allocated_charges') }}
where x_CostKind = 'idle' and x_OwnerRuleId = 'idle_owner' and x_TeamId is not null and BillingCurrency is not null
group by x_BillingMonth, x_TeamId, x_ProjectId, BillingCurrency, x_NodeId, x_AllocationDate
