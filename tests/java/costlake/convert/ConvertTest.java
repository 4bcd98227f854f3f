package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.Duck;
import costlake.testing.Footers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertTest {
  @TempDir private Path dir;

  @Test
  void writesEveryLineAndTheUnusedPartOfEachFee() throws IOException {
    ConvertReport report = Conversions.parquet(dir, Conversions.EVERY_LINE_TYPE);
    assertThat(report.rowsIn()).isEqualTo(25);
    assertThat(report.rowsOut()).isEqualTo(28);
    assertThat(report.money()).hasSize(1);
    assertThat(report.money().get(0).out()).isEqualByComparingTo("10083.8510000000999999");
    assertThat(report.money().get(0).tied()).isTrue();
    assertThat(report.rejects()).isEmpty();
    assertThat(report.changes())
        .containsEntry("unused_part_split_from_fee", 3L)
        .containsEntry("netting_residual_kept", 2L)
        .containsEntry("split_cost_stays_with_parent", 1L)
        .containsEntry("service_unknown", 1L);
    try (Stream<Path> files = Files.list(dir.resolve("cost_and_usage"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .allMatch(name -> name.endsWith(".parquet"));
    }
    assertThat(dir.resolve(".cost_and_usage.partial")).doesNotExist();
    report.requireTied();
  }

  @Test
  void writesNoStatisticsForMapEntries() throws IOException {
    Conversions.parquet(dir, Conversions.EVERY_LINE_TYPE);
    Map<String, ColumnChunkMetaData> columns = Footers.columns(dir, "cost_and_usage");
    assertThat(columns.get("x_SourceColumns.key_value.key").getStatistics().hasNonNullValue())
        .isFalse();
    assertThat(columns.get("x_ChargeId").getStatistics().hasNonNullValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "V1_2, 57, PublisherName, HostProviderName",
    "V1_3, 65, HostProviderName, InvoiceDetailId",
    "V1_4, 65, InvoiceDetailId, PublisherName"
  })
  void writesTheColumnsOfAVersion(
      FocusVersion version, int columns, String present, String absent) {
    ConvertReport report = Conversions.parquet(dir, version, Conversions.EVERY_LINE_TYPE);
    assertThat(report.money().get(0).out()).isEqualByComparingTo("10083.8510000000999999");
    List<String> names =
        Duck.rows(
            "select column_name from (describe select * from %s) where column_name not like 'x\\_%%' escape '\\'"
                .formatted(Duck.parquet(dir.resolve("cost_and_usage"))));
    assertThat(names).hasSize(columns);
    assertThat(String.join(" ", names)).contains(present).doesNotContain(absent);
  }

  @Test
  void refusesAVersionThatIsNotWritten() {
    assertThatThrownBy(() -> FocusVersion.of("1.1"))
        .isInstanceOf(Failure.class)
        .hasMessage("Cannot write FOCUS 1.1. Versions that can be written: 1.2, 1.3, 1.4");
  }

  @Test
  void writesOneCsvFileThatAnotherEngineReadsBackToTheSameCharges() {
    Conversions.parquet(dir.resolve("p"), Conversions.EVERY_LINE_TYPE);
    ConvertReport report = Conversions.csv(dir.resolve("c"), Conversions.EVERY_LINE_TYPE);
    assertThat(report.output()).isEqualTo(dir.resolve("c").resolve("cost_and_usage.csv"));
    assertThat(report.money().get(0).out()).isEqualByComparingTo("10083.8510000000999999");
    String columns =
        """
        select x_ChargeId, cast(BilledCost as decimal(38,21)), cast(EffectiveCost as decimal(38,21)),
          cast(ListCost as decimal(38,21)), cast(PricingQuantity as decimal(38,21)), ServiceName, Tags,
          cast(ChargePeriodStart as timestamp) from %s order by x_ChargeId
        """;
    List<String> asParquet =
        Duck.rows(
            "select * replace (strptime(strftime(c7, '%Y-%m-%d %H:%M:%S'), '%Y-%m-%d %H:%M:%S') as"
                + " c7) from ("
                + columns
                    .formatted(Duck.parquet(dir.resolve("p/cost_and_usage")))
                    .replace("cast(ChargePeriodStart as timestamp)", "ChargePeriodStart as c7")
                + ") order by 1");
    List<String> asCsv =
        Duck.rows(
            columns
                .formatted(Duck.csv(dir.resolve("c/cost_and_usage.csv")))
                .replace(
                    "cast(ChargePeriodStart as timestamp)",
                    "strptime(ChargePeriodStart, '%Y-%m-%dT%H:%M:%SZ') as c7"));
    assertThat(asCsv).hasSize(28).isEqualTo(asParquet);
  }

  @Test
  void pricesALineWithAllColumnsOfAPriceOrNone() {
    Conversions.parquet(dir, Conversions.EVERY_LINE_TYPE);
    String charges = Duck.parquet(dir.resolve("cost_and_usage"));
    String price =
        "ListUnitPrice, ContractedUnitPrice, PricingQuantity, PricingUnit, PricingCategory, SkuId";
    assertThat(
            Duck.rows(
                "select SkuPriceId is not null, count(*) from (select *, len(list_filter(["
                    + price.replaceAll("(\\w+)", "cast($1 as varchar)")
                    + "], lambda x: x is not null)) as known from "
                    + charges
                    + ") where known = if(SkuPriceId is null, 0, 6) group by all order by all"))
        .containsExactly("false | 9", "true | 19");
    assertThat(
            Duck.rows(
                ("select x_ChargeId from %s where abs(cast(ListUnitPrice as double) *"
                        + " cast(PricingQuantity as double) - cast(ListCost as double)) > 1e-9 or"
                        + " abs(cast(ContractedUnitPrice as double) * cast(PricingQuantity as double)"
                        + " - cast(ContractedCost as double)) > 1e-9")
                    .formatted(charges)))
        .isEmpty();
    assertThat(
            Duck.rows(
                "select count(*) from "
                    + charges
                    + " where PricingCurrencyEffectiveCost is distinct from EffectiveCost"
                    + " or ChargeCategory <> 'Adjustment' and CommitmentDiscountId is not null"
                    + " and CommitmentDiscountQuantity is null"))
        .containsExactly("0");
  }

  @Test
  void keepsFractionsOfASecondInCsv() throws IOException {
    List<String> bill = Files.readAllLines(Conversions.EVERY_LINE_TYPE);
    String usage = bill.get(1).replace("2026-09-01T01:00:00Z", "2026-09-01T00:59:59.125Z");
    Path odd = Files.writeString(dir.resolve("odd.csv"), bill.get(0) + "\n" + usage + "\n");
    Conversions.csv(dir.resolve("out"), odd);
    assertThat(
            Duck.rows(
                "select ChargePeriodStart, ChargePeriodEnd from "
                    + Duck.csv(dir.resolve("out/cost_and_usage.csv"))))
        .containsExactly("2026-09-01T00:00:00Z | 2026-09-01T00:59:59.125Z");
  }

  @Test
  void makesFormulasInertInCsvAndSaysSo() throws IOException {
    Conversions.csv(dir, Conversions.EVERY_LINE_TYPE);
    String text = Files.readString(dir.resolve("cost_and_usage.csv"));
    assertThat(text).contains(",\"'=cmd()|calc\",").doesNotContain("\"=cmd()|calc\"");
    assertThat(text).contains("{\"\"Team\"\":\"\"=cmd()|\\\"\"x\\\"\"\"\"}");
    assertThat(text.lines().filter(line -> line.contains(CsvOutput.FORMULA_CHANGE)).count())
        .isEqualTo(1);
    assertThat(text).endsWith("\r\n").contains("2026-09-01T01:00:00Z").doesNotContain("E-");
  }

  @Test
  void keepsHostileTextAsItIsInParquet() {
    Conversions.parquet(dir, Conversions.EVERY_LINE_TYPE);
    assertThat(
            Duck.rows(
                "select ChargeDescription from "
                    + Duck.parquet(dir.resolve("cost_and_usage"))
                    + " where x_ChargeId like '%/3'"))
        .containsExactly("=cmd()|calc");
  }

  @Test
  void keepsTwoCurrenciesAndZeroAndNegativeAmountsApart() throws IOException {
    List<String> bill = Files.readAllLines(Conversions.EVERY_LINE_TYPE);
    String usage = bill.get(1);
    Path two =
        Files.writeString(
            dir.resolve("two.csv"),
            String.join(
                "\n",
                bill.get(0),
                usage,
                usage.replace("USD", "EUR").replace("55.04", "-0.5"),
                usage.replace("USD", "EUR").replace("55.04", "0"),
                ""));
    ConvertReport report = Conversions.parquet(dir.resolve("out"), two);
    report.requireTied();
    assertThat(report.rejects()).isEmpty();
    assertThat(report.rowsOut()).isEqualTo(3);
    assertThat(report.money())
        .extracting(total -> total.currency() + " " + total.out().stripTrailingZeros())
        .containsExactly("EUR -0.5", "USD 55.04");
  }

  @Test
  void writesLineEndsAndQuotesInsideATextToCsvAsTheyCame() throws IOException {
    List<String> bill = Files.readAllLines(Conversions.EVERY_LINE_TYPE);
    Path odd =
        Files.writeString(
            dir.resolve("odd.csv"),
            "\uFEFF"
                + bill.get(0)
                + "\r\n"
                + bill.get(2).replace("=cmd()|calc", "\"two\nlines, \"\"quoted\"\"\r\nand \\\"")
                + "\r\n"
                + bill.get(1)
                + "\r\n");
    Conversions.csv(dir.resolve("out"), odd).requireTied();
    assertThat(
            Duck.rows(
                "select ChargeDescription from "
                    + Duck.csv(dir.resolve("out/cost_and_usage.csv"))
                    + " order by x_ChargeId"))
        .hasSize(2)
        .contains("two\nlines, \"quoted\"\r\nand \\");
  }

  @Test
  void refusesToOverwrite() throws IOException {
    Files.createDirectories(dir.resolve("cost_and_usage"));
    assertThatThrownBy(() -> Conversions.parquet(dir, Conversions.EVERY_LINE_TYPE))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it already exists");
  }

  @Test
  void refusesABillOfWhichNoRowStatesItsMonth() throws IOException {
    Path bill =
        Files.writeString(
            dir.resolve("focus.csv"),
            """
            BilledCost,BillingCurrency,ChargePeriodStart,ChargeCategory,ProviderName
            1,USD,2026-09-01T00:00:00Z,Usage,AWS
            """);
    assertThatThrownBy(() -> Conversions.parquet(dir.resolve("out"), bill))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.family().exitCode()).isEqualTo(3))
        .hasMessage(
            "Cannot convert "
                + bill
                + ": none of its rows states the billed month (BillingPeriodStart). Export"
                + " the bill with this column.");
  }

  @Test
  void leavesNothingBehindWhenTheFileIsNoBill() throws IOException {
    Path other = Files.writeString(dir.resolve("other.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> Conversions.parquet(dir.resolve("out"), other))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot recognise");
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void reportsRowsThatCannotBeRead() throws IOException {
    String bill = Files.readString(Conversions.EVERY_LINE_TYPE);
    Path broken =
        Files.writeString(dir.resolve("broken.csv"), bill.replace(",-100,", ",one hundred,"));
    ConvertReport report = Conversions.parquet(dir.resolve("out"), broken);
    assertThat(report.rowsIn()).isEqualTo(24);
    assertThat(report.rejects()).hasSize(1);
    assertThat(report.rejects().get(0).reason()).contains("one hundred");
    assertThat(report.money().get(0).out()).isEqualByComparingTo("10183.8510000000999999");
  }

  @Test
  void writesWhatCanBeReadAndListsEveryRowThatCannot() throws IOException {
    List<String> bill = Files.readAllLines(Conversions.EVERY_LINE_TYPE);
    String usage = bill.get(1);
    StringBuilder rows = new StringBuilder(bill.get(0) + "\n" + usage + "\n");
    rows.append((usage.replace("Usage,2026-09-01T00:00:00Z", "Usage,9/1/26") + "\n").repeat(1200));
    rows.append(usage.replace("55.04", "\"$10,000.00\"") + "\n");
    rows.append("=cmd(),too short\n");
    Path broken = Files.writeString(dir.resolve("broken.csv"), rows);
    ConvertReport report = Conversions.csv(dir.resolve("out"), broken);
    assertThat(report.rowsIn()).isEqualTo(1);
    assertThat(report.rowsOut()).isEqualTo(1);
    assertThat(report.rejected().rows()).isEqualTo(1202);
    assertThat(report.rejected().moneyUnknown()).isEqualTo(2);
    assertThat(report.money())
        .singleElement()
        .satisfies(
            total -> {
              assertThat(total.currency()).isEqualTo("USD");
              assertThat(total.in()).isEqualByComparingTo("55.04");
              assertThat(total.out()).isEqualByComparingTo("55.04");
              assertThat(total.rejected()).isEqualByComparingTo("66048");
            });
    Path list = dir.resolve("out/rejects.csv");
    assertThat(report.rejected().file()).contains(list);
    assertThat(
            Duck.rows(
                "select count(*), min(cast(\"row\" as int)), max(cast(\"row\" as int)), min(file), count(distinct"
                    + " reason) from "
                    + Duck.csv(list)))
        .containsExactly("1202 | 3 | 1204 | " + broken + " | 3");
    assertThat(
            Duck.rows(
                "select reason, raw from " + Duck.csv(list) + " where cast(\"row\" as int) = 1204"))
        .containsExactly(
            "2 fields where the header has "
                + bill.get(0).split(",").length
                + " | '=cmd(),too short");
    report.requireTied();
    assertThatThrownBy(report::requireWhole)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.family().exitCode()).isEqualTo(3))
        .hasMessageContaining("Cannot convert 1202 of 1203 rows")
        .hasMessageContaining(list.toString());
    assertThatThrownBy(() -> Conversions.parquet(dir.resolve("out"), broken))
        .hasMessageContaining("rejects.csv: it already exists");
  }

  @Test
  void aWriteThatFailsLeavesNothingBehind() throws IOException {
    List<String> bill = Files.readAllLines(Conversions.EVERY_LINE_TYPE);
    Path broken =
        Files.writeString(dir.resolve("b.csv"), bill.get(0) + "\n" + bill.get(1) + "\ntoo short\n");
    Path out = dir.resolve("out");
    assertThatThrownBy(
            () ->
                Conversions.withoutWriter(
                    out, ConvertRequest.Format.PARQUET, FocusVersion.V1_4, List.of(broken)))
        .hasStackTraceContaining("FileCommitProtocol");
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).isEmpty();
    }
    assertThat(Conversions.parquet(out, broken).rejected().file())
        .contains(out.resolve("rejects.csv"));
  }

  @Test
  void makesNoListOfRejectsWhenThereAreNone() {
    ConvertReport report = Conversions.parquet(dir, Conversions.EVERY_LINE_TYPE);
    report.requireWhole();
    assertThat(report.rejected().file()).isEmpty();
    assertThat(dir.resolve("rejects.csv")).doesNotExist();
  }

  @Test
  void refusesAnOutputWithAnotherSum() {
    ConvertReport report =
        new ConvertReport(
            dir,
            1,
            1,
            List.of(
                new ConvertReport.CurrencyTotal(
                    "EUR", BigDecimal.ONE, BigDecimal.ZERO, new BigDecimal("1.00")),
                new ConvertReport.CurrencyTotal(
                    "USD", new BigDecimal("2"), BigDecimal.ZERO, new BigDecimal("1.9999999999"))),
            Rejects.NONE,
            Map.of(),
            List.of());
    assertThatThrownBy(report::requireTied)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.family().exitCode()).isEqualTo(3))
        .hasMessageContaining("USD 2 in, 1.9999999999 out")
        .hasMessageNotContaining("EUR");
  }
}
