{# A time of an answer: ISO 8601, or seconds since 1970 as older clients print them, also 1.5E9; null if it is neither. #}
{% macro instant(text) %}if(
    {{ text }} rlike '^[0-9]+([.][0-9]*)?(E[0-9]{1,2})?$',
    timestamp_micros(cast(try_cast({{ text }} as decimal(20, 6)) * 1000000bd as bigint)),
    try_to_timestamp({{ text }})
){% endmacro %}
{# What all instances of an interval have of something; null if the type of one of them is unknown. #}
{% macro held(what) %}if(size(groups) = 0, null, aggregate(
    groups, cast(0 as decimal(18, 3)), (sum, one) -> cast(sum + one.instances * cast(one.type.{{ what }} as decimal(18, 3)) as decimal(18, 3))
)){% endmacro %}
{# A number of instances; null if it is none, or above 999,999, which is a mistake. #}
{% macro instances(text) %}cast(try_cast(to_money({{ text }}) as decimal(9, 3)) as decimal(18, 3)){% endmacro %}
{% macro variants() %}array<struct<VariantName: string, InstanceType: string, CurrentInstanceCount: string>>{% endmacro %}
