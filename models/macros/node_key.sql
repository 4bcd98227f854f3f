{# The node of a charge, if a condition holds; null if the resource id is ambiguous. #}
{% macro node_key(condition) %}if({{ condition }}, charge_key(
            ResourceId, coalesce(ResourceName, ''), coalesce(HostProviderName, ServiceProviderName, ''),
            coalesce(SubAccountId, ''), coalesce(AvailabilityZone, '')
        ), null){% endmacro %}
{# Node and period by which a charge of a day is split: the hour if the charge is within one, otherwise the day. #}
{% macro node_period() %}{{ node_key("x_CostKind = 'direct'") }} as node_key,
        ChargePeriodEnd - ChargePeriodStart <= interval 1 hour as of_hour,
        if(
            ChargePeriodEnd - ChargePeriodStart <= interval 1 hour,
            date_trunc('hour', ChargePeriodStart), cast(x_AllocationDate as timestamp)
        ) as period_start{% endmacro %}
{# Whether a row of allocation.node_shares splits charges with these columns. #}
{% macro of_node(charges, nodes) %}{{ charges }}.node_key = {{ nodes }}.provider_resource_id
        and {{ charges }}.of_hour = {{ nodes }}.of_hour and {{ charges }}.period_start = {{ nodes }}.period_start{% endmacro %}
