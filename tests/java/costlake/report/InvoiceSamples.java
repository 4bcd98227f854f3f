package costlake.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Statements whose invoices lead to their total, written by hand. */
final class InvoiceSamples {
  static final String AMAZON = "Amazon Web Services, Inc.";
  static final String RESERVATION = "Reserved Instance, p4d.24xlarge, us-east-1";

  private InvoiceSamples() {}

  /** Returns the statement of the company of the sample data, which was billed 6,120.00 less. */
  static Statement company() {
    Statement.Head head = head(Samples.company().head(), "217264.48", "211144.48");
    return Rows.with(
        new Statement(head, Samples.company().tables()),
        "invoices",
        billed(head, 1, AMAZON, "2037621023", "163558.85"),
        billed(head, 2, "Microsoft", "INV-2026-09-725919", "27522.30"),
        billed(head, 3, "Google Cloud", null, "15863.33"),
        billed(head, 4, AMAZON, "MP2037621023", "4200.00"),
        step(head, 5, "commitment", "ri/1", RESERVATION, "6120.00"));
  }

  /** Returns the statement of a team that uses a commitment of another team. */
  static Statement team() {
    Statement team = Samples.plausible();
    Statement.Head head = head(team.head(), "412807.14", "400000.00");
    return Rows.with(
        new Statement(head, team.tables()),
        "invoices",
        issuer(head, 1, AMAZON, 2, "400000.00"),
        step(head, 2, "commitment", "sp/1", CommitmentSamples.PLAN, "12807.14"));
  }

  /** Returns a statement without other rows. */
  static Statement of(Statement.Head head, PrintedRow... rows) {
    return Rows.with(new Statement(head, Samples.company().tables()), "invoices", rows);
  }

  /** Returns the head with another total and billed cost. */
  static Statement.Head head(Statement.Head head, String total, String billed) {
    return new Statement.Head(
        head.month(),
        head.receiver(),
        head.currency(),
        head.costCentre(),
        head.company(),
        head.contact(),
        head.disputeUntil(),
        head.billedUntil(),
        new BigDecimal(total),
        head.previous(),
        new BigDecimal(billed),
        head.workloadIdle(),
        head.converted());
  }

  /** Returns one invoice. */
  static PrintedRow billed(
      Statement.Head head, int position, String issuer, @Nullable String invoice, String cost) {
    return EventSamples.with(
        line(head, position, "invoice", true, cost),
        "invoice_issuer",
        issuer,
        "invoice_id",
        invoice,
        "invoices",
        1);
  }

  /** Returns what an issuer billed. */
  static PrintedRow issuer(
      Statement.Head head, int position, String issuer, int invoices, String cost) {
    return EventSamples.with(
        line(head, position, "issuer", true, cost), "invoice_issuer", issuer, "invoices", invoices);
  }

  /** Returns a step about a commitment. */
  static PrintedRow step(
      Statement.Head head, int position, String step, String id, String name, String cost) {
    return EventSamples.with(
        line(head, position, step, false, cost), "commitment_id", id, "commitment_name", name);
  }

  /** Returns a line without names. */
  static PrintedRow line(
      Statement.Head head, int position, String breakdown, boolean billed, String cost) {
    return Rows.row(
        "invoices",
        "breakdown",
        breakdown,
        "position",
        position,
        "line_id",
        head.number() + "/in-%02d".formatted(position),
        "is_billed",
        billed,
        "members",
        1,
        "cost_shown",
        new BigDecimal(cost));
  }
}
