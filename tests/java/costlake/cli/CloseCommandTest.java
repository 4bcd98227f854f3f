package costlake.cli;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.Publication;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.night.TinyCompany;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The gates that need more than published tables. */
@Tag("night")
class CloseCommandTest {
  private static final TableName LINES = new TableName("reporting", "statement_lines");

  @TempDir Path folder;

  @Test
  void aLineThatIsNotItsSumAndAnotherConfigurationThanOfTheLastNightAreRefused() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliver("20");
    company.night();
    assertThat(preview(company))
        .contains("pass  night ", "pass  lines       each printed line is the sum")
        .contains("All gates pass.");

    publish(company.lake(), "2026-09/search/USD/b-01", "60.750000000000000000001");
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Discovery}
        """);
    assertThat(preview(company))
        .containsPattern(
            "FAIL  night       publication 2 of .* was made before owners.yml changed: run"
                + " 'costlake night' first")
        .containsPattern(
            "FAIL  lines       1 not the sum of what explains it: 2026-09/search/USD/b-01"
                + " states 60.750000000000000000001, and what it sums adds up to 60.75\n")
        .contains("2 of 6 gates fail; closing 2026-09 would be refused");
  }

  private static String preview(TinyCompany company) {
    StringWriter out = new StringWriter();
    CloseCommand command = new CloseCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .parseArgs("--conf", company.conf().toString(), "--period", "2026-09", "--preview");
    Config config = company.config();
    try {
      command.run(config, LakeSession.in(company.session(), config));
    } catch (Failure e) {
      out.append(e.getMessage());
    }
    return out.toString();
  }

  private static void publish(Lake lake, String line, String figure) {
    String cost = "cast(if(line_id = '%s', %s, effective_cost) as decimal(38, 21))";
    Dataset<Row> rows =
        lake.read(LINES).withColumn("effective_cost", expr(cost.formatted(line, figure)));
    TableSpec spec =
        new TableSpec(
            LINES,
            rows.schema(),
            new Partitioning(Partitioning.By.MONTH, "billing_month"),
            Map.of(),
            Set.of());
    Publication before = lake.publication().orElseThrow();
    try (NightStage night = lake.begin("another-figure")) {
      night.stageAll(
          spec, rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema()));
      night.publish(before.deliveries(), before.facts());
    }
  }
}
