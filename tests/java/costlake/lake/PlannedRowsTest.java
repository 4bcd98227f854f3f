package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.Executions;
import costlake.testing.SparkHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Spark computes the rows of some queries while it plans them. */
class PlannedRowsTest {
  private final SparkSession spark = SparkHarness.spark();
  private final List<Row> found = new ArrayList<>();

  @Test
  void rowsInMemoryAreSelectedFilteredAndUnitedWithoutAnExecution() throws Exception {
    Dataset<Row> rows = inMemory("2026-09-01", "2026-09-02");
    Dataset<Row> query =
        rows.filter("day > '2026-09-01'")
            .selectExpr("to_date(day) as day", "1.5bd as cost")
            .unionByName(rows.selectExpr("to_date(day) as day", "2.5bd as cost"));
    assertThat(executions(() -> PlannedRows.collect(query))).isZero();
    assertThat(found).hasSize(3).isEqualTo(query.collectAsList());
  }

  @Test
  void rowsInMemoryAreDistinctWithoutAnExecution() throws Exception {
    Dataset<Row> query = inMemory("2026-09-02", "2026-09-02").selectExpr("to_date(day)");
    assertThat(executions(() -> PlannedRows.distinct(query))).isZero();
    assertThat(found).hasSize(1).isEqualTo(query.distinct().collectAsList());
  }

  @Test
  void distinctRowsOfSeveralQueriesAreDistinctWithoutAnExecution() throws Exception {
    inMemory("2026-09-02", "2026-09-02", "2026-09-01").createOrReplaceTempView("planned_days");
    Dataset<Row> query =
        spark.sql(
            """
            select * from (select distinct day from planned_days) where day > '2026-09-01'
            union
            select distinct day from planned_days
            """);
    assertThat(executions(() -> PlannedRows.distinct(query))).isZero();
    assertThat(found).hasSize(2).hasSameElementsAs(query.distinct().collectAsList());
  }

  @Test
  void aJoinWithNoRowsIsNotExecuted() throws Exception {
    Dataset<Row> query =
        spark.range(2).selectExpr("cast(id as string) as day").join(inMemory(), "day");
    assertThat(executions(() -> PlannedRows.collect(query))).isZero();
    assertThat(found).isEmpty();
  }

  @Test
  void otherQueriesAreExecuted() throws Exception {
    Dataset<Row> query = spark.range(2).selectExpr("id % 1 as id");
    assertThat(executions(() -> PlannedRows.collect(query))).isOne();
    assertThat(found).containsExactly(RowFactory.create(0L), RowFactory.create(0L));
    found.clear();
    assertThat(executions(() -> PlannedRows.distinct(query))).isOne();
    assertThat(found).containsExactly(RowFactory.create(0L));
  }

  private int executions(Supplier<List<Row>> rows) throws Exception {
    return Executions.of(spark, () -> found.addAll(rows.get())).count();
  }

  private Dataset<Row> inMemory(String... days) {
    return spark.createDataFrame(
        List.of(days).stream().map(RowFactory::create).toList(), StructType.fromDDL("day string"));
  }
}
