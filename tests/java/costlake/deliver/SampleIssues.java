package costlake.deliver;

import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import costlake.report.FigureFormat;
import costlake.report.PrintedRow;
import costlake.report.Rows;
import costlake.report.Statement;
import costlake.report.StatementStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Example statements and mails for tests. */
final class SampleIssues {
  static final YearMonth MONTH = YearMonth.of(2026, 9);

  private SampleIssues() {}

  /**
   * Returns a statement of 1200.50 USD. The month before had 1000.00 USD, and most of the increase
   * is shared cost.
   */
  static OutgoingStatement issue(String team, String name) {
    return issue(team, List.of(statement(team, name, "USD", "1200.50", "1000.00")));
  }

  /**
   * Records a mail in the outbox: first as rendered, then as being sent, then in the given state.
   */
  static void mail(Lake lake, String id, String providerId, MessageState state) {
    Mail mail = new Mail(id, "2026-09/a", MONTH, "a", List.of("a@example.com"), "sha");
    MessageChange<Mail> rendered =
        MessageChange.rendered(mail, Instant.parse("2026-10-01T08:00:00Z"));
    List<MessageChange<Mail>> changes = new ArrayList<>(List.of(rendered));
    MessageChange<Mail> sending = rendered.trying();
    changes.add(sending);
    if (state != MessageState.SENDING) {
      changes.add(
          state == MessageState.SENT ? sending.taken(providerId) : sending.then(state, "lost"));
    }
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "test")) {
      changes.forEach(outbox::add);
      outbox.write();
    }
  }

  static OutgoingStatement issue(String team, List<Statement> parts) {
    return new OutgoingStatement(
        MONTH + "/" + team,
        team,
        StatementStatus.numbered(7, 1, LocalDate.parse("2026-10-02")),
        parts,
        () -> ("%PDF-1.7 of " + team).getBytes(StandardCharsets.UTF_8));
  }

  static Statement statement(
      String team, String name, String currency, String total, String previous) {
    return statement(team, name, currency, total, previous, null);
  }

  static Statement statement(
      String team,
      String name,
      String currency,
      String total,
      String previous,
      Statement.Conversion converted) {
    Statement.Head head =
        new Statement.Head(
            MONTH.atDay(1),
            Statement.Receiver.team(team, name),
            currency,
            "4410",
            "Example Company",
            "finops@example.com",
            LocalDate.parse("2026-10-15"),
            MONTH.atEndOfMonth(),
            new BigDecimal(total),
            previous == null ? null : new BigDecimal(previous),
            new BigDecimal(total),
            new BigDecimal("80.00"),
            converted);
    List<PrintedRow> lines = new ArrayList<>();
    BigDecimal rest = new BigDecimal(total).subtract(new BigDecimal("400"));
    lines.add(line("bridge", "direct", rest, "800.00"));
    lines.add(line("bridge", "shared", new BigDecimal("300.00"), "100.00"));
    lines.add(line("bridge", "idle", new BigDecimal("100.00"), "100.00"));
    lines.add(line("project", name + " project", new BigDecimal("900.00"), "850.00"));
    lines.add(line("project", null, new BigDecimal("90.00"), "50.00"));
    List<PrintedRow> actions = List.of(lost(head, team, "95.00"), notebook(head, team, "90.00"));
    return Rows.statement(head, Map.of("lines", lines, "actions", actions));
  }

  private static PrintedRow lost(Statement.Head head, String team, String saved) {
    return Rows.row(
        "actions",
        "line_id",
        head.number() + "/do-01",
        "action",
        "lost_training",
        "owner_id",
        team,
        "item_name",
        "train-7",
        "saved_ratio",
        new BigDecimal("0.125"),
        "saved_shown",
        new BigDecimal(saved));
  }

  private static PrintedRow notebook(Statement.Head head, String team, String saved) {
    return Rows.row(
        "actions",
        "line_id",
        head.number() + "/do-02",
        "action",
        "notebook_off_hours",
        "owner_id",
        team,
        "item_name",
        "lab",
        "quantity",
        new BigDecimal("12.5"),
        "saved_shown",
        new BigDecimal(saved));
  }

  private static PrintedRow line(String breakdown, String name, BigDecimal cost, String previous) {
    return Rows.row(
        "lines",
        "breakdown",
        breakdown,
        "name",
        name,
        "members",
        1,
        "cost_shown",
        cost,
        "previous_shown",
        new BigDecimal(previous),
        "share_ratio",
        FigureFormat.ratio(cost, new BigDecimal("1200.50")));
  }
}
