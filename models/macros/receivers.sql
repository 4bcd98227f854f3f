{# Repeats each row for each receiver (column receiver) of its team and of its project. `project` is null if the rows have no project. #}
{% macro received(rows, month, receivers, project) %}select
        {{ rows }}.* except (charged_to), named_struct('kind', receivers.receiver_kind, 'id', receivers.receiver_id) as receiver
    from (
        select *, explode(array(
            named_struct('kind', 'team', 'id', team_id){% if project is not null %},
            named_struct('kind', 'project', 'id', {{ project }}){% endif %}
        )) as charged_to
        from {{ rows }}
    ) as {{ rows }}
    inner join {{ receivers }} as receivers
        on receivers.covers = {{ rows }}.charged_to.kind and receivers.covered_id <=> {{ rows }}.charged_to.id
        and coalesce(receivers.only_month, {{ month }}) = {{ month }}
        and array_contains(receivers.except_months, {{ month }}) is not true{% endmacro %}

{# The receivers of the rows of a table, with the name of the table. #}
{% macro receivers_of(name, table) %}select '{{ name }}' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ table }}{% endmacro %}
