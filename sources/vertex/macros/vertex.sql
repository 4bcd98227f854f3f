{# The number of chips of a topology such as 2x4; null if it is none. #}
{% macro chips(topology) %}aggregate(split({{ topology }}, 'x'), cast(1 as int), (product, side) -> try_multiply(product, try_cast(side as int))){% endmacro %}
{# The machines of a worker pool or of a deployed model, from its machineSpec and the number of its replicas. TPU machines state their
   chips as a topology or in the name of the machine type, e.g. ct5lp-hightpu-4t. A number above 999,999 is a mistake, and unknown. #}
{% macro pool(spec, replicas) %}struct(
    {{ spec }}.machineType as machine_type,
    coalesce({{ spec }}.acceleratorType, if({{ spec }}.machineType rlike '^(ct|tpu)', part_of({{ spec }}.machineType, '-', 1), null)) as accelerator_type,
    coalesce(
        cast(try_cast({{ chips(spec ~ ".tpuTopology") }} as decimal(9, 3)) as decimal(18, 3)),
        cast(try_cast(to_money({{ spec }}.acceleratorCount) as decimal(9, 3)) as decimal(18, 3)),
        cast(try_cast(nullif(regexp_extract({{ spec }}.machineType, '-hightpu-([0-9]+)t$', 1), '') as decimal(9, 3)) as decimal(18, 3)),
        if({{ spec }}.acceleratorType is null and {{ spec }}.machineType rlike '-(standard|highmem|highcpu)-[0-9]+$', 0, null)
    ) as accelerators,
    cast(try_cast(nullif(regexp_extract({{ spec }}.machineType, '-(standard|highmem|highcpu)-([0-9]+)$', 2), '') as decimal(9, 3)) as decimal(18, 3)) as cpu_cores,
    cast(try_cast(to_money({{ replicas }}) as decimal(9, 3)) as decimal(18, 3)) as replicas
){% endmacro %}
{# What all machines of an interval have of something; null if one of them does not state it. #}
{% macro of_pools(what) %}if(size(pools) = 0, null, aggregate(
    pools, cast(0 as decimal(18, 3)), (sum, one) -> cast(sum + one.replicas * one.{{ what }} as decimal(18, 3))
)){% endmacro %}
{# A measured number; null if it is none, or has an exponent of three digits or more, which no decimal holds. #}
{% macro measured(text) %}try_cast(if({{ text }} rlike '(?i)e[+-]?[0-9]{3}', null, {{ text }}) as decimal(38, 18)){% endmacro %}
{% macro machine_spec() %}struct<machineType: string, acceleratorType: string, acceleratorCount: string, tpuTopology: string>{% endmacro %}
