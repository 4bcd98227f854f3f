{# Repeats each row for each receiver (column receiver): its team, also if the configuration does not have it (any more); the receivers of
   its team and of its project; and the company, also if the row has no team. `project` is null if the rows have no project. #}
{% macro received(rows, month, receivers, project) %}select
        {{ rows }}.* except (charged_to),
        named_struct(
            'kind', coalesce(receivers.receiver_kind, {{ rows }}.charged_to.kind),
            'id', coalesce(receivers.receiver_id, {{ rows }}.charged_to.id)
        ) as receiver
    from (
        select *, explode(array(
            named_struct('kind', 'all', 'id', cast(null as string)),
            named_struct('kind', 'team', 'id', team_id){% if project is not null %},
            named_struct('kind', 'project', 'id', {{ project }}){% endif %}
        )) as charged_to
        from {{ rows }}
    ) as {{ rows }}
    left join {{ receivers }} as receivers
        on receivers.covers = {{ rows }}.charged_to.kind and receivers.covered_id <=> {{ rows }}.charged_to.id
        and (receivers.only_month is null or receivers.only_month = {{ month }})
        and array_contains(receivers.except_months, {{ month }}) is not true
    where
        receivers.receiver_id is not null
        or ({{ rows }}.charged_to.kind = 'team' and {{ rows }}.charged_to.id is not null){% endmacro %}

{# The receivers of the rows of a table, with the name of the table. #}
{% macro receivers_of(name, table) %}select '{{ name }}' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ table }}{% endmacro %}
