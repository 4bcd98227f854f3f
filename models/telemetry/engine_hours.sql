{% import "macros/arithmetic.sql" %}with labelled as (
    -- a pod that holds accelerators of two models has a row for each
    select usage_date, hour_start, cluster_id, workload_id, max(endpoint_id) as endpoint_id
    from {{ ref('telemetry.workload_hours') }}
    where endpoint_id is not null
    group by all
),

models as (
    select alias, value as model_id from {{ source('conf.tag_values') }} where canonical_key = 'model'
),

-- what the labels of the pod name is also what its cost is for
pods as (
    select
        serving.* except (endpoint_id, model_id),
        coalesce(labelled.endpoint_id, serving.endpoint_id) as endpoint_id,
        coalesce(models.model_id, serving.model_id) as model_id
    from {{ source('bronze.serving_hours') }} as serving
    left join labelled
        on
            serving.usage_date = labelled.usage_date
            and serving.hour_start = labelled.hour_start
            and serving.cluster_id = labelled.cluster_id
            and concat(serving.namespace, '/', serving.pod) = labelled.workload_id
    left join models on serving.model_id = models.alias
)

-- counters of failures exist only once a request failed
select
    usage_date,
    hour_start,
    endpoint_id,
    model_id,
    if(count(distinct model_version) = 1, max(model_version), null) as model_version,
    cast({{ known_sum("requests") }} as decimal(38, 9)) as requests,
    cast(sum(failed_requests) as decimal(38, 9)) as failed_requests,
    cast({{ known_sum("input_tokens") }} as decimal(38, 9)) as input_tokens,
    cast({{ known_sum("cached_input_tokens") }} as decimal(38, 9)) as cached_input_tokens,
    cast({{ known_sum("output_tokens") }} as decimal(38, 9)) as output_tokens,
    cast({{ known_sum("prefill_s") }} as decimal(38, 9)) as prefill_s,
    cast({{ known_sum("decode_s") }} as decimal(38, 9)) as decode_s,
    cast({{ known_sum("queue_s") }} as decimal(38, 9)) as queue_s,
    cast({{ known_sum("latency_s") }} as decimal(38, 9)) as latency_s
from pods
group by all
