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
{# What a row of use_costs is to runs: run, else why no run has the money. Needs reference.use_kinds as kinds. #}
{% macro part_of_use() %}case
            when run_id is not null then 'run'
            when kinds.is_run then 'job_without_record'
            when costs.use_kind is not null then costs.use_kind
            when link_problem is not null then link_problem
            when workload_id is not null then 'workload_without_run'
            else 'no_workload'
        end{% endmacro %}
{# Sums of economics.spot_marked_costs: what was paid for spot capacity, what it would have cost on demand, and how that is known. #}
{% macro spot_sums() %}sum(if(is_spot, effective_cost, null)) as spot_cost,
        if(count(if(is_spot, 1, null)) = count(if(is_spot, on_demand_cost, null)), sum(if(is_spot, on_demand_cost, null)), null) as on_demand_cost,
        nullif(array_join(array_sort(collect_set(if(is_spot, on_demand_basis, null))), ', '), '') as basis{% endmacro %}
{# The values of the column basis, each once, in one text; null if there are none. #}
{% macro all_bases() %}nullif(array_join(array_sort(array_distinct(split(array_join(array_sort(collect_set(basis)), ', '), ', '))), ', '), ''){% endmacro %}
