with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
    where CommitmentDiscountId is not null and x_TeamId is not null and BillingCurrency is not null
),

-- of a charge for more than a day, nobody knows on which days a commitment was unused
days as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, BillingCurrency as billing_currency, CommitmentDiscountId as commitment_id,
        max(CommitmentDiscountCategory) as category, x_AllocationDate as day, sum(EffectiveCost) as cost, sum(x_PricingQuantity) as hours
    from charges
    where CommitmentDiscountStatus = 'Unused' and ChargePeriodEnd <= ChargePeriodStart + interval 1 day
    group by all
),

months as (
    select
        x_BillingMonth as billing_month, BillingCurrency as billing_currency, CommitmentDiscountId as commitment_id,
        count(distinct x_AllocationDate) as days, sum(EffectiveCost) as whole_cost
    from charges
    group by all
),

-- a plan for spending can be smaller by any amount, a reservation by machines that nobody used for the 24 hours of any day
smallest as (
    select
        billing_month, team_id, billing_currency, commitment_id, max(category) as category, count(*) as days, min(cost) as cost,
        min(hours) as hours
    from days
    where cost > 0
    group by all
),

names as (
    select billing_month, commitment_id, max(commitment_name) as commitment_name
    from {{ ref('economics.commitment_costs') }}
    where commitment_id is not null
    group by all
)

select
    smallest.billing_month,
    smallest.team_id,
    cast(null as string) as project_id,
    smallest.billing_currency,
    'unused_commitment' as action,
    smallest.commitment_id as subject_id,
    smallest.team_id as owner_id,
    smallest.commitment_id as item_id,
    names.commitment_name as item_name,
    cast(null as string) as compared_with,
    smallest.team_id as part,
    cast(smallest.days as decimal(38,9)) as quantity,
    cast(months.whole_cost as decimal(38,21)) as whole_cost,
    product(
        if(category = 'Spend', smallest.cost, in_proportion(smallest.cost, less(smallest.hours, smallest.hours % 24), smallest.hours)),
        smallest.days, 21
    ) as saved
from smallest
inner join months
    on months.billing_month = smallest.billing_month and months.billing_currency = smallest.billing_currency
    and months.commitment_id = smallest.commitment_id and months.days = smallest.days
left join names on names.billing_month = smallest.billing_month and names.commitment_id = smallest.commitment_id
where category = 'Spend' or smallest.hours >= 24
