{# Whether an end was delivered as the last second of a day, which is still inside the period. #}
{% macro is_last_second(time) %}pmod(unix_seconds({{ time }}), 86400) = 86399{% endmacro %}
{# An end as FOCUS defines it: the first instant after the period. #}
{% macro exclusive_end(time) %}if({{ is_last_second(time) }}, timestamp_seconds(unix_seconds({{ time }}) + 1), {{ time }}){% endmacro %}
