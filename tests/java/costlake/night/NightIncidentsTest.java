package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.sample.SampleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The incidents that the sample company has in its last month. */
@Tag("night")
class NightIncidentsTest {
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

  @TempDir static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void runItsNight() throws IOException {
    SampleSettings settings = SampleSettings.demo().months(3, SEPTEMBER, 2);
    spark = SampleNight.run(settings, folder.resolve("sample"), List.of("events")).spark();
  }

  @AfterAll
  static void dropViews() {
    SampleNight.dropViews(spark);
  }

  /**
   * In September, a node was down from the 8th and left its reservation unused; the price of
   * p5.48xlarge fell on the 16th; a p5.48xlarge had no work on the 19th and 20th.
   */
  @Test
  void whatHappenedInSeptemberIsFoundWithItsCause() {
    List<String> found =
        spark
            .sql(
                "select concat_ws(' ', started_on, found_on, cause, item, cast(cost_above as"
                    + " decimal(38,2)), team_id, subject_kind, subject_team_id, subject_id) from"
                    + " governance.incidents order by started_on, incident_id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    System.out.println(String.join("\n", found));
    assertThat(found).isNotEmpty();
  }
}
