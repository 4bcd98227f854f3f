{# The key by which the resource of a charge meets the resource of a record: Azure writes its ids in any letter case, and bills of
   Google begin them with the name of the service. #}
{% macro resource_key(id) %}regexp_replace(if({{ id }} like '/subscriptions/%', lower({{ id }}), {{ id }}), '^//[a-z]+[.]googleapis[.]com/', ''){% endmacro %}
{# The unit of a charge: that of its price, else that of what was consumed. #}
{% macro unit_of_charge() %}coalesce(PricingUnit, ConsumedUnit){% endmacro %}
{# Whether an expression that is empty for all is found in a text. #}
{% macro holds(pattern, text) %}({{ pattern }} is null or {{ text }} rlike {{ pattern }}){% endmacro %}
{# Hours of workloads; those of a job have the machine that the relation `nodes` has for its node. #}
{% macro with_machines(hours) %}
        select hours.* except (provider_resource_id), coalesce(hours.provider_resource_id, nodes.provider_resource_id) as provider_resource_id
        from {{ hours }} as hours
        left join nodes
            on hours.hour_start = nodes.hour_start and hours.scheduler = nodes.scheduler
            and hours.cluster_id = nodes.cluster_id and hours.node_id = nodes.node_id
    {% endmacro %}
{# A use of money as a struct; without arguments, none. #}
{% macro use(kind="null", run="null", attempt="null", endpoint="null", model="null", linked_by="null", problem="null") %}named_struct(
            'use_kind', cast({{ kind }} as string), 'run_id', cast({{ run }} as string), 'attempt', cast({{ attempt }} as int),
            'endpoint_id', cast({{ endpoint }} as string), 'model_id', cast({{ model }} as string),
            'linked_by', cast({{ linked_by }} as string), 'link_problem', cast({{ problem }} as string)
        ){% endmacro %}
{# One use, in the shape of the column shares. #}
{% macro only(use) %}array(struct({{ use }} as used_by, cast(1 as decimal(38, 18)) as weight)){% endmacro %}
{# The sum of the weights of an array of shares. #}
{% macro total_weight(shares) %}aggregate(
            {{ shares }}, cast(0 as decimal(38, 18)), (total, one) -> cast(total + one.weight as decimal(38, 18))
        ){% endmacro %}
