package costlake.config;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks quotas. */
final class QuotaChecks {
  private static final int ACCELERATORS_MAX = 1_000_000;

  private final EntryChecks entries;

  private QuotaChecks(EntryChecks entries) {
    this.entries = entries;
  }

  /**
   * Adds the mistakes of all quotas that can be read.
   *
   * @param written all settings, with their secrets resolved
   */
  static void check(ConfigValue.Section written, Settings settings, Problems problems) {
    EntryChecks entries = new EntryChecks("quotas", "quota", written, settings, problems);
    entries.each(Quota.class, new QuotaChecks(entries)::check);
  }

  private void check(Quota quota, String path) {
    entries.id(quota.id(), path);
    entries.team(path + ".scope.team", quota.scope().team());
    if (limits(quota, path)) {
      period(quota, path);
      currency(quota, path);
      model(quota, path);
      scopeOnce(quota, path);
    }
  }

  /** Whether the limits say what is limited. */
  private boolean limits(Quota quota, String path) {
    if ((quota.limit() == null) == quota.versions().isEmpty()) {
      entries.add(path, "quota '%s' needs either limit or versions", quota.id());
      return false;
    }
    List<@Nullable LocalDate> days = new ArrayList<>();
    quota.versions().forEach(version -> days.add(version.from()));
    entries.versions(path, days);
    List<String> places =
        quota.limit() != null
            ? List.of(path + ".limit")
            : IntStream.range(0, days.size()).mapToObj(i -> path + ".versions[" + i + "]").toList();
    List<Quota.Limit> limits = quota.limits();
    boolean complete = true;
    for (int i = 0; i < limits.size(); i++) {
      complete &= limit(limits.get(i), places.get(i));
    }
    return complete && oneMeasure(limits, places);
  }

  /** Whether a limit says what it limits. */
  private boolean limit(Quota.Limit limit, String path) {
    entries.amount(path + ".hours", limit.hours());
    entries.amount(path + ".money", limit.money());
    accelerators(path + ".held", limit.held());
    accelerators(path + ".borrowing", limit.borrowing());
    accelerators(path + ".lending", limit.lending());
    if (!limit.isOne()) {
      entries.add(path, "'%s' needs exactly one of held, hours and money", path);
      return false;
    }
    if (limit.shares()) {
      sharing(path, limit.held(), limit.lending());
    }
    return true;
  }

  private void sharing(String path, @Nullable Integer held, @Nullable Integer lending) {
    if (held == null) {
      entries.add(path, "'%s' can have borrowing and lending only with held", path);
    } else if (lending != null && lending > held) {
      entries.add(
          path + ".lending",
          "'%s.lending' is %s, more than the %s of held. Write at most as many",
          path,
          lending,
          held);
    }
  }

  private void accelerators(String path, @Nullable Integer number) {
    if (number != null && (number < 0 || number > ACCELERATORS_MAX)) {
      entries.add(path, "'%s' is %s. Write 0 to %s", path, number, ACCELERATORS_MAX);
    }
  }

  private boolean oneMeasure(List<Quota.Limit> limits, List<String> places) {
    for (int i = 1; i < limits.size(); i++) {
      if (limits.get(i).measure() != limits.get(0).measure()) {
        entries.add(
            places.get(i),
            "'%s' limits %s, and the version above it %s. Write two quotas",
            places.get(i),
            EnumNames.of(limits.get(i).measure()),
            EnumNames.of(limits.get(0).measure()));
        return false;
      }
    }
    return true;
  }

  private void period(Quota quota, String path) {
    boolean isHeld = quota.measure() == Quota.Measure.ACCELERATORS;
    if (isHeld && quota.period() != null) {
      entries.add(
          path + ".period",
          "quota '%s' limits what is held at one time, which has no period. Remove period",
          quota.id());
    } else if (!isHeld && quota.period() == null) {
      entries.add(path, "quota '%s' needs period: month, quarter or {days: N}", quota.id());
    } else if (quota.period() != null && !quota.period().isOne()) {
      entries.add(path + ".period", "'%s.period' must be month, quarter or {days: N}", path);
    } else if (quota.period() != null) {
      entries.days(path + ".period.days", quota.period().days());
    }
  }

  private void currency(Quota quota, String path) {
    if (quota.measure() == Quota.Measure.MONEY) {
      entries.currency(quota.id(), path, quota.currency());
    } else {
      entries.noCurrency(quota.id(), path, quota.currency(), EnumNames.of(quota.measure()));
    }
  }

  private void model(Quota quota, String path) {
    if (quota.measure() == Quota.Measure.MONEY && quota.scope().acceleratorModel() != null) {
      entries.add(
          path + ".scope.accelerator_model",
          """
          quota '%s' limits money, which is known for a team, and not for its accelerator models. Remove
          accelerator_model, or limit hours
          """,
          quota.id());
    }
  }

  private void scopeOnce(Quota quota, String path) {
    entries.scopeOnce(
        Arrays.asList(
            quota.scope(),
            quota.period(),
            quota.measure(),
            Objects.requireNonNullElse(quota.currency(), "")),
        quota.id(),
        path);
  }
}
