{# The time between two instants in seconds; 0 if the second is not after the first; null if one is unknown. #}
{% macro seconds_between(started, ended) %}case
                when {{ ended }} > {{ started }} then cast(
                    cast(unix_micros({{ ended }}) - unix_micros({{ started }}) as decimal(20, 0)) * 0.000001bd as decimal(38, 9))
                when {{ ended }} <= {{ started }} then cast(0 as decimal(38, 9))
            end{% endmacro %}
{# The last day of an attempt, or some days later; 400 days after its start if it has no end or a later one (least() skips null). #}
{% macro last_day(started, ended, later=0) %}date_add(to_date(least({{ ended }}, {{ started }} + interval 400 days)), {{ later }}){% endmacro %}
{# The sum of an array of times, each with from and until, in seconds. #}
{% macro total_seconds(times) %}aggregate(
            {{ times }}, cast(0 as decimal(38, 9)),
            (total, time) -> cast(total + {{ seconds_between("time.from", "time.until") }} as decimal(38, 9))
        ){% endmacro %}
{# The cost of the work of an attempt that was lost, from its cost and its times. #}
{% macro repeated_cost(cost) %}if(lost_s = 0 and {{ cost }} is not null, cast(0 as decimal(38, 21)), in_proportion({{ cost }}, lost_s, worked_s)){% endmacro %}
