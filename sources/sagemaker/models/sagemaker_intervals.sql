{% import "sources/sagemaker/macros/sagemaker.sql" %}with configs as (
    select source_id, cluster_id, endpoint_config_name, explode(variants) as variant
    from {{ ref('telemetry.sagemaker_records') }}
    where record_kind = 'endpoint config'
),

variant_types as (
    select source_id, cluster_id, endpoint_config_name, variant.VariantName as variant_name, max(variant.InstanceType) as instance_type
    from configs
    group by all
),

-- an endpoint keeps its number of instances from its last change, or from when it was described before, until it was described or changed again
described as (
    select
        *,
        lag(observed_at) over described_before as observed_before,
        lead(modified_at) over described_before as modified_next
    from {{ ref('telemetry.sagemaker_records') }}
    where record_kind = 'endpoint'
    window described_before as (partition by source_id, delivered_for, arn order by observed_at, source_file, source_row)
),

serving as (
    select *, explode(variants) as variant
    from described
    where delivered_status in ('InService', 'Updating', 'SystemUpdating', 'RollingBack')
),

held as (
    select
        source_id, delivered_for, cluster_id, arn as workload_id, arn as run_id, 1 as attempt,
        concat(record_kind, ' job') as workload_kind, started_at, ended_at, outcome, instance_groups, labels
    from {{ ref('telemetry.sagemaker_records') }}
    where record_kind in ('training', 'processing') and started_at is not null
    union all
    select
        serving.source_id, delivered_for, serving.cluster_id, concat(arn, '/', variant.VariantName), null, null,
        'endpoint',
        greatest(coalesce(modified_at, created_at), observed_before, cast(delivered_for as timestamp)),
        least(greatest(observed_at, modified_next), cast(add_months(delivered_for, 1) as timestamp)),
        outcome,
        array(struct(instance_type, {{ instances("variant.CurrentInstanceCount") }} as instances)),
        map_concat(
            map_filter(labels, (name, value) -> name not in ('endpoint', 'variant', 'resource_id', 'instance_type', 'instances')),
            map_filter(
                map(
                    'endpoint', record_name, 'variant', variant.VariantName, 'resource_id', arn,
                    'instance_type', instance_type, 'instances', variant.CurrentInstanceCount
                ),
                (name, value) -> value is not null
            )
        )
    from serving
    left join variant_types
        on serving.source_id = variant_types.source_id and serving.cluster_id = variant_types.cluster_id
        and serving.endpoint_config_name = variant_types.endpoint_config_name
        and variant.VariantName = variant_types.variant_name
    where {{ instances("variant.CurrentInstanceCount") }} > 0
),

known as (
    select map_from_entries(array_sort(collect_list(struct(instance_type, struct(accelerator_model, accelerators, cpu_cores, memory_mib))))) as types
    from {{ source('reference.platform_machines') }}
),

sized as (
    select
        held.*,
        transform(instance_groups, one -> struct(one.instances, try_element_at(types, one.instance_type) as type)) as groups
    from held
    cross join known
)

-- of an unknown type of instance, nothing is known
select
    source_id,
    delivered_for,
    'sagemaker' as scheduler,
    cluster_id,
    workload_id,
    run_id,
    attempt,
    workload_kind,
    part_of(cluster_id, '/', 1) as namespace,
    started_at,
    ended_at,
    outcome,
    cast(null as string) as node_list,
    if(size(array_distinct(groups.type.accelerator_model)) = 1, groups[0].type.accelerator_model, null) as accelerator_model,
    {{ held("accelerators") }} as accelerators,
    {{ held("cpu_cores") }} as cpu_cores,
    cast({{ held("memory_mib") }} * 1048576 as decimal(24, 0)) as memory_bytes,
    labels
from sized
where workload_id is not null and started_at is not null
    -- of an endpoint that changed after the month, nothing is known in the month
    and (workload_kind <> 'endpoint' or ended_at is null or started_at < ended_at)
