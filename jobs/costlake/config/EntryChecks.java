package costlake.config;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import costlake.core.Message;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the entries of one list of the configuration, e.g. its budgets. Each entry that can be
 * read is checked, also if others cannot, so that one message has the mistakes of all.
 */
final class EntryChecks {
  private static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000000000");
  private static final int DECIMALS = 9;
  private static final int DAYS_MAX = 366;
  private static final Comparator<@Nullable LocalDate> BY_DAY =
      Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder());

  private final String list;
  private final String noun;
  private final ConfigValue.Section written;
  private final Settings settings;
  private final Problems problems;
  private final List<String> teams;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<Object, String> scopes = new HashMap<>();

  /**
   * Begins to check a list.
   *
   * @param list key of the list, e.g. {@code budgets}
   * @param noun word for one entry in messages, e.g. {@code budget}
   * @param written all settings, with their secrets resolved
   */
  EntryChecks(
      String list, String noun, ConfigValue.Section written, Settings settings, Problems problems) {
    this.list = list;
    this.noun = noun;
    this.written = written;
    this.settings = settings;
    this.problems = problems;
    this.teams = ofTeams("id");
  }

  /** Passes each entry that can be read, and its path. */
  <T extends Record> void each(Class<T> type, BiConsumer<T, String> check) {
    List<ConfigValue> listed = items(list);
    for (int i = 0; i < listed.size(); i++) {
      String path = list + "[" + i + "]";
      read(type, listed.get(i), path).ifPresent(entry -> check.accept(entry, path));
    }
  }

  private static <T extends Record> Optional<T> read(
      Class<T> type, ConfigValue entry, String path) {
    return entry instanceof ConfigValue.Section section
        ? new Binder(new Problems()).bind(type, section, path)
        : Optional.empty();
  }

  private List<ConfigValue> items(String key) {
    return written.entries().get(key) instanceof ConfigValue.Items items
        ? items.entries()
        : List.of();
  }

  /** Returns the values of a key of the teams. */
  List<String> ofTeams(String key) {
    return items("teams").stream()
        .filter(ConfigValue.Section.class::isInstance)
        .map(team -> ((ConfigValue.Section) team).entries().get(key))
        .filter(ConfigValue.Scalar.class::isInstance)
        .map(value -> ((ConfigValue.Scalar) value).text())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** Checks that an id is a short name, and that no other entry has it. */
  void id(String id, String path) {
    if (!id.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
      add(path + ".id", "'%s' must be lower-case letters, digits, - or _", id);
    }
    if (ids.putIfAbsent(id, path) != null) {
      add(path + ".id", "id '%s' is used twice in %s. Rename one of them", id, list);
    }
  }

  /** Checks that no other entry has the same scope, period and unit. */
  void scopeOnce(Object identity, String id, String path) {
    String other = scopes.putIfAbsent(identity, id);
    if (other != null) {
      add(
          path + ".scope",
          """
          %s '%s' has the scope, the period and the unit of %s '%s'. Remove one, or write
          both amounts as versions of one %s
          """,
          noun,
          id,
          noun,
          other,
          noun);
    }
  }

  void team(String path, @Nullable String team) {
    known(path, "team", team, teams);
  }

  /** Checks that a team has the name, if there is one. */
  void known(String path, String what, @Nullable String name, List<String> known) {
    if (name != null && !known.contains(name)) {
      add(
          path,
          "'%s' names %s '%s', which no team in owners.yml has.%s Correct it, or add it there",
          path,
          what,
          name,
          Nearest.hint(name, known));
    }
  }

  /** Checks that the conditions of an entry have known keys. */
  void conditionKey(String path, String key, List<String> known) {
    CrossChecks.conditionKey(path, key, known)
        .ifPresent(problem -> problems.add(settings.origin(path + "." + key), problem));
  }

  /** Checks the length of a rolling period. */
  void days(String path, @Nullable Integer days) {
    if (days != null && (days < 1 || days > DAYS_MAX)) {
      add(path, "'%s' is %s. Write 1 to %s", path, days, DAYS_MAX);
    }
  }

  /** Checks that an amount is greater than 0, if there is one. */
  void amount(String path, @Nullable BigDecimal amount) {
    if (amount != null
        && (amount.signum() <= 0
            || amount.compareTo(AMOUNT_MAX) >= 0
            || amount.scale() > DECIMALS)) {
      add(
          path,
          "'%s' is %s. Write an amount greater than 0 and less than %s, with at most nine decimals",
          path,
          amount.toPlainString(),
          AMOUNT_MAX);
    }
  }

  /**
   * Checks that versions are in the order of their days.
   *
   * @param from first day of each version; null if it was always in force
   */
  void versions(String path, List<@Nullable LocalDate> from) {
    for (int i = 1; i < from.size(); i++) {
      if (BY_DAY.compare(from.get(i - 1), from.get(i)) >= 0) {
        add(
            path + ".versions[" + i + "]",
            "'%s.versions[%s]' is in force no later than the one above it. Write versions in the order"
                + " of from, each day once",
            path,
            i);
      }
    }
  }

  /** Checks the currency of an entry that counts money. */
  void currency(String id, String path, @Nullable String currency) {
    if (currency == null) {
      add(path, "%s '%s' needs currency: the currency of the bills, e.g. USD", noun, id);
    } else if (!CurrencyCode.isValid(currency)) {
      add(
          path + ".currency",
          "'%s.currency' is '%s'. Write a code of ISO 4217, e.g. USD",
          path,
          currency);
    }
  }

  /** Checks that an entry which counts no money has no currency. */
  void noCurrency(String id, String path, @Nullable String currency, String unit) {
    if (currency != null) {
      add(
          path + ".currency",
          "%s '%s' counts %s, which have no currency. Remove currency",
          noun,
          id,
          unit);
    }
  }

  /** Adds a problem at the place of a key, or of the section that lacks it. */
  @FormatMethod
  void add(String path, @FormatString String problem, Object... values) {
    problems.add(settings.nearestOrigin(path), Message.of(problem, values));
  }
}
