package costlake.explain;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.Functions;
import costlake.explain.LineAudit.Difference;
import costlake.report.StatementPages;
import costlake.testing.CatalogViews;
import costlake.testing.SparkHarness;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines that lead from invoices to the total, against the charges that the page names. */
class InvoiceLinesTest {
  private static final StatementPages PAGES =
      StatementPages.of(
          new TreeMap<>(
              Map.of(
                  "summary.yml",
                  PrintedLinesTest.without(
                      "  lines:", "  invoices:", PrintedLinesTest.resource("pages/summary")))));

  private final SparkSession spark = SparkHarness.spark();
  private final CatalogViews views = new CatalogViews(spark);

  /** The team platform buys a reservation, which search uses. */
  @BeforeEach
  void createCharges() {
    Functions.register(spark);
    views.create(
        "economics.invoice_charges",
        """
        select date'2026-09-01' as x_BillingMonth, 'USD' as BillingCurrency, team as x_TeamId, cast(null as string) as x_ProjectId,
            issuer as InvoiceIssuerName, invoice as InvoiceId, 'Amazon EC2' as ServiceName, category as ChargeCategory,
            if(category = 'Purchase', 'One-Time', 'Usage-Based') as ChargeFrequency, commitment as CommitmentDiscountId,
            status as CommitmentDiscountStatus, step as bridge_step, cast(billed as decimal(38, 21)) as BilledCost,
            cast(effective as decimal(38, 21)) as EffectiveCost
        from values ('platform', 'AWS', '1', 'Purchase', 'ri/1', null, 'upfront_fee', 1200bd, 0bd),
            ('platform', 'AWS', '1', 'Usage', 'ri/1', 'Unused', 'commitment', 0bd, 10bd),
            ('search', 'AWS', '1', 'Usage', 'ri/1', 'Used', 'commitment', 0bd, 90bd),
            ('search', 'AWS', null, 'Usage', null, null, null, 7bd, 7bd),
            ('search', 'Microsoft', 'a', 'Usage', null, null, null, 3bd, 3bd),
            ('search', 'Google', 'b', 'Usage', null, null, null, 2bd, 2bd),
            ('search', 'Labelwerk', 'R-77', 'Usage', null, null, 'purchase_part', 0bd, 15bd),
            ('search', 'AWS', '1', 'Credit', null, null, 'other', 0bd, -2bd)
            as charges (team, issuer, invoice, category, commitment, status, step, billed, effective)
        """);
    views.create(
        "reporting.statements",
        """
        select date'2026-09-01' as billing_month, 'USD' as billing_currency, kind as receiver_kind, id as receiver_id,
            if(kind = 'team', id, null) as team_id, cast(null as string) as cost_centre
        from values ('team', 'search'), ('company', 'company.all') as statements (kind, id)
        """);
    views.create(
        "reporting.statement_lines",
        "select date'2026-09-01' as billing_month, 'USD' as billing_currency, 'company.all' as"
            + " receiver_id, cast(null as date) as correction_of_month");
    createLines("100bd");
  }

  private void createLines(String commitmentOfCompany) {
    views.create(
        "reporting.statement_invoices",
        """
        select date'2026-09-01' as billing_month, 'USD' as billing_currency, if(receiver = 'company.all', 'company', 'team') as receiver_kind,
            receiver as receiver_id, if(receiver = 'company.all', null, receiver) as team_id, concat(receiver, '/', place) as line_id,
            breakdown, breakdown in ('invoice', 'issuer') as is_billed, issuer as invoice_issuer, invoice as invoice_id,
            commitment as commitment_id, commitment as commitment_name, category, cast(null as date) as correction_of_month, members,
            cast(cost as decimal(38, 21)) as cost, cast(cost as decimal(38, 2)) as cost_shown
        from values ('company.all', 1, 'invoice', 'AWS', '1', null, null, 1, 1200bd),
            ('company.all', 2, 'invoice', 'AWS', null, null, null, 1, 7bd), ('company.all', 3, 'invoice', null, null, null, null, 2, 5bd),
            ('company.all', 4, 'upfront_fee', null, null, 'ri/1', null, 1, -1200bd),
            ('company.all', 5, 'commitment', null, null, 'ri/1', null, 1, %s),
            ('company.all', 6, 'purchase_part', null, null, null, null, 1, 15bd), ('company.all', 7, 'other', null, null, null, 'Credit', 1, -2bd),
            ('search', 1, 'issuer', 'AWS', null, null, null, 1, 7bd), ('search', 2, 'issuer', 'Microsoft', null, null, null, 1, 3bd),
            ('search', 3, 'issuer', 'Google', null, null, null, 1, 2bd), ('search', 4, 'commitment', null, null, 'ri/1', null, 1, 90bd),
            ('search', 5, 'purchase_part', null, null, null, null, 1, 15bd), ('search', 6, 'other', null, null, null, 'Credit', 1, -2bd)
            as lines (receiver, place, breakdown, issuer, invoice, commitment, category, members, cost)
        """
            .formatted(commitmentOfCompany));
  }

  @AfterEach
  void dropViews() {
    views.close();
  }

  private List<String> wrong() {
    return LineAudit.differences(spark, lit(true), PAGES).stream().map(Difference::shown).toList();
  }

  @Test
  void everyLineIsTheSumOfWhatItsChargesWereBilledOrOfTheirStep() {
    assertThat(wrong()).isEmpty();
    createLines("100.000000000000000000001");
    assertThat(wrong())
        .containsExactly(
            "company.all/5 states 100.000000000000000000001, and what it sums adds up to 100");
  }

  @Test
  void aLineIsExplainedByItsKindsOfCharges() {
    PrintedLines lines = new PrintedLines(PAGES);
    Dataset<Row> found = lines.explainedBySums(spark);
    assertThat(texts(found.selectExpr("concat_ws(': ', line_id, label)")))
        .contains(
            "company.all/1: billed by AWS, invoice 1",
            "company.all/2: billed by AWS, without the number of an invoice",
            "company.all/3: invoice: the other 2",
            "company.all/4: upfront fee of ri/1",
            "company.all/5: used and unused, less recurring fees, of ri/1",
            "company.all/7: credit: amortised less billed cost",
            "search/1: billed by AWS")
        .hasSize(13);
    assertThat(
            texts(
                lines
                    .steps(spark, found.collectAsList())
                    .orElseThrow()
                    .where("line_id in ('company.all/3', 'company.all/4', 'company.all/5')")
                    .orderBy("line_id", "position")
                    .selectExpr("concat_ws(' | ', line_id, label, cast(cost as decimal(9, 2)))")))
        .containsExactly(
            "company.all/3 | Amazon EC2, usage | 5.00",
            "company.all/4 | Amazon EC2, purchase, one-time | -1200.00",
            "company.all/5 | Amazon EC2, usage, used | 90.00",
            "company.all/5 | Amazon EC2, usage, unused | 10.00");
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
  }
}
