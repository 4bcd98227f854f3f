with charges as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, BillingCurrency as billing_currency, ServiceProviderName as provider,
        ServiceName as service, CommitmentDiscountId as commitment_id,
        CommitmentDiscountName as name, CommitmentDiscountType as type, CommitmentDiscountCategory as category,
        part,
        ChargeDescription as description, RegionId as region,
        coalesce(get_json_object(SkuPriceDetails, '$.InstanceType'), SkuMeter) as sku,
        BilledCost, ContractedCost, EffectiveCost, ListCost
    from {{ ref('economics.commitment_charges') }}
),

sums as (
    select
        * except (BilledCost, ContractedCost, EffectiveCost, ListCost),
        part in ('fee', 'unused') as is_own,
        sum(BilledCost) as billed_cost, sum(ContractedCost) as contracted_cost, sum(EffectiveCost) as effective_cost,
        sum(ListCost) as list_cost
    from charges
    group by all
),

-- what a commitment is for is said by its fee, or else by the usage that it covers
described as (
    select
        *,
        max(name) over commitment as known_name,
        max(type) over commitment as known_type,
        max(category) over commitment as known_category,
        max(if(is_own, struct(list_cost, description), null)) over commitment as fee,
        max(if(sku is null, null, struct(is_own, list_cost, sku, region))) over commitment as covers
    from sums
    window commitment as (partition by billing_month, commitment_id)
)

select
    billing_month,
    team_id,
    billing_currency,
    provider,
    service,
    commitment_id,
    if(commitment_id is null, null, if(
        known_category = 'Spend' and fee.description is not null,
        concat_ws(', ', fee.description, known_name),
        concat_ws(', ', concat_ws(' ', known_type, known_name), if(known_category = 'Spend', null, concat_ws(', ', covers.sku, covers.region)))
    )) as commitment_name,
    part,
    cast(sum(billed_cost) as decimal(38,21)) as billed_cost,
    cast(sum(contracted_cost) as decimal(38,21)) as contracted_cost,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost,
    cast(sum(list_cost) as decimal(38,21)) as list_cost
from described
group by all
