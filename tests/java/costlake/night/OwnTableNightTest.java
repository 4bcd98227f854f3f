package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.close.IssuedStatements;
import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.OwnFiles;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import costlake.lake.TableName;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adds a page with a table of its own as a user does: files in the configuration folder. */
@Tag("night")
class OwnTableNightTest {
  private static final TableName TABLE = TableName.parse("reporting.statement_products");
  private static final String SENT = "2026-09/search/USD/1";
  private static final String ROWS =
      "select concat_ws(' ', line_id, product, product_shown) from reporting.statement_products"
          + " where team_id = 'search' order by 1";
  private static final String PAGE =
      """
      title: Products
      place: 65
      appears: s.rows("products") is not empty
      tables:
        products:
          table: statement_products
          sheet: 100
          lines:
            meaning: Cost of each product
            of: economics.receiver_costs
            row: {product: service}
            sums: {cost: effective_cost}
            order: cost desc, product
            letter: acme
            columns:
              - {name: product, type: string, meaning: The product}
              - {name: cost, type: 'decimal(38,21)', nullable: false, meaning: Its cost, unit: billing_currency}
              - {name: product_shown, as: 'round(cost, 2)', meaning: Its cost to the cent, unit: billing_currency}
          explain:
            subject: product
            label: concat('product ', product)
            cost: cost
            shown: product_shown
            sums:
              of: allocation.allocated_charges
              names: {product: ServiceName}
      """;
  private static final String TEMPLATE =
      """
      <h1 id="{{ page.id }}">{{ t("Products") }}</h1>
      {% for p in s.rows("products") %}<p>{{ p.product }} {{ p.product_shown | money }}</p>{% endfor %}
      """;

  @TempDir Path folder;

  private final @Nullable String before = System.getProperty(OwnFiles.PROPERTY);

  @AfterEach
  void forgetFolder() {
    if (before == null) {
      System.clearProperty(OwnFiles.PROPERTY);
    } else {
      System.setProperty(OwnFiles.PROPERTY, before);
    }
  }

  @Test
  void aNightBuildsItAndClosedMonthsStayAsTheyWereSent() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliver("20");
    company.deliverMonth("2026-10");
    company.night();
    MonthClose.of(company.config(), company.lake(), BillingPeriod.parse("2026-09"), Instant.now())
        .close(List.of(), "tester");
    byte[] sent = IssuedStatements.of(company.lake(), SENT).pdf();

    addPage(company, PAGE);
    company.night();
    List<String> rows = company.ask(ROWS);
    assertThat(rows).isNotEmpty().anyMatch(row -> row.startsWith("2026-10/search/USD/acme-01 "));
    assertThat(october(company)).contains(">Products</h1>");
    ExplanationStep line = company.explain("2026-10/search/USD/acme-01", Subject.ANY);
    assertThat(line.text()).contains("product ");
    assertThat(line.addsUp()).as(line.text()).isTrue();
    assertThat(IssuedStatements.of(company.lake(), SENT).pdf()).isEqualTo(sent);

    addPage(company, PAGE.replace("'round(cost, 2)'", "'ceil(cost, -2)'"));
    company.night();
    assertThat(company.ask(ROWS))
        .hasSameSizeAs(rows)
        .as("rounded up by the page that was edited")
        .allMatch(row -> row.endsWith("00.00"));

    System.setProperty(OwnFiles.PROPERTY, folder.resolve("none").toString());
    company.night();
    assertThat(company.lake().exists(TABLE)).isFalse();
  }

  private static void addPage(TinyCompany company, String page) {
    company.write("conf/reports/pages/products.yml", page);
    company.write("conf/reports/pages/products.peb", TEMPLATE);
    OwnFiles.use(company.conf());
  }

  private static String october(TinyCompany company) throws IOException {
    List<Path> files =
        new Statements(Locale.US)
            .of(
                company.reporting(),
                YearMonth.of(2026, 10),
                Optional.of("search"),
                team -> StatementStatus.preliminary(1))
            .get(0)
            .write(company.file("out"));
    return Files.readString(files.get(0));
  }
}
