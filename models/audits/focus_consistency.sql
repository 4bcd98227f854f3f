with services as (
    select distinct ServiceProviderName, ServiceName, ServiceCategory, ServiceSubcategory
    from {{ ref('focus.cost_and_usage') }}
),

skus as (
    select distinct ServiceProviderName, SkuPriceId, SkuId
    from {{ ref('focus.cost_and_usage') }}
    where SkuPriceId is not null
),

commitments as (
    select distinct CommitmentDiscountId, CommitmentDiscountUnit
    from {{ ref('focus.cost_and_usage') }}
    where CommitmentDiscountId is not null
),

subcategories as (
    select * from {{ source('reference.focus_service_subcategories') }}
)

select
    'CAU-ServiceName-T-005' as rule_id,
    ServiceProviderName || ': ' || ServiceName as subject,
    concat_ws(', ', array_sort(collect_set(ServiceCategory))) as found
from services
group by ServiceProviderName, ServiceName
having count(distinct ServiceCategory) > 1
union all
select distinct
    'CAU-ServiceSubcategory-T-004' as rule_id,
    services.ServiceSubcategory as subject,
    services.ServiceCategory as found
from services
left join subcategories
    on services.ServiceSubcategory = subcategories.service_subcategory
where not (services.ServiceCategory <=> subcategories.service_category)
union all
select
    'CAU-SkuPriceId-T-008' as rule_id,
    ServiceProviderName || ': ' || SkuPriceId as subject,
    concat_ws(', ', array_sort(collect_set(SkuId))) as found
from skus
group by ServiceProviderName, SkuPriceId
having count(distinct SkuId) > 1
union all
select
    'CAU-CommitmentDiscountUnit-T-008' as rule_id,
    CommitmentDiscountId as subject,
    concat_ws(', ', array_sort(collect_set(CommitmentDiscountUnit))) as found
from commitments
group by all
having count(distinct CommitmentDiscountUnit) > 1
