-- Each distinct text is parsed once, even if many charges have it. Then only invalid texts are joined to their charges.
with charges as (
    select * from {{ ref('focus.cost_and_usage') }}
),

texts as (
    select distinct AllocatedTags, ContractApplied, SkuPriceDetails, Tags from charges
),

broken as (
    select
        *,
        explode(compact(array(
            if(AllocatedTags is not null and json_object_keys(AllocatedTags) is null, 'CAU-AllocatedTags-T-003', null),
            if(ContractApplied is not null and json_object_keys(ContractApplied) is null,
                'CAU-ContractApplied-T-003', null),
            if(SkuPriceDetails is not null and json_object_keys(SkuPriceDetails) is null,
                'CAU-SkuPriceDetails-T-003', null),
            if(Tags is not null and json_object_keys(Tags) is null, 'CAU-Tags-T-003', null)
        ))) as rule_id
    from texts
)

select
    broken.rule_id,
    charges.x_SourceId,
    count(*) as charges,
    min(charges.x_ChargeId) as example_charge_id
from broken
inner join charges
    on broken.AllocatedTags <=> charges.AllocatedTags
    and broken.ContractApplied <=> charges.ContractApplied
    and broken.SkuPriceDetails <=> charges.SkuPriceDetails
    and broken.Tags <=> charges.Tags
group by all
