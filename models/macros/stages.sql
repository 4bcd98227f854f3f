{# The stage in the life of a model that the money of a use paid for. Needs the relations of joined_stages(). #}
{% macro life_stage() %}coalesce(kinds.stage, services.stage, 'other'){% endmacro %}
{# Joins the lists of stages, by the kind of use, or by the category of the service if nothing used it, to the relation costs. #}
{% macro joined_stages(kinds, services) %}left join {{ kinds }} as kinds on costs.use_kind = kinds.use_kind
left join {{ services }} as services on costs.use_kind is null and costs.service_category = services.service_category{% endmacro %}
