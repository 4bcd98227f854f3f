-- stand-in of the contract
select
    cast(null as date) as usage_date,
    cast(null as timestamp) as hour_start,
    cast(null as string) as run_id,
    cast(null as int) as attempt,
    cast(null as string) as scheduler,
    cast(null as string) as cluster_id,
    cast(null as string) as workload_id,
    cast(null as string) as node_id,
    cast(null as string) as provider_resource_id,
    cast(null as decimal(38,9)) as held_s,
    cast(null as decimal(38,9)) as accelerator_s,
    cast(null as int) as claims,
    cast(null as string) as linked_by
where false
