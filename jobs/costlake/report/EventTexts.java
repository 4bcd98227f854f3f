package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the events of a month into words. */
final class EventTexts {
  private static final String CALENDAR = "calendar";
  private static final String EVERYTHING_ELSE = "everything_else";

  /** Events that an earlier month may have had without the month of the statement. */
  private static final Set<String> PASSING =
      Set.of("without_work", "unused_commitment", "refund", "credit", "correction");

  private static final int NAME_MAX = 48;

  /** An id that a provider made up, e.g. a8dd51c4dee8. */
  private static final Pattern NO_NAME = Pattern.compile("[0-9a-f-]{8,}");

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  EventTexts(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Whether the row is about a resource, not about the calendar or all other causes. */
  static boolean isNamed(PrintedRow event) {
    return !isCalendar(event) && !isRemainder(event);
  }

  static boolean isRemainder(PrintedRow event) {
    return EVERYTHING_ELSE.equals(event.text("event"));
  }

  static boolean isCalendar(PrintedRow event) {
    return CALENDAR.equals(event.text("event"));
  }

  /** Whether the row is what telemetry moved between teams in the month in which it began. */
  static boolean isMeasured(PrintedRow event) {
    return "measured".equals(event.text("event"));
  }

  static BigDecimal change(PrintedRow event) {
    return event.decimal("change_shown");
  }

  /** Returns the first day of an event; null if it has no days. */
  static @Nullable LocalDate firstDay(PrintedRow event) {
    return event.dayOrNull("first_day");
  }

  /** Returns the last day of an event; the first if no last day is known. */
  static @Nullable LocalDate lastDay(PrintedRow event) {
    LocalDate last = event.dayOrNull("last_day");
    return last == null ? firstDay(event) : last;
  }

  /** Says what happened, without days and money. */
  String what(PrintedRow event) {
    return isOver(event) ? words.say("{0}, not repeated", happened(event)) : happened(event);
  }

  /** Whether an event of the month before changed the total because it did not happen again. */
  private static boolean isOver(PrintedRow event) {
    BigDecimal cost = event.decimalOrNull("cost");
    boolean passes = PASSING.contains(event.text("event")) || reason(event) != null;
    return cost != null && cost.signum() == 0 && passes;
  }

  private String happened(PrintedRow event) {
    return switch (event.text("event")) {
      case CALENDAR ->
          words.say(
              "{0} days instead of {1}", statement.days(), month().minusMonths(1).lengthOfMonth());
      case EVERYTHING_ELSE -> words.say("Everything else");
      case "measured" ->
          words.say(
              change(event).signum() < 0
                  ? "Telemetry began: cluster nodes, now with who uses them"
                  : "Telemetry began: use of cluster nodes, before with their owners");
      case "new" -> words.say("{0} is new", name(event));
      case "ended" -> words.say("{0} ended", name(event));
      case "price" -> price(event);
      case "overlap" -> words.say("Counted in two rows: price of {0}", name(event));
      case "correction" -> words.say("Correction: {0}", name(event));
      case "without_work", "unused_commitment" -> moved(event);
      case "hand_over" -> reason(event) == null ? handOver(event) : moved(event);
      default -> name(event);
    };
  }

  private static @Nullable String reason(PrintedRow event) {
    return event.textOrNull("reason");
  }

  /** Says what was paid for and not used, and which team paid or pays for it. */
  private String moved(PrintedRow event) {
    String other = otherTeam(event);
    if (other == null) {
      return idle(event);
    }
    String sentence = change(event).signum() < 0 ? "{0}, now with {1}" : "{0}, before with {1}";
    return words.say(sentence, idle(event), shown(other));
  }

  private String idle(PrintedRow event) {
    boolean isNode =
        "without_work".equals(reason(event)) || "without_work".equals(event.text("event"));
    String what = words.say(isNode ? "{0} stood without work" : "{0} was not used", name(event));
    return switch (Objects.requireNonNullElse(event.textOrNull("cause"), "")) {
      case "run_ended" -> words.say("{0}; {1}", ended(event), empty(event, what));
      case "node_down" -> words.say("{0} was down; {1}", shown(event.text("node_id")), what);
      default -> isNode ? what : words.say("Unused part of {0}", name(event));
    };
  }

  private String ended(PrintedRow event) {
    LocalDate day = event.day("ended_day");
    String sentence =
        switch (Objects.requireNonNullElse(event.textOrNull("run_status"), "")) {
          case "failed" -> "{0} failed on {1} at {2}";
          case "preempted" -> "{0} was pre-empted on {1} at {2}";
          case "stopped" -> "{0} was stopped on {1} at {2}";
          default -> "{0} ended on {1} at {2}";
        };
    String run = Objects.requireNonNullElse(event.textOrNull("run_name"), event.text("run_id"));
    return words.say(sentence, shown(run), figures.days(day, day), event.text("ended_time"));
  }

  private String empty(PrintedRow event, String otherwise) {
    BigDecimal hours = event.decimalOrNull("empty_hours");
    String model = event.textOrNull("accelerator_model");
    Integer accelerators = event.numberOrNull("accelerators");
    return hours == null || model == null || accelerators == null
        ? otherwise
        : words.say(
            "its {0} {1} stood empty for {2} h", accelerators, shown(model), figures.whole(hours));
  }

  /** Returns where to look for the cause of an event; empty if it is not known. */
  String where(PrintedRow event) {
    String workload = event.textOrNull("workload_id");
    String node = event.textOrNull("node_id");
    if (workload == null || node == null) {
      return "";
    }
    String place = words.say("{0} on {1}", shown(workload), shown(node));
    String user = event.textOrNull("run_user_id");
    return user == null ? place : words.say("{0}, started by {1}", place, shown(user));
  }

  private String price(PrintedRow event) {
    BigDecimal before = event.decimalOrNull("price_before");
    BigDecimal now = event.decimalOrNull("price");
    return FigureFormat.ratioOfChange(now, before) == null
        ? words.say("Price of {0}", name(event))
        : words.say("Price of {0} {1}", name(event), figures.change(now, before, words::from));
  }

  private String handOver(PrintedRow event) {
    String other = otherTeam(event);
    String sentence = change(event).signum() < 0 ? "{0} went to {1}" : "{0} came from {1}";
    return words.say(
        sentence, name(event), other == null ? words.say("another team") : shown(other));
  }

  private static @Nullable String otherTeam(PrintedRow event) {
    String name = event.textOrNull("other_name");
    return name == null ? event.textOrNull("other_id") : name;
  }

  /** Returns the name of what an event is about, in words of the bill if it has some. */
  String name(PrintedRow event) {
    String description = event.textOrNull("sku_description");
    String name = event.textOrNull("resource_name");
    String id = event.textOrNull("resource_id");
    if (description != null) {
      return shown(described(description, id));
    }
    return name != null ? shown(name) : id != null ? shown(id) : nameless(event.text("event"));
  }

  /** Adds the name in the id of a resource to the words for its SKU, if it is one. */
  private static String described(String description, @Nullable String id) {
    String name = id == null ? "" : id.replaceFirst(".*[/:]", "");
    return name.isEmpty() || NO_NAME.matcher(name).matches()
        ? description
        : name + ", " + description;
  }

  private String nameless(String event) {
    return switch (event) {
      case "refund" -> words.say("Refund");
      case "credit" -> words.say("Credit");
      default -> words.say("A resource without a name");
    };
  }

  private static String shown(String name) {
    return SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }

  private LocalDate month() {
    return statement.head().month();
  }

  /** Returns the days of an event; empty if it has none. */
  String days(PrintedRow event) {
    LocalDate first = firstDay(event);
    LocalDate last = lastDay(event);
    if (first == null || last == null) {
      return "";
    }
    boolean goesOn = first.isBefore(last) && last.equals(month().plusMonths(1).minusDays(1));
    return goesOn ? since(first) : figures.days(first, last);
  }

  private String since(LocalDate first) {
    return first.isAfter(month())
        ? words.say("from {0} on", figures.days(first, first))
        : words.say("all month");
  }

  /** Says what happened, when, and the money. */
  String sentence(PrintedRow event) {
    String days = days(event);
    String when = days.isEmpty() ? "" : ", " + days;
    return what(event) + when + ": " + figures.rise(change(event));
  }
}
