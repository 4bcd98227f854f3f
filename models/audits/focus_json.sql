-- Texts that many charges share are parsed once.
with texts as (
    select
        x_SourceId,
        AllocatedTags,
        ContractApplied,
        SkuPriceDetails,
        Tags,
        count(*) as charges,
        min(x_ChargeId) as example_charge_id
    from {{ ref('focus.cost_and_usage') }}
    group by all
),

broken as (
    select
        x_SourceId,
        charges,
        example_charge_id,
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
    rule_id,
    x_SourceId,
    sum(charges) as charges,
    min(example_charge_id) as example_charge_id
from broken
group by rule_id, x_SourceId
