{# The kind of a run, if its record states one of runs: needs reference.use_kinds as kinds. #}
{% macro run_kind() %}if(kinds.is_run or kinds.is_session, kinds.use_kind, null){% endmacro %}
{# The items of a text with instants: separated by commas, with or without the brackets and quotes of JSON. #}
{% macro instant_texts(text) %}filter(
        transform(split(regexp_replace(coalesce({{ text }}, ''), '[\\[\\]"]', ''), ','), item -> trim(item)), item -> item <> ''
    ){% endmacro %}
{# An instant in ISO 8601 or in milliseconds since 1970; null if the text is neither. #}
{% macro instant(text) %}if(
        {{ text }} rlike '^[0-9]{12,14}$', timestamp_millis(cast({{ text }} as bigint)), try_cast({{ text }} as timestamp)
    ){% endmacro %}
{# The instants in such a text, ascending; those that cannot be read are left out. #}
{% macro instants(text) %}array_sort(array_distinct(filter(
        transform({{ instant_texts(text) }}, item -> {{ instant('item') }}), item -> item is not null
    ))){% endmacro %}
{# What of a run could not be read: what its reader notes, and instants of checkpoints; null if nothing. #}
{% macro problems_of_run(noted, checkpoints) %}nullif(concat_ws('; ',
        {{ noted }},
        if(
            exists({{ instant_texts(checkpoints) }}, item -> {{ instant('item') }} is null),
            concat('checkpoints cannot be read: ', {{ checkpoints }}), null
        )
    ), ''){% endmacro %}
{# The number of an attempt from 1; null if the text is none. #}
{% macro attempt_number(text) %}if(try_cast({{ text }} as int) >= 1, try_cast({{ text }} as int), null){% endmacro %}
{# The workload of a run: its pod, else its job. #}
{% macro workload_of_run(namespace, pod, job) %}coalesce(
        if(contains({{ pod }}, '/') or {{ namespace }} is null, {{ pod }}, concat({{ namespace }}, '/', {{ pod }})), {{ job }}
    ){% endmacro %}
{# The scheduler of this workload: the stated one, else Kubernetes for a pod and Slurm for a job. #}
{% macro scheduler_of_run(scheduler, pod, job) %}coalesce(
        lower({{ scheduler }}), if({{ pod }} is not null, 'kubernetes', null), if({{ job }} is not null, 'slurm', null)
    ){% endmacro %}
{# Whether a text is a number, or what programs write for none. #}
{% macro is_number(text) %}lower({{ text }}) rlike '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[+-]?[0-9]+)?$|^[+-]?(nan|inf|infinity)$'{% endmacro %}
