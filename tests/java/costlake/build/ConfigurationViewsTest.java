package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads reference lists that replace the embedded lists. */
class ConfigurationViewsTest {
  private static SparkSession spark;
  private static Graph graph;

  @TempDir private Path home;

  @BeforeAll
  static void engine() {
    spark = SparkHarness.spark();
    graph = Models.embedded().compile();
  }

  @Test
  void readsByNameWithQuotesAndNullForNothing() throws IOException {
    register("\uFEFFunit,note,native_unit\nHours,\"a, b\",\"Hrs\nof use\"\n,,GB\n");
    assertThat(spark.sql("select native_unit, unit from reference__aws_units").collectAsList())
        .containsExactly(RowFactory.create("Hrs\nof use", "Hours"), RowFactory.create("GB", null));
  }

  @Test
  void refusesAListWithoutAColumnEvenWhenItIsEmpty() {
    refuses(
        "native_unit\n", "Cannot read reference/aws_units.csv: it has no column 'unit'. Add it.");
  }

  @Test
  void refusesARecordThatLacksAValue() {
    refuses(
        "native_unit,unit\nHrs,Hours\nGB\n",
        "Cannot read line 3 of reference/aws_units.csv: it has 1 values, the header 2. Write one"
            + " value for each column, in double quotes if it contains a comma.");
  }

  @Test
  void refusesAQuoteThatDoesNotEnd() {
    refuses(
        "native_unit,unit\nHrs,\"Hours\n",
        "Cannot read line 2 of reference/aws_units.csv: a quote that is never closed.");
  }

  private void refuses(String units, String message) {
    assertThatThrownBy(() -> register(units))
        .hasMessageStartingWith(message)
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.family()).isEqualTo(Failure.Family.OPERATOR));
  }

  private void register(String units) throws IOException {
    Files.createDirectories(home.resolve("reference"));
    Files.writeString(home.resolve("reference/aws_units.csv"), units);
    ConfigurationViews.register(spark, Config.defaults(home), graph);
  }
}
