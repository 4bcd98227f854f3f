package costlake.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a team may hold at one time, or use in a period ({@code quotas.yml}). {@link QuotaChecks}
 * checks it.
 */
public record Quota(
    @Required @Description("Short name, unique: lower-case letters, digits, - or _.") String id,
    @Required @Description("What is limited.") Scope scope,
    @Description(
            "In which time hours or money count: month, quarter or days. Needed for them, and for"
                + " nothing else.")
        @Nullable Period period,
    @Description("The limit. Needs no versions.") @Nullable Limit limit,
    @Description("Limits with the day from which each is in force, in order of these days.")
        List<Limit> versions,
    @Description("Currency of money, ISO 4217. Needed for money, and for nothing else.")
        @Nullable String currency) {
  public Quota {
    versions = List.copyOf(versions);
  }

  /** Returns the limits in order of the days from which they are in force. */
  public List<Limit> limits() {
    return limit == null ? versions : List.of(limit);
  }

  /**
   * Returns the limit in force on a day, empty before the first one. In a period of the calendar,
   * it is that of the first day of the period.
   */
  public Optional<Limit> inForce(LocalDate day) {
    LocalDate decides = period == null ? day : period.decides(day);
    return limits().stream()
        .filter(one -> one.from() == null || !one.from().isAfter(decides))
        .reduce((earlier, later) -> later);
  }

  /** Returns what is limited. */
  public Measure measure() {
    return limits().get(0).measure();
  }

  /** Returns the team and what is limited, e.g. {@code team search, H100 80GB}. */
  public String subject() {
    return "team "
        + scope.team()
        + (scope.acceleratorModel() == null ? "" : ", " + scope.acceleratorModel());
  }

  /** The accelerators or the cost of a team. */
  public record Scope(
      @Required @Description("Team id.") String team,
      @Description(
              "Accelerator model, as reference/accelerators.csv names it. Empty: all accelerators"
                  + " together. Money has none, because bills do not say which accelerator costs what.")
          @Nullable String acceleratorModel) {
    /** Whether accelerators of a model that a team holds count. */
    public boolean covers(@Nullable String holder, @Nullable String model) {
      return team.equals(holder) && (acceleratorModel == null || acceleratorModel.equals(model));
    }
  }

  /** The time in which hours or money count. */
  public record Period(
      @Shorthand @Description("Calendar period: month or quarter.") @Nullable Calendar every,
      @Description("The last days, 1 to 366, e.g. 30.") @Nullable Integer days) {
    /** Whether exactly one of the two forms is written. */
    boolean isOne() {
      return (every == null) != (days == null);
    }

    /** Returns the day that decides which limit is in force in the period with a day. */
    LocalDate decides(LocalDate day) {
      return every == null ? day : start(day);
    }

    /** Returns the first day of the period with a day, or of the last days that end with it. */
    public LocalDate start(LocalDate day) {
      if (days != null) {
        return day.minusDays(days - 1L);
      }
      LocalDate month = day.withDayOfMonth(1);
      return every == Calendar.MONTH ? month : month.with(IsoFields.DAY_OF_QUARTER, 1);
    }

    /** Returns month, quarter or rolling. */
    public String kind() {
      return every == null ? "rolling" : EnumNames.of(every);
    }
  }

  /** A period of the calendar. */
  public enum Calendar {
    MONTH,
    QUARTER
  }

  /** A limit, and since when it is in force. Exactly one of held, hours and money is written. */
  public record Limit(
      @Description(
              "First day. Empty: always. Hours and money count for periods that begin then or later;"
                  + " of {days: N}, the last day decides.")
          @Nullable LocalDate from,
      @Description("Accelerators that may be held at one time, a whole number from 0.")
          @Nullable Integer held,
      @Description(
              "Accelerators that may be held beyond held, if other teams do not use theirs. Empty:"
                  + " none.")
          @Nullable Integer borrowing,
      @Description("Unused accelerators that other teams may borrow, of those held. Empty: none.")
          @Nullable Integer lending,
      @Description("Accelerator-hours that may be used in each period, greater than 0.")
          @Nullable BigDecimal hours,
      @Description("Effective cost of each period, greater than 0.") @Nullable BigDecimal money) {
    /** Whether exactly one of the measures is written. */
    boolean isOne() {
      return Stream.of(held, hours, money).filter(Objects::nonNull).count() == 1;
    }

    /** Returns what is limited. */
    Measure measure() {
      return held != null
          ? Measure.ACCELERATORS
          : hours != null ? Measure.ACCELERATOR_HOURS : Measure.MONEY;
    }

    /** Returns the number of accelerators, hours or money. */
    public BigDecimal amount() {
      return held != null
          ? BigDecimal.valueOf(held)
          : Objects.requireNonNull(hours != null ? hours : money);
    }

    /** Returns what may be used at most: the amount, and what may be borrowed. */
    public BigDecimal most() {
      return amount().add(BigDecimal.valueOf(Objects.requireNonNullElse(borrowing, 0)));
    }

    /** Whether unused accelerators are borrowed from or lent to other teams. */
    public boolean shares() {
      return borrowing != null || lending != null;
    }
  }

  /** What a quota limits. */
  public enum Measure {
    ACCELERATORS,
    ACCELERATOR_HOURS,
    MONEY
  }
}
