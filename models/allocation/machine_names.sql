{% import "macros/charge_days.sql" %}{% import "macros/node_key.sql" %}with jobs as (
    select distinct usage_date, cluster_id, node_id
    from {{ ref('telemetry.workload_hours') }}
    where {{ has_intervals() }} and scheduler <> 'kubernetes' and node_id is not null
),

nodes as (
    select usage_date, lower(node_id) as name from jobs
    union
    select usage_date, lower(listed.node)
    from jobs
    inner join {{ source('reference.nodes') }} as listed on jobs.cluster_id = listed.cluster
),

charges as (
    select
        *,
        {{ node_key("ChargeCategory not in ('Credit', 'Tax')") }} as machine,
        {{ first_day() }} as first_day,
        {{ last_day() }} as last_day,
        from_json(Tags, 'map<string,string>') as tag_map
    from {{ ref('focus.cost_and_usage') }}
    where {{ has_intervals() }} and ServiceCategory = 'Compute'
),

patterns as (
    select array_join(array_sort(collect_list(pattern)), '|') as machine_pattern from {{ source('reference.machine_ids') }} where of = 'charge'
),

-- disks and addresses often have the name of their machine; the ids of machines of the large clouds show their kind
named as (
    select distinct
        machine,
        machine rlike machine_pattern as is_machine,
        {{ spread_days() }} as days,
        if({{ is_of_hour() }}, date_trunc('hour', ChargePeriodStart), null) as hour_start,
        array(
            lower(ResourceId), lower(ResourceName), lower(substring_index(machine, '/', -1)),
            lower(first_present(tag_map, coalesce(try_element_at(tag_keys, 'node'), array('Name', 'user:Name'))))
        ) as names
    from charges
    cross join {{ ref('allocation.rule_book') }}
    cross join patterns
    where machine is not null
),

days as (
    select machine, is_machine, names, hour_start, explode(days) as usage_date from named
),

names as (
    select distinct machine, is_machine, hour_start, usage_date, name
    from days
    lateral view explode(names) as name
),

hours as (
    select
        names.machine, names.is_machine, names.usage_date, names.name,
        explode(if(
            hour_start is null,
            sequence(
                cast(names.usage_date as timestamp), cast(names.usage_date as timestamp) + interval 23 hours, interval 1 hour
            ),
            array(hour_start)
        )) as hour_start
    from names
    left semi join nodes on names.usage_date = nodes.usage_date and names.name = nodes.name
),

machines as (
    select
        usage_date, hour_start, name,
        array_sort(collect_set(machine)) as every,
        array_sort(collect_set(if(is_machine, machine, null))) as of_clouds
    from hours
    group by all
),

counted as (
    select *, if(size(of_clouds) > 0, of_clouds, every) as found from machines
)

select
    usage_date,
    hour_start,
    name,
    if(size(found) = 1, found[0], null) as provider_resource_id,
    size(found) as machines
from counted
