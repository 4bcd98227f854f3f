{# The part of a tenant in seconds of an engine, by weights of type decimal(28, 9). The parts of all tenants add up to the seconds
   exactly, because each part is the difference of two rounded sums. #}
{% macro tenant_share(seconds, weight) %}cast(
    {{ share_until(seconds, weight, "current row") }} - {{ share_until(seconds, weight, "1 preceding") }}
    as decimal(38, 9)){% endmacro %}
{% macro share_until(seconds, weight, last) %}cast(in_proportion(
    {{ seconds }},
    coalesce(sum({{ weight }}) over (
        partition by usage_date, hour_start, endpoint_id, model_id order by tenant_id
        rows between unbounded preceding and {{ last }}
    ), 0),
    sum({{ weight }}) over (partition by usage_date, hour_start, endpoint_id, model_id)
) as decimal(30, 9)){% endmacro %}
{# A weight, or that of the requests if no tenant of the hour has the weight. #}
{% macro weight_or_requests(weight) %}cast(if(
    sum({{ weight }}) over (partition by usage_date, hour_start, endpoint_id, model_id) > 0,
    coalesce({{ weight }}, 0),
    requests + coalesce(failed_requests, 0)
) as decimal(28, 9)){% endmacro %}
