{# The CTEs `machines` and `named`: the accelerators of the machines that `charges` (a CTE above, with sku_meter and instance_type) name.
   A meter may name several machines, such as a machine and its accelerator: the longest name counts. #}
{% macro named_machines(platforms, accelerators) %}machines as (
    select machine, accelerator_model, accelerators from {{ platforms }}
    union all
    select machine, accelerator_model, accelerators from {{ accelerators }}
),

named as (
    select
        meters.sku_meter, meters.instance_type,
        max(struct(length(machine) as length, machines.accelerator_model, cast(machines.accelerators as int) as accelerators)) as of
    from (
        select distinct sku_meter, instance_type, lower(concat_ws(' ', instance_type, sku_meter)) as words from charges
    ) as meters
    inner join machines
        on meters.words rlike concat('(^|[^a-z0-9])', replace(machines.machine, '.', '[.]'), '($|[^a-z0-9])')
    where machines.accelerators > 0
    group by all
){% endmacro %}
