package costlake.report;

import static costlake.report.InvoiceSamples.AMAZON;
import static costlake.report.InvoiceSamples.billed;
import static costlake.report.InvoiceSamples.head;
import static costlake.report.InvoiceSamples.issuer;
import static costlake.report.InvoiceSamples.line;
import static costlake.report.InvoiceSamples.step;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How the second page leads from the invoices to the total. */
class InvoiceBridgeTest {
  private static final Pattern ROW = Pattern.compile("(?s)<tr[ >].*?</tr>");
  private static final Pattern CELL = Pattern.compile("(?s)<td[^>]*>(.*?)</td>");
  private static final LocalDate AUGUST = LocalDate.parse("2026-08-01");
  private static final Statement.Head COMPANY = InvoiceSamples.company().head();

  private static String web(Statement statement, Locale locale) {
    return new Pages(StatementPages.embedded(), locale)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  /** Returns the table that begins below a heading, as rows of cells that bars separate. */
  private static List<String> rows(Statement statement, Locale locale, String heading) {
    String html = web(statement, locale);
    int begin = html.indexOf("<h2>" + heading);
    assertThat(begin).as(heading).isPositive();
    String table = html.substring(html.indexOf("<tbody>", begin), html.indexOf("</table>", begin));
    return ROW.matcher(table).results().map(row -> cells(row.group())).toList();
  }

  private static List<String> rows(Statement statement) {
    return rows(statement, Locale.US, "From the invoices to the total");
  }

  private static String cells(String row) {
    return CELL.matcher(row)
        .results()
        .map((MatchResult cell) -> cell.group(1).replaceAll("<[^>]*>", "").strip())
        .collect(Collectors.joining(" | "));
  }

  @Test
  void theCompanyHasItsInvoicesTheStepsAndTheTotalOfTheStatement() {
    assertThat(rows(InvoiceSamples.company()))
        .containsExactly(
            "Amazon Web Services, Inc. 2037621023 | 163,558.85 | in-01",
            "Microsoft INV-2026-09-725919 | 27,522.30 | in-02",
            "Google Cloud no number in the bill | 15,863.33 | in-03",
            "Amazon Web Services, Inc. MP2037621023 | 4,200.00 | in-04",
            "Billed | 211,144.48 | ",
            "Reserved Instance, p4d.24xlarge, us-east-1 used and unused, less recurring fees |"
                + " +6,120.00 | in-05",
            "Total, amortised | 217,264.48 | ");
  }

  @Test
  void anInvoiceWhoseAmountIsKnownHasItAndTheDifferenceBesideIt() {
    Statement.Head head = head(COMPANY, "15.00", "15.00");
    PrintedRow stated =
        EventSamples.with(
            billed(head, 1, AMAZON, "1", "10.00"),
            "invoice_amount",
            new BigDecimal("10.250000000000000000000"),
            "invoice_difference",
            new BigDecimal("0.250000000000000000000"));
    assertThat(rows(InvoiceSamples.of(head, stated, billed(head, 2, AMAZON, "2", "5.00"))))
        .containsExactly(
            "Amazon Web Services, Inc. 1 states 10.25; difference +0.25 | 10.00 | in-01",
            "Amazon Web Services, Inc. 2 | 5.00 | in-02",
            "Total, amortised | 15.00 | ");
  }

  /** The invoice states 10.004 and 5.004: the lines to the cent would miss a cent of the total. */
  @Test
  void aCentThatIsNotWhereTheInvoiceHasItIsSaid() {
    Statement.Head head = head(COMPANY, "15.01", "15.01");
    PrintedRow first =
        EventSamples.with(
            billed(head, 1, AMAZON, "1", "10.01"),
            "invoice_amount",
            new BigDecimal("10.004"),
            "invoice_difference",
            BigDecimal.ZERO);
    PrintedRow second = agreed(billed(head, 2, AMAZON, "2", "5.00"));
    assertThat(rows(InvoiceSamples.of(head, first, second)))
        .endsWith(
            "Total, amortised as the invoices state; a cent was moved so that the lines add up"
                + " | 15.01 | ");
  }

  @Test
  void invoicesThatAgreeAreSaidOnceToAgree() {
    Statement.Head head = head(COMPANY, "18.00", "15.00");
    PrintedRow first = agreed(billed(head, 1, AMAZON, "1", "10.00"));
    PrintedRow second = billed(head, 2, AMAZON, "2", "5.00");
    PrintedRow step = step(head, 3, "upfront_fee", "ri/1", "Reserved Instance", "3.00");
    assertThat(rows(InvoiceSamples.of(head, first, agreed(second), step)))
        .startsWith(
            "Amazon Web Services, Inc. 1 | 10.00 | in-01",
            "Amazon Web Services, Inc. 2 | 5.00 | in-02",
            "Billed as the invoices state | 15.00 | ");
    assertThat(rows(InvoiceSamples.of(head, first, second, step))).contains("Billed | 15.00 | ");
  }

  private static PrintedRow agreed(PrintedRow invoice) {
    return EventSamples.with(
        invoice,
        "invoice_amount",
        invoice.decimal("cost_shown"),
        "invoice_difference",
        new BigDecimal("0.000000000000000000000"));
  }

  @Test
  void aTeamHasALineForEachIssuer() {
    assertThat(rows(InvoiceSamples.team()))
        .containsExactly(
            "Amazon Web Services, Inc. 2 invoices | 400,000.00 | in-01",
            "Billed | 400,000.00 | ",
            "3 year Compute Savings Plan used and unused, less recurring fees | +12,807.14 |"
                + " in-02",
            "Total, amortised | 412,807.14 | ");
    assertThat(web(InvoiceSamples.team(), Locale.US))
        .contains("Use of commitments counts for who used them");
    assertThat(web(InvoiceSamples.company(), Locale.US))
        .doesNotContain("Use of commitments counts for who used them");
  }

  @Test
  void withoutStepsTheBilledCostIsTheTotalAndIsSaidOnce() {
    Statement.Head head = head(COMPANY, "3.00", "3.00");
    assertThat(rows(InvoiceSamples.of(head, issuer(head, 1, AMAZON, 1, "3.00"))))
        .containsExactly("Amazon Web Services, Inc. | 3.00 | in-01", "Total, amortised | 3.00 | ");
  }

  @Test
  void everyStepIsNamed() {
    Statement.Head head = head(COMPANY, "10.00", "1195.50");
    assertThat(
            rows(
                InvoiceSamples.of(
                    head,
                    billed(head, 1, AMAZON, "1", "1205.00"),
                    EventSamples.with(
                        line(head, 2, "invoice", true, "-10.00"), "members", 2, "invoices", 2),
                    corrected(line(head, 3, "billed_correction", true, "0.50")),
                    step(head, 4, "upfront_fee", "ri/1", "Reserved Instance", "-1200.00"),
                    EventSamples.with(line(head, 5, "commitment", false, "9.00"), "members", 3),
                    line(head, 6, "purchase", false, "-365.00"),
                    line(head, 7, "purchase_part", false, "380.00"),
                    EventSamples.with(line(head, 8, "other", false, "-3.00"), "category", "Credit"),
                    EventSamples.with(line(head, 9, "other", false, "-5.00"), "category", "Usage"),
                    corrected(line(head, 10, "correction", false, "-1.50")),
                    line(head, 11, "correction", false, "0.00"))))
        .containsExactly(
            "Amazon Web Services, Inc. 1 | 1,205.00 | in-01",
            "Everything else (2) 2 invoices | −10.00 | in-02",
            "Correction of August 2026 billed cost | 0.50 | in-03",
            "Billed | 1,195.50 | ",
            "Reserved Instance paid upfront, counts over its term | −1,200.00 | in-04",
            "Everything else (3) used and unused, less recurring fees | +9.00 | in-05",
            "Other purchases count in the time that they are for | −365.00 | in-06",
            "Other purchases the part of this month | +380.00 | in-07",
            "Credits amortised less billed cost | −3.00 | in-08",
            "Other charges amortised less billed cost | −5.00 | in-09",
            "Correction of August 2026 amortised less billed cost | −1.50 | in-10",
            "Changed after the close amortised less billed cost | 0.00 | in-11",
            "Total, amortised | 10.00 | ");
  }

  private static PrintedRow corrected(PrintedRow line) {
    return EventSamples.with(line, "correction_of_month", AUGUST);
  }

  @Test
  void isGermanForGermanReaders() {
    assertThat(rows(InvoiceSamples.company(), Locale.GERMANY, "Von den Rechnungen zur Summe"))
        .contains(
            "Google Cloud ohne Nummer in der Abrechnung | 15.863,33 | in-03",
            "Berechnet | 211.144,48 | ",
            "Summe, amortisiert | 217.264,48 | ");
  }

  @Test
  void aMonthWithoutInvoicesHasNoBridge() {
    assertThat(web(Samples.company(), Locale.US)).doesNotContain("From the invoices to the total");
  }

  @Test
  void theFirstPageHasAPlaceForTheBudgetBesideWhatWasBilled() {
    assertThat(web(InvoiceSamples.company(), Locale.US))
        .contains(
            "<div class=\"label\">Billed, September 2026</div><div"
                + " class=\"figure\">211,144.48</div><div class=\"label\">no budget set</div>");
  }
}
