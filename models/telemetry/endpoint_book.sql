{% import "macros/rules.sql" %}with rules as (
    select array_sort(collect_list(struct(
        position, rule_id, endpoint_id, valid_from, valid_to, {{ conditions() }} as conditions
    ))) as rules
    from {{ source('conf.endpoint_rules') }}
)

select
    transform(rules, r -> struct(r.rule_id as rule_id, r.endpoint_id as endpoint_id)) as endpoint_rules,
    transform(rules, r -> struct(
        r.valid_from as valid_from, r.valid_to as valid_to, r.conditions as conditions
    )) as endpoint_conditions
from rules
