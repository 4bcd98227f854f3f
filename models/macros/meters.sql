{# Relations with one row: the models in the price lists of vendors, by the letters and digits of their names and aliases, the
   longest first (gpt-4.1-mini is no gpt-4.1). A name shorter than gpt-4 would be found by chance. #}
{% macro listed_models(prices) %}spellings as (
    select vendor, model, explode(split(concat_ws(' ', model, aliases), ' ')) as spelling from {{ prices }}
),

listed_names as (
    select distinct
        vendor, model, {{ letters("spelling") }} as name, length({{ letters("spelling") }}) as length
    from spellings
    where length({{ letters("spelling") }}) >= 4
),

listed_models as (
    select
        transform(
            array_sort(collect_list(struct(-length as shorter, vendor, model, name))), m -> struct(m.name as name, m.vendor as vendor, m.model as model)
        ) as models
    from listed_names
){% endmacro %}

{# The letters and digits of a name, in lower case. #}
{% macro letters(name) %}regexp_replace(lower({{ name }}), '[^a-z0-9]', ''){% endmacro %}

{# The listed model whose longest name is in a meter; null if there is none. #}
{% macro listed_model(meter) %}get(filter(listed_models.models, m -> contains({{ letters(meter) }}, m.name)), 0){% endmacro %}

{# The words of a price list for a meter that is a code of tokens, e.g. nova-pro input tokens for USE1-NovaPro-input-tokens; null if it
   is none, or if no list has its model. #}
{% macro listed_words(meter) %}if(
        contains(lower({{ meter }}), 'token') and not contains({{ meter }}, ' '),
        concat({{ listed_model(meter) }}.model, case
            when lower({{ meter }}) like '%output%' then ' output'
            when lower({{ meter }}) rlike 'cache-?write' then ' cache write'
            when lower({{ meter }}) like '%cache%' then ' cached input'
            when lower({{ meter }}) like '%input%' then ' input'
            else ''
        end, ' tokens'),
        null
    ){% endmacro %}

{# The end of an id that is a code: ten or more hexadecimal digits, or a UUID. #}
{% macro code_at_end() %}(^|[-_/.])(?=[0-9a-f-]*[0-9])([0-9a-f]{10,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})${% endmacro %}
