{# The node that a charge is for, where a condition holds; null where its id leaves open which one it is. #}
{% macro node_key(condition) %}if({{ condition }}, charge_key(
            ResourceId, coalesce(ResourceName, ''), coalesce(HostProviderName, ServiceProviderName, ''),
            coalesce(SubAccountId, ''), coalesce(AvailabilityZone, '')
        ), null){% endmacro %}
{# Node and period that a charge of a day is split by, as columns: its hour where it is for no more than one, its day otherwise. #}
{% macro node_period() %}{{ node_key("x_CostKind = 'direct'") }} as node_key,
        ChargePeriodEnd - ChargePeriodStart <= interval 1 hour as of_hour,
        if(
            ChargePeriodEnd - ChargePeriodStart <= interval 1 hour,
            date_trunc('hour', ChargePeriodStart), cast(x_AllocationDate as timestamp)
        ) as period_start{% endmacro %}
{# Whether charges with these columns are split by a row of allocation.node_shares. #}
{% macro of_node(charges, nodes) %}{{ charges }}.node_key = {{ nodes }}.provider_resource_id
        and {{ charges }}.of_hour = {{ nodes }}.of_hour and {{ charges }}.period_start = {{ nodes }}.period_start{% endmacro %}
