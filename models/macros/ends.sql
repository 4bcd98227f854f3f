{# Whether an end is delivered as the last second of a day: the end of what it still includes. #}
{% macro is_last_second(time) %}pmod(unix_seconds({{ time }}), 86400) = 86399{% endmacro %}
{# An end as FOCUS has it, the first instant after. #}
{% macro exclusive_end(time) %}if({{ is_last_second(time) }}, timestamp_seconds(unix_seconds({{ time }}) + 1), {{ time }}){% endmacro %}
