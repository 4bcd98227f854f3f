package costlake.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tag that charges must carry ({@code tags.yml}). {@link TagRuleChecks} checks it. */
public record TagRule(
    @Required @Description("Short name, unique: lower-case letters, digits, - or _.") String id,
    @Required
        @Description(
            "Key of the tag. A canonical key of owners.yml stands for all its spellings there.")
        String key,
    @Description(
            "Allowed values. A value with another meaning in owners.yml counts as its meaning. Without"
                + " values, pattern and known, any value is allowed.")
        List<String> values,
    @Description("Instead of values: regular expression (Java) that the whole value matches.")
        @Nullable String pattern,
    @Description(
            "Instead of values: what Costlake knows. teams and cost_centres: those of owners.yml;"
                + " projects and environments: those that rules, values of tags and groups in"
                + " owners.yml name.")
        @Nullable Known known,
    @Description(
            "Conditions on allocated charges, all of which must hold: a FOCUS column, or team,"
                + " project, environment, model or endpoint as allocated, and the required value."
                + " Empty: all charges.")
        Map<String, String> where,
    @Description("Only charges that the statement of this cost centre contains.")
        @Nullable String costCentre,
    @Description("First day whose charges must carry the tag. Empty: always.")
        @Nullable LocalDate from,
    @Description("First day whose charges no longer need it. Empty: never.") @Nullable LocalDate to,
    @Description(
            "Lowest coverage that costlake tags --gate accepts, percent of the cost that can carry a"
                + " tag. Empty: any.")
        @Nullable BigDecimal minimum) {
  public TagRule {
    values = List.copyOf(values);
    where = Map.copyOf(where);
  }

  /** Whether charges of some day of the month must carry the tag. */
  public boolean isInForce(YearMonth month) {
    return (from == null || !from.isAfter(month.atEndOfMonth()))
        && (to == null || to.isAfter(month.atDay(1)));
  }

  /** Names that the configuration has. */
  public enum Known {
    TEAMS,
    COST_CENTRES,
    PROJECTS,
    ENVIRONMENTS
  }

  /** Returns the allowed values in order; null if a pattern decides, or if any value is allowed. */
  @Nullable List<String> allowed(Owners owners) {
    if (known != null) {
      return owners.known(known);
    }
    return values.isEmpty() ? null : values.stream().sorted().toList();
  }
}
