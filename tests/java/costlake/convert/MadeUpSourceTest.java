package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.CaseRunner;
import costlake.build.Functions;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.ModelCase;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.Duck;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Converts a made-up kind of source, {@code tests/sources/neocloud}, which is the example of
 * docs/adding-a-source.md. It delivers usage and a price list, and its dates have the format
 * month/day/year.
 */
class MadeUpSourceTest {
  private static final Path FIXTURE = Path.of("tests/sources/neocloud/fixture");

  @TempDir Path dir;

  @Test
  void itsCasesHold() {
    Graph graph = Models.embedded().compile();
    Functions.register(SparkHarness.spark());
    Model charges = graph.model(RelationName.parse("focus.neocloud_charges"));
    CaseRunner runner = new CaseRunner(SparkHarness.spark(), graph);
    assertThat(charges.cases()).isNotEmpty();
    for (ModelCase one : charges.cases()) {
      assertThat(runner.run(charges, one)).as(one.name()).isEmpty();
    }
  }

  @Test
  void itsDeliveryBecomesChargesThatHoldAllOfItsMoney() {
    ConvertReport report = Conversions.parquet(dir, FIXTURE);
    report.requireWhole();
    report.requireTied();
    assertThat(report.rowsIn()).isEqualTo(5);
    assertThat(report.rowsOut()).isEqualTo(3);
    // Computed by hand: 24 h and 10 h at a list price of 2. The line without hours has its billed
    // cost as list cost.
    assertThat(
            Duck.rows(
                """
                select concat_ws(' ', x_ChargeDate, ResourceName, cast(BilledCost as decimal(9,2)),
                    cast(ListCost as decimal(9,2)), RegionName, Tags, x_SourceColumns['Rack'])
                from %s order by x_ChargeId"""
                    .formatted(Duck.parquet(dir.resolve("cost_and_usage")))))
        .containsExactly(
            "2026-09-14 m-1 40.80 48.00 Paris {\"team\":\"search\"} 7",
            "2026-09-15 m-1 17.00 20.00 Paris {\"team\":\"search\"} 7",
            "2026-09-15 m-2 3.21 3.21 Iowa {\"team\":\"vision\"}");
  }
}
