package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Days and events of a statement, written by hand. */
final class EventSamples {
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");

  private EventSamples() {}

  /** Returns days of two months, and events that sum to the change of the total. */
  static Map<String, List<PrintedRow>> rows(Statement.Head head) {
    return Map.of("days", days(head), "events", events(head));
  }

  static List<PrintedRow> days(Statement.Head head) {
    List<PrintedRow> days = new ArrayList<>();
    BigDecimal before = head.previousPerDay();
    for (LocalDate day = SEPTEMBER.minusMonths(1); day.getMonthValue() < 10; ) {
      BigDecimal mean = day.isBefore(SEPTEMBER) ? before : head.perDay(SEPTEMBER.lengthOfMonth());
      days.add(day(day, mean.setScale(2, RoundingMode.HALF_EVEN)));
      day = day.plusDays(1);
    }
    return days;
  }

  static PrintedRow day(LocalDate day, BigDecimal cost) {
    return Rows.row("days", "usage_date", day, "effective_cost", cost, "cost_shown", cost);
  }

  /** Returns five events, the calendar, and everything else, which closes the gap. */
  static List<PrintedRow> events(Statement.Head head) {
    List<PrintedRow> events = new ArrayList<>();
    events.add(event(head, 1, "calendar", null, null, null, "-12295.71"));
    events.add(
        with(
            event(head, 2, "without_work", "p5.48xlarge i-0abc", 19, 20, "20100.50"),
            "cost",
            new BigDecimal("20100.50")));
    events.add(event(head, 3, "new", "g6.4xlarge i-0def", 8, 8, "9000.25"));
    events.add(priced(event(head, 4, "price", "p5.48xlarge", 16, 30, "-4200.10")));
    String refund = "Refund for an interrupted training job";
    events.add(event(head, 5, "refund", refund, 15, 15, "-1500.75"));
    BigDecimal sum =
        events.stream().map(EventTexts::change).reduce(BigDecimal.ZERO, BigDecimal::add);
    String rest = head.difference().subtract(sum).toPlainString();
    events.add(event(head, 6, "everything_else", null, null, null, rest));
    return events;
  }

  static PrintedRow event(
      Statement.Head head,
      int position,
      String event,
      String name,
      Integer firstDay,
      Integer lastDay,
      String change) {
    BigDecimal money = new BigDecimal(change);
    return Rows.row(
        "events",
        "position",
        position,
        "line_id",
        head.number() + "/y-%02d".formatted(position),
        "event",
        event,
        "first_day",
        firstDay == null ? null : SEPTEMBER.withDayOfMonth(firstDay),
        "last_day",
        lastDay == null ? null : SEPTEMBER.withDayOfMonth(lastDay),
        "resource_name",
        name,
        "change",
        money,
        "change_shown",
        money);
  }

  private static PrintedRow priced(PrintedRow event) {
    return with(event, "price_before", new BigDecimal("98.32"), "price", new BigDecimal("88.488"));
  }

  /** Returns an event with other values in some columns. */
  static PrintedRow with(PrintedRow event, Object... pairs) {
    Map<String, Object> values = new LinkedHashMap<>(event);
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], pairs[i + 1]);
    }
    return PrintedRow.of(values);
  }
}
