package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** A query that reads many relations is computed in parts. */
class WideQueriesTest {
  /** Reads sixteen relations: each of the eight copies of {@code pairs} reads two. */
  private static final String WIDE =
      """
      with pairs as (select id from range(2) union all select id + 2 from range(1)),
      fours as (select id from pairs union all select id + 10 from pairs),
      eights as (select id from fours union all select id + 100 from fours)
      select id from eights union all select id + 1000 from eights
      """;

  private final SparkSession spark = SparkHarness.spark();
  private final List<String> held = new ArrayList<>();

  @Test
  void thePartThatSavesMostIsComputedFirst() {
    Dataset<Row> narrow = narrowed(WIDE, this::inMemory);
    assertThat(held).containsExactly("part of m: 8");
    assertThat(WideQueries.relations(narrow)).isEqualTo(2);
    SparkHarness.assertSameRows(spark.sql(WIDE), narrow);
  }

  @Test
  void aQueryWhosePartsAreLargeStaysAsItIs() {
    assertThat(WideQueries.relations(narrowed(WIDE, rows -> Optional.empty()))).isEqualTo(16);
    assertThat(held).containsExactly("part of m: 8", "part of m: 4", "part of m: 2");
  }

  @Test
  void aQueryThatReadsFewRelationsStaysAsItIs() {
    String few = WIDE.replace(" union all select id + 1000 from eights", "");
    assertThat(WideQueries.relations(narrowed(few, this::inMemory))).isEqualTo(8);
    assertThat(held).isEmpty();
  }

  private Dataset<Row> narrowed(String sql, Function<Dataset<Row>, Optional<Dataset<Row>>> hold) {
    return ContractCheck.inlined(
        spark, wide(hold).narrowed("m", spark.sql(sql).queryExecution().analyzed()));
  }

  private WideQueries wide(Function<Dataset<Row>, Optional<Dataset<Row>>> hold) {
    return new WideQueries(
        spark,
        (what, rows) -> {
          held.add(what + ": " + WideQueries.relations(rows));
          return hold.apply(rows);
        });
  }

  private Optional<Dataset<Row>> inMemory(Dataset<Row> rows) {
    return Optional.of(spark.createDataFrame(rows.collectAsList(), rows.schema()));
  }
}
