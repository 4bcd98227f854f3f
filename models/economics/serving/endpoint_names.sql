{% import "macros/meters.sql" %}{% import "macros/sku_names.sql" %}with uses as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, endpoint_id, resource_id, project_id, model_id
    from {{ ref('economics.use_costs') }}
    where use_kind = 'inference' and endpoint_id is not null
    group by all
),

known as (
    select
        usage_month, endpoint_id, if(min(project_id) = max(project_id), max(project_id), null) as project_id,
        if(min(model_id) = max(model_id), max(model_id), null) as model_id
    from uses
    group by all
),

resources as (
    select distinct usage_month, endpoint_id, resource_id from uses where resource_id is not null
),

{{ listed_models(source('reference.token_prices')) }},

charges as (
    select
        to_date(date_trunc('month', x_AllocationDate)) as usage_month, ResourceId as resource_id, EffectiveCost as size,
        if(contains(lower(ResourceId), lower(ResourceName)), null, ResourceName) as resource_name,
        coalesce(
            get_json_object(SkuPriceDetails, '$.InstanceType'), {{ listed_model("SkuMeter") }}.model, {{ sku_words() }}
        ) as words
    from {{ ref('allocation.allocated_charges') }}
    cross join listed_models
    where ChargeCategory = 'Usage'
),

billed as (
    select
        usage_month, endpoint_id, if(min(resource_name) = max(resource_name), max(resource_name), null) as resource_name,
        max(if(words is null, null, struct(size, words))).words as words
    from resources
    inner join charges using (usage_month, resource_id)
    group by all
),

-- an id such as a8dd51c4dee8 says nothing, and of asr-5a04692a647c67 only the beginning does
described as (
    select
        usage_month, endpoint_id, resource_name, coalesce(model_id, words) as words, endpoint_id rlike '{{ code_at_end() }}' as is_code,
        coalesce(nullif(regexp_replace(endpoint_id, '{{ code_at_end() }}', ''), ''), project_id) as topic
    from known
    left join billed using (usage_month, endpoint_id)
),

named as (
    select
        usage_month, endpoint_id,
        case
            when resource_name is not null then resource_name
            when is_code then coalesce(if(startswith(words, topic), words, concat(topic, ' (', words, ')')), topic, words)
        end as name
    from described
)

select
    usage_month,
    endpoint_id,
    if(count(*) over (partition by usage_month, name) = 1, name, concat(name, ' ', right(endpoint_id, 6))) as endpoint_name
from named
where name is not null
