{# The part of a claim that is within the time for which a workload held its node in the hour. #}
{% macro clipped(claims) %}transform(
            filter({{ claims }}, c -> c.started_at < held_until and c.ended_at > held_from),
            c -> struct(
                c.run_id as run_id, c.attempt as attempt, greatest(c.started_at, held_from) as started_at,
                least(c.ended_at, held_until) as ended_at, c.linked_by as linked_by
            )
        ){% endmacro %}
{# One claim for all the time of the workload in the hour. #}
{% macro claim(run, attempt, linked_by) %}struct(
            {{ run }} as run_id, {{ attempt }} as attempt, held_from as started_at, held_until as ended_at,
            {{ linked_by }} as linked_by
        ){% endmacro %}
{# The time between two instants in seconds. #}
{% macro seconds(started, ended) %}cast(
        cast(unix_micros({{ ended }}) - unix_micros({{ started }}) as decimal(16, 0)) * 0.000001bd as decimal(16, 6)){% endmacro %}
{# The value of the first source that has one, in the order of the column `source_rank`. #}
{% macro first_known(column) %}min(if({{ column }} is null, null, struct(source_rank, {{ column }} as value))).value{% endmacro %}
{# How a run ended, by the first word of what its source says. #}
{% macro status_word(outcome) %}lower(part_of(trim({{ outcome }}), ' ', 1)){% endmacro %}
{# A value of a metric, turned so that the higher one is better. #}
{% macro turned(value, better) %}if({{ better }} = 'lower', -{{ value }}, {{ value }}){% endmacro %}
{# The points of a metric by which a turned value is above another one. #}
{% macro points_above(value, other, point) %}quotient(less({{ value }}, {{ other }}), {{ point }}, 9){% endmacro %}
{# The labels of a run with a further problem. #}
{% macro with_problem(labels, problem) %}map_concat(
        map_filter({{ labels }}, (name, value) -> name <> 'problems'),
        map('problems', concat_ws('; ', {{ labels }}['problems'], {{ problem }}))
    ){% endmacro %}
