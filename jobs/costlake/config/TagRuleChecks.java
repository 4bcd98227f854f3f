package costlake.config;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import costlake.core.Message;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks tag rules against each other, and against the teams and tags of {@code owners.yml}. */
final class TagRuleChecks {
  private static final BigDecimal MINIMUM_MAX = new BigDecimal("100");
  private static final int DECIMALS = 3;

  private final Owners owners;
  private final Settings settings;
  private final Problems problems;
  private final Map<String, String> ids = new HashMap<>();

  private TagRuleChecks(Owners owners, Settings settings, Problems problems) {
    this.owners = owners;
    this.settings = settings;
    this.problems = problems;
  }

  /** Adds the mistakes of all rules. */
  static void check(List<TagRule> rules, Owners owners, Settings settings, Problems problems) {
    TagRuleChecks checks = new TagRuleChecks(owners, settings, problems);
    for (int i = 0; i < rules.size(); i++) {
      checks.check(rules.get(i), path(i));
      for (int before = 0; before < i; before++) {
        checks.overlap(rules.get(before), rules.get(i), path(i));
      }
    }
  }

  private static String path(int i) {
    return "tag_rules[" + i + "]";
  }

  private void check(TagRule rule, String path) {
    id(rule, path);
    key(rule.key(), path + ".key");
    allowed(rule, path);
    for (int i = 0; i < rule.values().size(); i++) {
      value(rule, i, path + ".values[" + i + "]");
    }
    pattern(rule.pattern(), path + ".pattern");
    scope(rule, path);
    period(rule, path);
    minimum(rule.minimum(), path + ".minimum");
  }

  private void id(TagRule rule, String path) {
    if (!rule.id().matches("[a-z0-9][a-z0-9_-]{0,62}")) {
      add(path + ".id", "'%s' must be lower-case letters, digits, - or _", rule.id());
    }
    if (ids.putIfAbsent(rule.id(), path) != null) {
      add(path + ".id", "id '%s' is used twice in tag_rules. Rename one of them", rule.id());
    }
  }

  private void key(String key, String path) {
    unblank(key, path);
    owners.tags().keys().entrySet().stream()
        .filter(canonical -> canonical.getValue().contains(key))
        .map(Map.Entry::getKey)
        .filter(canonical -> !canonical.equals(key))
        .sorted()
        .findFirst()
        .ifPresent(
            canonical ->
                add(
                    path,
                    "'%s' is '%s', which owners.yml has as a spelling of '%s'. Write %s: it stands for"
                        + " all its spellings",
                    path,
                    key,
                    canonical,
                    canonical));
  }

  private void unblank(String text, String path) {
    if (!text.equals(text.strip())) {
      add(path, "'%s' is '%s'. Remove the blanks at its start or end", path, text);
    }
  }

  private void allowed(TagRule rule, String path) {
    long forms =
        Stream.of(!rule.values().isEmpty(), rule.pattern() != null, rule.known() != null)
            .filter(is -> is)
            .count();
    if (forms > 1) {
      add(path, "tag rule '%s' needs only one of values, pattern and known", rule.id());
    }
    TagRule.Known known = rule.known();
    if (known != null && owners.known(known).isEmpty()) {
      add(
          path + ".known",
          "'%s.known' is %s, but owners.yml names none. Add them there, or write values",
          path,
          EnumNames.of(known));
    }
  }

  private void value(TagRule rule, int number, String path) {
    String value = rule.values().get(number);
    unblank(value, path);
    if (value.codePoints().noneMatch(Character::isLetterOrDigit)) {
      add(path, "'%s' is '%s'. Write a value with a letter or digit", path, value);
    }
    if (rule.values().indexOf(value) < number) {
      add(path, "'%s' is '%s', which is listed above. Remove one of them", path, value);
    }
    String meaning = owners.tags().values().getOrDefault(rule.key(), Map.of()).get(value);
    if (meaning != null && !meaning.equals(value)) {
      add(
          path,
          "'%s' is '%s', which means '%s' in owners.yml. Write %s",
          path,
          value,
          meaning,
          meaning);
    }
  }

  private void pattern(@Nullable String pattern, String path) {
    try {
      Pattern.compile(Objects.requireNonNullElse(pattern, ""));
    } catch (PatternSyntaxException e) {
      add(
          path,
          "'%s' is '%s', which is not a regular expression: %s",
          path,
          e.getPattern(),
          e.getDescription());
    }
  }

  private void scope(TagRule rule, String path) {
    for (String key : new TreeSet<>(rule.where().keySet())) {
      CrossChecks.conditionKey(path + ".where", key, ConditionKeys.CHARGES)
          .ifPresent(problem -> problems.add(settings.origin(path + ".where." + key), problem));
    }
    known(path + ".where.team", rule.where().get("team"), owners.known(TagRule.Known.TEAMS));
    known(path + ".cost_centre", rule.costCentre(), owners.known(TagRule.Known.COST_CENTRES));
  }

  private void known(String path, @Nullable String name, List<String> names) {
    if (name != null && !names.contains(name)) {
      add(
          path,
          "'%s' is '%s', which no team in owners.yml has.%s Correct it, or add it there",
          path,
          name,
          Nearest.hint(name, names));
    }
  }

  private void period(TagRule rule, String path) {
    if (rule.from() != null && rule.to() != null && !rule.to().isAfter(rule.from())) {
      add(
          path + ".to",
          "'%s.to' is %s, not after from. Write the first day on which the rule no longer holds",
          path,
          rule.to());
    }
  }

  private void minimum(@Nullable BigDecimal minimum, String path) {
    if (minimum != null
        && (minimum.signum() <= 0
            || minimum.compareTo(MINIMUM_MAX) > 0
            || minimum.stripTrailingZeros().scale() > DECIMALS)) {
      add(
          path,
          "'%s' is %s. Write a percentage greater than 0 and up to 100, e.g. 95",
          path,
          minimum.toPlainString());
    }
  }

  /** Two rules for the same tag of the same charges would judge each charge twice. */
  private void overlap(TagRule before, TagRule rule, String path) {
    boolean sameTime =
        (before.to() == null || rule.from() == null || before.to().isAfter(rule.from()))
            && (rule.to() == null || before.from() == null || rule.to().isAfter(before.from()));
    if (sameTime && scope(before).equals(scope(rule))) {
      add(
          path,
          """
          tag rule '%s' requires the tag '%s' of the charges of rule '%s', at the same time. Remove
          one, or end the earlier one with to
          """,
          rule.id(),
          rule.key(),
          before.id());
    }
  }

  private static List<Object> scope(TagRule rule) {
    return List.of(
        rule.key(), new TreeMap<>(rule.where()), Objects.requireNonNullElse(rule.costCentre(), ""));
  }

  @FormatMethod
  private void add(String path, @FormatString String problem, Object... values) {
    problems.add(settings.nearestOrigin(path), Message.of(problem, values));
  }
}
