with charges as (
    select * from {{ ref('focus.cost_and_usage') }}
),

subcategories as (
    select * from {{ source('reference.focus_service_subcategories') }}
)

select
    'CAU-ServiceName-T-005' as rule_id,
    ServiceProviderName || ': ' || ServiceName as subject,
    concat_ws(', ', array_sort(collect_set(ServiceCategory))) as found
from charges
group by ServiceProviderName, ServiceName
having count(distinct ServiceCategory) > 1
union all
select
    'CAU-ServiceSubcategory-T-004' as rule_id,
    charges.ServiceSubcategory as subject,
    charges.ServiceCategory as found
from charges
left join subcategories
    on charges.ServiceSubcategory = subcategories.service_subcategory
where not (charges.ServiceCategory <=> subcategories.service_category)
group by charges.ServiceSubcategory, charges.ServiceCategory
union all
select
    'CAU-SkuPriceId-T-008' as rule_id,
    ServiceProviderName || ': ' || SkuPriceId as subject,
    concat_ws(', ', array_sort(collect_set(SkuId))) as found
from charges
where SkuPriceId is not null
group by ServiceProviderName, SkuPriceId
having count(distinct SkuId) > 1
union all
select
    'CAU-CommitmentDiscountUnit-T-008' as rule_id,
    CommitmentDiscountId as subject,
    concat_ws(', ', array_sort(collect_set(CommitmentDiscountUnit))) as found
from charges
where CommitmentDiscountId is not null
group by CommitmentDiscountId
having count(distinct CommitmentDiscountUnit) > 1
