with charges as (
    select
        *,
        case
            when CommitmentDiscountId is null then 'not_covered'
            when CommitmentDiscountStatus = 'Used' then 'used'
            when CommitmentDiscountStatus = 'Unused' then 'unused'
            else 'fee'
        end as part
    from {{ ref('allocation.allocated_charges') }}
    where CommitmentDiscountId is not null or (ChargeCategory = 'Usage' and PricingCategory = 'Standard')
),

covered as (
    select distinct x_BillingMonth, ServiceProviderName, ServiceName, PricingUnit, ResourceType
    from charges
    where part = 'used'
)

select charges.*
from charges
left join covered
    on charges.x_BillingMonth = covered.x_BillingMonth and charges.ServiceProviderName <=> covered.ServiceProviderName
    and charges.ServiceName <=> covered.ServiceName and charges.PricingUnit <=> covered.PricingUnit
    and charges.ResourceType <=> covered.ResourceType
where charges.CommitmentDiscountId is not null or covered.x_BillingMonth is not null
