{# Whether a delivered end of a period is the last second of a day. FOCUS requires the first instant after the period instead. #}
{% macro is_last_second(time) %}pmod(unix_seconds({{ time }}), 86400) = 86399{% endmacro %}
{# The end of a period as FOCUS defines it: the first instant after the period. #}
{% macro exclusive_end(time) %}if({{ is_last_second(time) }}, timestamp_seconds(unix_seconds({{ time }}) + 1), {{ time }}){% endmacro %}
