with hours as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, x_ProjectId as project_id, BillingCurrency as billing_currency,
        concat_ws(' ', ServiceProviderName, ServiceName, RegionId, SkuMeter) as sku,
        coalesce(max(get_json_object(SkuPriceDetails, '$.InstanceType')), max(SkuMeter)) as sku_name,
        x_WorkloadId as workload_id, CommitmentDiscountId as commitment_id, sum(x_PricingQuantity) as hours, sum(EffectiveCost) as cost
    from {{ ref('allocation.allocated_charges') }}
    where
        ChargeCategory = 'Usage' and PricingUnit = 'Hours' and SkuMeter is not null and BillingCurrency is not null
        and if(CommitmentDiscountId is null, PricingCategory = 'Standard', CommitmentDiscountStatus = 'Used')
        and coalesce(x_OwnerRuleId <> 'idle_owner', true)
    group by all
),

committed as (
    select
        billing_month, billing_currency, sku, sum(hours) as hours, sum(cost) as cost,
        max(struct(cost, commitment_id)).commitment_id as commitment_id
    from hours
    where commitment_id is not null
    group by all
    having sum(hours) > 0
),

-- who pays the fees of a commitment, or what of it is unused, buys commitments
payers as (
    select
        billing_month, commitment_id, team_id, max(commitment_name) as commitment_name,
        sum(if(part = 'fee', billed_cost, 0)) as fee, sum(if(part = 'unused', effective_cost, 0)) as unused
    from {{ ref('economics.commitment_costs') }}
    where commitment_id is not null and team_id is not null
    group by all
),

buyers as (
    select billing_month, commitment_id, max(commitment_name) as commitment_name, max(struct(fee, unused, team_id)).team_id as team_id
    from payers
    group by all
),

-- hours that other actions save are not counted once more
staying as (
    select
        hours.billing_month, hours.team_id, project_id, hours.billing_currency, sku, max(sku_name) as sku_name,
        sum(less(hours.hours, coalesce(in_proportion(hours.hours, saved.saved, saved.cost), 0))) as hours,
        sum(less(hours.cost, coalesce(in_proportion(hours.cost, saved.saved, saved.cost), 0))) as cost
    from hours
    left join {{ ref('economics.workload_savings') }} as saved
        on saved.billing_month = hours.billing_month and saved.team_id = hours.team_id
        and saved.billing_currency = hours.billing_currency and saved.workload_id = hours.workload_id
    where commitment_id is null and hours.team_id is not null
    group by all
),

compared as (
    select
        staying.*, committed.commitment_id, commitment_name, buyers.team_id as buyer_id,
        in_proportion(committed.cost, staying.hours, committed.hours) as committed_cost
    from staying
    inner join committed
        on committed.billing_month = staying.billing_month and committed.billing_currency = staying.billing_currency
        and committed.sku = staying.sku
    left join buyers on buyers.billing_month = staying.billing_month and buyers.commitment_id = committed.commitment_id
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    'price_of_commitment' as action,
    sku as subject_id,
    coalesce(buyer_id, team_id) as owner_id,
    sku_name as item_id,
    sku_name as item_name,
    commitment_name as compared_with,
    sku_name as part,
    cast(hours as decimal(38,9)) as quantity,
    cast(cost as decimal(38,21)) as whole_cost,
    cast(less(cost, committed_cost) as decimal(38,21)) as saved
from compared
where cost > committed_cost
