{# The node key of a charge; null if the condition does not hold or the resource id is ambiguous. #}
{% macro node_key(condition) %}if({{ condition }}, charge_key(
            ResourceId, coalesce(ResourceName, ''), coalesce(HostProviderName, ServiceProviderName, ''),
            coalesce(SubAccountId, ''), coalesce(AvailabilityZone, '')
        ), null){% endmacro %}
{# Whether a charge lasts at most one hour. #}
{% macro is_of_hour() %}coalesce(ChargePeriodEnd - ChargePeriodStart <= interval 1 hour, false){% endmacro %}
{# Columns with the period that a charge is for: the hour if it lasts at most one hour, else the day. #}
{% macro charge_period() %}{{ is_of_hour() }} as of_hour,
        if(
            {{ is_of_hour() }},
            date_trunc('hour', ChargePeriodStart), cast(x_AllocationDate as timestamp)
        ) as period_start{% endmacro %}
{# Columns with the node of a charge and the period whose weights split it. #}
{% macro node_period() %}{{ node_key("true") }} as node_key,
        {{ charge_period() }}{% endmacro %}
{# The condition that joins charges, with the columns of node_period, to allocation.node_shares. #}
{% macro of_node(charges, nodes) %}{{ charges }}.node_key = {{ nodes }}.provider_resource_id
        and {{ charges }}.of_hour = {{ nodes }}.of_hour and {{ charges }}.period_start = {{ nodes }}.period_start{% endmacro %}
