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
{# An instant in seconds since 1970; null if it is 0, which Slurm writes for "not yet", or less. Later ones than 2099 become its end. #}
{% macro unix_time(value) %}timestamp_seconds(if(
        try_cast({{ json_number(value) }} as decimal(38, 0)) > 0,
        least(try_cast({{ json_number(value) }} as decimal(38, 0)), 4102444800), null)){% endmacro %}
{# Resources of sacct --json as AllocTRES writes them. #}
{% macro json_tres(resources) %}array_join(transform({{ resources }},
        one -> concat(one.type, if(coalesce(one.name, '') = '', '', concat('/', one.name)), '=', one.count)), ','){% endmacro %}
