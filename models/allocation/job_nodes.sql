{% import "macros/arithmetic.sql" %}with held as (
    select * from {{ ref('telemetry.interval_node_hours') }} where {{ has_intervals() }}
),

listed as (
    select
        nodes.* except (accelerator_model),
        charge_key(machine_key(provider_resource_id), '', '', '', '') as machine,
        coalesce(accelerators, cpu_cores, memory_gib) is not null as is_of_known_size,
        coalesce(valid_from, date'0001-01-01') as first_day,
        coalesce(valid_to, date'9999-12-31') as end_day,
        if(
            nodes.accelerator_model is not null and models.alias is null,
            raise_error(concat(
                'reference/nodes.csv has the accelerator model ', nodes.accelerator_model,
                ', which reference/accelerators.csv does not have. Add it there as an alias'
            )),
            models.accelerator_model
        ) as accelerator_model
    from {{ source('reference.nodes') }} as nodes
    left join {{ source('reference.accelerators') }} as models on nodes.accelerator_model = models.alias
),

-- a node of known size is there all day, on each day on which its cluster has a job
hours as (
    select usage_date, hour_start, scheduler, cluster_id, node_id from held
    union
    select
        usage_date,
        explode(sequence(cast(usage_date as timestamp), cast(usage_date as timestamp) + interval 23 hours, interval 1 hour)),
        scheduler, cluster_id, listed.node
    from (select distinct usage_date, scheduler, cluster_id from held) as days
    inner join listed
        on days.cluster_id = listed.cluster and days.usage_date >= first_day and days.usage_date < end_day
        and is_of_known_size
),

patterns as (
    select array_join(array_sort(collect_list(pattern)), '|') as node_pattern from {{ source('reference.machine_ids') }} where of = 'node'
),

found as (
    select
        hours.*, coalesce(listed.is_of_known_size, false) as is_of_known_size, listed.accelerators, listed.cpu_cores, listed.memory_gib,
        coalesce(listed.accelerator_model, models.accelerator_model) as accelerator_model,
        held.busy_s, held.accelerator_held_s, held.cpu_held_core_s, held.memory_held_byte_s,
        coalesce(listed.machine, if(hours.node_id rlike node_pattern, hours.node_id, names.provider_resource_id)) as machine,
        names.machines,
        count(1) over (partition by hours.hour_start, hours.scheduler, hours.cluster_id, hours.node_id) as times_listed
    from hours
    cross join patterns
    left join held
        on hours.hour_start = held.hour_start and hours.scheduler = held.scheduler
        and hours.cluster_id = held.cluster_id and hours.node_id = held.node_id
    left join listed
        on hours.cluster_id = listed.cluster and hours.node_id = listed.node
        and hours.usage_date >= first_day and hours.usage_date < end_day
    left join {{ ref('allocation.machine_names') }} as names
        on hours.hour_start = names.hour_start and lower(hours.node_id) = names.name
    left join {{ source('reference.accelerators') }} as models on held.accelerator_model = models.alias
),

pods as (
    select hour_start, cluster_id, node_id, provider_resource_id from {{ ref('telemetry.node_hours') }}
),

claimed as (
    select
        found.*,
        case
            when times_listed > 1 then raise_error(concat(
                'reference/nodes.csv has several rows for the node ', found.node_id, ' of the cluster ', found.cluster_id,
                ' on ', usage_date, '. Their periods must not overlap'
            ))
            when machine is null and machines > 1 then 'several machines have its name'
            when nodes.hour_start is not null then 'Kubernetes has a cluster and a node of the same names'
            when machines_of_pods.hour_start is not null then 'its machine is a node of Kubernetes'
            when machine is not null and min(concat(scheduler, ' ', found.cluster_id)) over machine_hour
                <> max(concat(scheduler, ' ', found.cluster_id)) over machine_hour
                then 'several clusters have its machine'
            when min(scheduler) over node_hour <> max(scheduler) over node_hour
                then 'several schedulers have a cluster and a node of the same names'
        end as problem
    from found
    left join pods as nodes
        on found.hour_start = nodes.hour_start and found.cluster_id = nodes.cluster_id and found.node_id = nodes.node_id
    left join (select distinct hour_start, provider_resource_id from pods) as machines_of_pods
        on found.hour_start = machines_of_pods.hour_start and found.machine = machines_of_pods.provider_resource_id
    window
        machine_hour as (partition by found.hour_start, machine),
        node_hour as (partition by found.hour_start, found.cluster_id, found.node_id)
)

select
    usage_date,
    hour_start,
    scheduler,
    cluster_id,
    node_id,
    if(problem is null, machine, null) as provider_resource_id,
    problem,
    accelerator_model,
    is_of_known_size,
    coalesce(busy_s, 0) as busy_s,
    cast(if(is_of_known_size, 3600, busy_s) as decimal(38, 9)) as up_s,
    cast(accelerators * 3600 as decimal(38, 9)) as accelerator_capacity_s,
    cast(cpu_cores * 3600 as decimal(38, 9)) as cpu_capacity_core_s,
    cast({{ multiplied("memory_gib * 3600", "1073741824", 9) }} as decimal(38, 9)) as memory_capacity_byte_s,
    accelerator_held_s,
    cpu_held_core_s,
    memory_held_byte_s
from claimed
