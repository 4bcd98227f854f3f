{# Elapsed time in seconds: [days-][hours:]minutes:seconds, with or without a fraction, or plain seconds; null if it is neither. #}
{% macro elapsed_seconds(elapsed) %}case
        when {{ elapsed }} rlike '^[0-9]{1,12}$' then cast({{ elapsed }} as bigint)
        when {{ elapsed }} rlike '^(([0-9]{1,6}-)?[0-9]{1,6}:)?[0-9]{1,6}:[0-9]{1,6}([.][0-9]+)?$'
            then coalesce(try_cast(regexp_extract({{ elapsed }}, '^([0-9]+)-', 1) as bigint), 0) * 86400
                + coalesce(try_cast(regexp_extract({{ elapsed }}, '([0-9]+):[0-9]+:[0-9.]+$', 1) as bigint), 0) * 3600
                + cast(regexp_extract({{ elapsed }}, '([0-9]+):[0-9.]+$', 1) as bigint) * 60
                + cast(regexp_extract({{ elapsed }}, ':([0-9]+)([.][0-9]+)?$', 1) as bigint)
    end{% endmacro %}
{# A number of sacct --json: as such, or as an object with the number. #}
{% macro json_number(value) %}coalesce(get_json_object({{ value }}, '$.number'), {{ value }}){% endmacro %}
{# Resources of sacct --json as AllocTRES writes them. #}
{% macro json_tres(resources) %}array_join(transform({{ resources }},
        one -> concat(one.type, if(coalesce(one.name, '') = '', '', concat('/', one.name)), '=', one.count)), ','){% endmacro %}
