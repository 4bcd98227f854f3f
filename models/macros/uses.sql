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
{# The time between two instants in seconds; 0 if the second is not after the first; null if one is unknown. #}
{% macro seconds_between(started, ended) %}case
                when {{ ended }} > {{ started }} then cast(
                    cast(unix_micros({{ ended }}) - unix_micros({{ started }}) as decimal(20, 0)) * 0.000001bd as decimal(38, 9))
                when {{ ended }} <= {{ started }} then cast(0 as decimal(38, 9))
            end{% endmacro %}
{# The last day of an attempt, or some days later; 400 days after its start if it has no end or a later one (least() skips null). #}
{% macro last_day(started, ended, later=0) %}date_add(to_date(least({{ ended }}, {{ started }} + interval 400 days)), {{ later }}){% endmacro %}
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
{# The parts of the cost of a relation with service_category and cost_kind; together they are the whole. Storage and network are null
   if no such charge is joined. #}
{% macro cost_parts() %}sum(if({{ is_compute() }}, effective_cost, 0)) as compute_cost,
        sum(if(cost_kind = 'direct' and {{ is_of("Storage") }}, effective_cost, null)) as storage_cost,
        sum(if(cost_kind = 'direct' and {{ is_of("Networking") }}, effective_cost, null)) as network_cost,
        sum(if(cost_kind = 'idle', effective_cost, 0)) as idle_cost,
        sum(if(cost_kind = 'shared', effective_cost, 0)) as shared_cost,
        sum(if(cost_kind in ('credit', 'tax'), effective_cost, 0)) as credit_and_tax{% endmacro %}
{% macro is_of(category) %}coalesce(service_category, '') = '{{ category }}'{% endmacro %}
{# Whether a cost is direct and neither storage nor network. #}
{% macro is_compute() %}(cost_kind = 'direct' and not {{ is_of("Storage") }} and not {{ is_of("Networking") }}){% endmacro %}
{# The sum of an array of times, each with from and until, in seconds. #}
{% macro total_seconds(times) %}aggregate(
            {{ times }}, cast(0 as decimal(38, 9)),
            (total, time) -> cast(total + {{ seconds_between("time.from", "time.until") }} as decimal(38, 9))
        ){% endmacro %}
{# What a row of use_costs is to runs: run, else why no run has the money. Needs reference.use_kinds as kinds. #}
{% macro part_of_use() %}case
            when run_id is not null then 'run'
            when kinds.is_run then 'job_without_record'
            when costs.use_kind is not null then costs.use_kind
            when link_problem is not null then link_problem
            when workload_id is not null then 'workload_without_run'
            else 'no_workload'
        end{% endmacro %}
{# The cost of the work of an attempt that was lost, from its cost and its times. #}
{% macro repeated_cost(cost) %}if(lost_s = 0 and {{ cost }} is not null, cast(0 as decimal(38, 21)), in_proportion({{ cost }}, lost_s, worked_s)){% endmacro %}
{# Sums of economics.spot_uses: what was paid for spot capacity, what it would have cost on demand, and how that is known. #}
{% macro spot_sums() %}sum(if(is_spot, effective_cost, null)) as spot_cost,
        if(count(if(is_spot, 1, null)) = count(if(is_spot, on_demand_cost, null)), sum(if(is_spot, on_demand_cost, null)), null) as on_demand_cost,
        nullif(array_join(array_sort(collect_set(if(is_spot, on_demand_basis, null))), ', '), '') as basis{% endmacro %}
{# The values of the column basis, each once, in one text; null if there are none. #}
{% macro all_bases() %}nullif(array_join(array_sort(array_distinct(split(array_join(array_sort(collect_set(basis)), ', '), ', '))), ', '), ''){% endmacro %}
{# The stage in the life of a model that the money of a use paid for. Needs the relations of joined_stages(). #}
{% macro life_stage() %}coalesce(kinds.stage, services.stage, 'other'){% endmacro %}
{# Joins the lists of stages, by the kind of use, or by the category of the service if nothing used it, to the relation costs. #}
{% macro joined_stages(kinds, services) %}left join {{ kinds }} as kinds on costs.use_kind = kinds.use_kind
left join {{ services }} as services on costs.use_kind is null and costs.service_category = services.service_category{% endmacro %}
