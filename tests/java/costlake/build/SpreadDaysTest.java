package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Finds the charge days on which charges change because a line of another day changed, in the real
 * AWS models.
 */
class SpreadDaysTest {
  private static final RelationName BILL = RelationName.parse("bronze.aws_cur");
  private static final Map<String, Object> FEE = line("Fee", "2026-09-10", "300", null);
  private static final Map<String, Object> USE = line("DiscountedUsage", "2026-09-11", "0", "0.5");

  private static SparkSession spark;
  private static Graph graph;

  @BeforeAll
  static void models() {
    spark = SparkHarness.spark();
    Functions.register(spark);
    graph = Models.below(Path.of(".")).compile();
  }

  @Test
  void theFirstUseOfACommitmentChangesTheDayOfItsFee() {
    assertThat(days(List.of(FEE), List.of(FEE, USE))).containsExactlyInAnyOrder(day(10), day(11));
  }

  @Test
  void aUseThatLosesItsAmortisedCostChangesEveryDayOfItsCommitment() {
    Map<String, Object> lost = line("DiscountedUsage", "2026-09-11", "0", null);
    Map<String, Object> later = line("DiscountedUsage", "2026-09-12", "0", "0.5");
    assertThat(days(List.of(FEE, USE, later), List.of(FEE, lost, later)))
        .containsExactlyInAnyOrder(day(10), day(11), day(12));
  }

  @Test
  void anotherAmountChangesNoOtherDay() {
    Map<String, Object> dearer = line("DiscountedUsage", "2026-09-11", "0", "0.6");
    assertThat(days(List.of(FEE, USE), List.of(FEE, dearer))).isEmpty();
  }

  private static Set<LocalDate> days(
      List<Map<String, Object>> before, List<Map<String, Object>> now) {
    return SpreadDays.days(spark, graph, BILL, rows(before), rows(now));
  }

  private static Dataset<Row> rows(List<Map<String, Object>> lines) {
    return TypedRows.of(spark, TypedRows.schema(graph.columns(BILL)), lines, "a bill");
  }

  private static Map<String, Object> line(String type, String day, String cost, String amortised) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("_source_id", "payer");
    line.put("_delivery_id", "d");
    line.put("line_item_line_item_type", type);
    line.put("line_item_usage_start_date", day + "T00:00:00Z");
    line.put("line_item_unblended_cost", cost);
    line.put("reservation_reservation_a_r_n", "arn:r");
    line.put("reservation_effective_cost", amortised);
    return line;
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 9, day);
  }
}
