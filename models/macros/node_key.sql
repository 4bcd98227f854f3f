{# The node that a charge is for, where a condition holds; null where its id leaves open which one it is. #}
{% macro node_key(condition) %}if({{ condition }}, charge_key(
            ResourceId, coalesce(ResourceName, ''), coalesce(HostProviderName, ServiceProviderName, ''),
            coalesce(SubAccountId, ''), coalesce(AvailabilityZone, '')
        ), null){% endmacro %}
