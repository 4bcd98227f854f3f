package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.config.UserMapping;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.land.Landing;
import costlake.testing.Duck;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converts the examples of docs/mappings.md. The expected figures are computed by hand. */
class MappingExamplesTest {
  private static final Path EXAMPLES = Path.of("docs/examples");

  @TempDir Path dir;

  private ConvertReport convert(Path file, Path mapping) {
    Config config = Landing.mapped(Config.defaults(dir.resolve("conf")), UserMapping.read(mapping));
    return Convert.run(
        SparkHarness.spark().newSession(),
        config,
        new ConvertRequest(
            List.of(file),
            Optional.of(UserMapping.kind()),
            dir,
            ConvertRequest.Format.PARQUET,
            FocusVersion.V1_4),
        Progress.SILENT);
  }

  private ConvertReport convert(String file, String mapping) {
    return convert(EXAMPLES.resolve(file), EXAMPLES.resolve(mapping));
  }

  private List<String> charges(String columns) {
    return Duck.rows(
        "select concat_ws(' ', %s) from %s order by x_ChargeId"
            .formatted(columns, Duck.parquet(dir.resolve("cost_and_usage"))));
  }

  private static String money(String column) {
    return "cast(" + column + " as decimal(18,2))";
  }

  @Test
  void anInvoiceOfACloud() {
    ConvertReport report = convert("gpu-cloud.csv", "gpu-cloud.yml");
    report.requireTied();
    report.requireWhole();
    // 34,444.80 + 232.88 + 400.00 - 500.00, as the line with the total says.
    assertThat(report.money()).hasSize(1);
    assertThat(report.money().get(0).out()).isEqualByComparingTo("34577.68");
    assertThat(report.rowsIn()).isEqualTo(5);
    assertThat(report.rowsOut()).isEqualTo(4);
    assertThat(report.notices())
        .containsExactly(
            "bill of 2026-09: 1 row with a cost of 34577.68 left out by 'skip 1' of the mapping");
    assertThat(
            charges(
                "x_SourceRow, ChargeCategory, ServiceName, "
                    + money("BilledCost")
                    + ", "
                    + money("PricingQuantity")
                    + ", cast(ChargePeriodEnd as date), Tags"))
        .containsExactly(
            "2 Usage Machines 34444.80 1440.00 2026-10-01 {\"team\":\"search\",\"gpu\":\"H100\"}",
            "3 Usage Machines 232.88 310.50 2026-10-01 {\"team\":\"vision\",\"gpu\":\"A10\"}",
            "4 Usage Storage 400.00 2026-10-01 {\"team\":\"search\"}",
            "5 Credit Machines -500.00 2026-10-01");
  }

  @Test
  void anExportOfUsageWithARateCard() {
    ConvertReport report = convert("gpu-usage.jsonl", "gpu-usage.yml");
    report.requireTied();
    report.requireWhole();
    // 3 h at 2.49; 100 min at 2.29, the price from the 15th; 24 h at 1.19, the price in eu; 1 h
    // at 1.29.
    assertThat(charges("x_SourceRow, ResourceId, BilledCost, ContractedUnitPrice, Tags"))
        .containsExactly(
            "1 train-7 7.470000000000000000000 2.490000000000000000000"
                + " {\"team\":\"search\",\"env\":\"prod\"}",
            "2 train-8 3.816666666666666666667 2.290000000000000000000"
                + " {\"team\":\"search\",\"env\":\"dev\"}",
            "3 serve-1 28.560000000000000000000 1.190000000000000000000 {\"team\":\"vision\"}",
            "4 serve-1 1.290000000000000000000 1.290000000000000000000 {\"team\":\"vision\"}");
  }

  @Test
  void invoicesSpreadOverTheirMonths() {
    ConvertReport report = convert("invoices.csv", "invoices.yml");
    report.requireTied();
    report.requireWhole();
    assertThat(report.money().get(0).out()).isEqualByComparingTo("16345");
    assertThat(report.rowsOut()).isEqualTo(16);
    // The licence costs 33.00 on each of 365 days: 15 of September 2026, 28 of February
    // 2027, 15 of September 2027.
    assertThat(
            Duck.rows(
                """
                select concat_ws(' ', ServiceName, cast(BillingPeriodStart as date), %s, %s)
                from %s
                where ServiceName = 'Colocation' or BillingPeriodStart in ('2026-09-01', '2027-02-01', '2027-09-01')
                order by x_ChargeId"""
                    .formatted(
                        money("BilledCost"),
                        money("EffectiveCost"),
                        Duck.parquet(dir.resolve("cost_and_usage")))))
        .containsExactly(
            "Data Labelling 2026-09-01 12045.00 0.00",
            "Data Labelling 2026-09-01 0.00 495.00",
            "Data Labelling 2027-02-01 0.00 924.00",
            "Data Labelling 2027-09-01 0.00 495.00",
            "Colocation 2026-09-01 4300.00 0.00",
            "Colocation 2026-09-01 0.00 4300.00");
    assertThat(
            Duck.rows(
                "select cast(sum(EffectiveCost) as decimal(18,2)) from "
                    + Duck.parquet(dir.resolve("cost_and_usage"))))
        .containsExactly("16345");
  }

  @Test
  void thePageShowsTheMappingsAsTheyAre() throws IOException {
    String page = Files.readString(Path.of("docs/mappings.md"));
    for (String mapping : List.of("gpu-cloud.yml", "gpu-usage.yml", "invoices.yml")) {
      assertThat(page).contains(Files.readString(EXAMPLES.resolve(mapping)).indent(4));
    }
    for (String table : List.of("gpu-usage-prices.csv", "invoices.csv")) {
      assertThat(page).contains(Files.readString(EXAMPLES.resolve(table)).indent(4));
    }
  }

  @Test
  void aRowThatDoesNotFitIsListedWithTheReason() throws IOException {
    Path file = dir.resolve("usage.jsonl");
    String usage = Files.readString(EXAMPLES.resolve("gpu-usage.jsonl"));
    Files.writeString(
        file,
        usage.replace(
            "\"model\":\"A100\"},\"region\":\"us\"", "\"model\":\"L40S\"},\"region\":\"us\""));
    ConvertReport report = convert(file, EXAMPLES.resolve("gpu-usage.yml"));
    assertThat(report.rowsOut()).isEqualTo(3);
    assertThat(report.rejects()).hasSize(1);
    assertThat(report.rejects().get(0).row()).isEqualTo(4);
    assertThat(report.rejects().get(0).reason())
        .isEqualTo("no price of unit 'GPU Hours' is for this row on 2026-09-16");
    assertThatThrownBy(report::requireWhole)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot convert 1 of 4 rows");
  }

  @Test
  void aColumnThatTheFileLacksIsNamedBeforeAnythingIsWritten() throws IOException {
    Path mapping = dir.resolve("gpu-cloud.yml");
    Files.writeString(
        mapping,
        Files.readString(EXAMPLES.resolve("gpu-cloud.yml"))
            .replace("BilledCost: Amount", "BilledCost: Amounts"));
    assertThatThrownBy(() -> convert(EXAMPLES.resolve("gpu-cloud.csv"), mapping))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("as an invoice of GPU Cloud: it has no column 'Amounts'")
        .hasMessageContaining("Did you mean 'Amount'?");
    assertThat(dir.resolve("cost_and_usage")).doesNotExist();
  }
}
